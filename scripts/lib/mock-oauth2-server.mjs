import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { cacheFolder, inRoot } from './places.mjs';
import { CommandFailed, run, startGroup } from './processes.mjs';
import { step, Trouble } from './progress.mjs';
import { temporaryFolder } from './temporary.mjs';

const POM = inRoot('test', 'interop', 'pom.xml');
const MAIN_CLASS = 'no.nav.security.mock.oauth2.StandaloneMockOAuth2ServerKt';
const BUILD_CLASSPATH = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath';
const LEAST_JAVA = 17;
/** From an empty repository, over a slow line. */
const RESOLVE_LIMIT_MS = 4 * 60_000;
const START_LIMIT_MS = 60_000;

/** Maven is a script on Windows, and scripts need a shell there. */
const ON_WINDOWS = process.platform === 'win32';

/** What keeps programs of the class path below from running on this machine, as the end of a sentence; undefined where nothing does. */
export async function javaObstacle() {
  const java = await answerOf('java', ['-version']);
  const version = Number(/version "(\d+)/.exec(java ?? '')?.[1]);
  if (!(version >= LEAST_JAVA)) {
    const found = java === undefined ? 'there is none' : `there is ${version || 'another'}`;
    return `it needs Java ${LEAST_JAVA} or later, and ${found}`;
  }
  return (await answerOf('mvn', ['--version'])) === undefined ? 'Maven (mvn) is not installed' : undefined;
}

/** What a command prints, on either stream; undefined where it cannot be run. */
async function answerOf(command, args) {
  try {
    const { child, ended } = startGroup(command, args, { stdio: ['ignore', 'pipe', 'pipe'], shell: ON_WINDOWS });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    const closed = new Promise((resolve) => child.once('close', resolve));
    const code = await ended;
    await closed;
    return code === 0 ? output : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The class path of the server and all that it needs, resolved by Maven the first time and remembered as long as its
 * files are there. Throws a Trouble where Maven cannot get them.
 */
export async function resolveClasspath() {
  const pom = await readFile(POM);
  const hash = createHash('sha256').update(pom).digest('hex').slice(0, 16);
  const remembered = path.join(cacheFolder(), `interop-${hash}.classpath`);
  const known = await readFile(remembered, 'utf8').catch(() => undefined);
  if (known?.split(path.delimiter).every((file) => existsSync(file))) return known;
  const classpath = await step('Fetching mock-oauth2-server and its libraries with Maven', askMaven);
  await mkdir(cacheFolder(), { recursive: true });
  const draft = `${remembered}.${process.pid}`;
  await writeFile(draft, classpath);
  await rename(draft, remembered);
  return classpath;
}

async function askMaven() {
  const { folder, remove } = await temporaryFolder('interop');
  const file = path.join(folder, 'classpath');
  // A line that is cut must end, where Maven would wait for ever.
  const limits = ['-Dmaven.wagon.http.connectionTimeout=15000', '-Dmaven.wagon.http.readTimeout=30000'];
  const args = ['-B', '-q', '-f', POM, ...limits, BUILD_CLASSPATH, `-Dmdep.outputFile=${file}`];
  let timer;
  const tooLong = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Trouble(noLibraries('Maven took too long'))), RESOLVE_LIMIT_MS);
  });
  try {
    await Promise.race([run('mvn', args, { shell: ON_WINDOWS }), tooLong]);
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    const [reason = 'Maven gave no reason'] =
      /^\[ERROR\] (\S.*)$/m.exec(stripVTControlCharacters(error.output))?.slice(1) ?? [];
    throw new Trouble(noLibraries(reason.slice(0, 300)));
  } finally {
    clearTimeout(timer);
    await remove();
  }
}

function noLibraries(reason) {
  return `The libraries of mock-oauth2-server could not be fetched; the first time needs a network. ${reason}`;
}

/**
 * Starts the server on a free port of 127.0.0.1 and gives its origin once it is ready.
 *
 * @returns {Promise<{origin: string, stop: () => Promise<void>}>}
 */
export async function startMockOAuth2Server() {
  const classpath = await resolveClasspath();
  const logging = '-Dorg.slf4j.simpleLogger.log.no.nav.security=debug';
  const group = startGroup('java', [logging, '-cp', classpath, MAIN_CLASS], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, SERVER_HOSTNAME: '127.0.0.1', SERVER_PORT: '0' },
  });
  let timer;
  try {
    const port = await new Promise((resolve, reject) => {
      let log = '';
      const end = (what) => reject(new Trouble(`mock-oauth2-server ${what}.\n${log.slice(-2000)}`));
      timer = setTimeout(() => end(`was not ready within ${START_LIMIT_MS / 1000} s`), START_LIMIT_MS);
      group.ended.then((code) => end(`ended with ${code}`), reject);
      group.child.stderr.setEncoding('utf8').on('data', (text) => {
        log = (log + text).slice(-20_000);
        const ready = /started server on address=\S*:(\d+)\b/.exec(log);
        if (ready) resolve(ready[1]);
      });
    });
    return { origin: `http://127.0.0.1:${port}`, stop: () => group.stop() };
  } catch (error) {
    await group.stop();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
