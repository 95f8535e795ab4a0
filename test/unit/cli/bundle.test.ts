import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { version } from '../../../package.json';
import { buildCommandLine } from '../../../scripts/build.mjs';
import { temporaryFolder } from '../../../scripts/lib/temporary.mjs';
import { skipSince } from '../../skip';
import { consuming, useFolders } from './support';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const BROKEN = consuming('etat:fisk').replace('consumes', 'consume');
/** Root may read everything, so what may not be read is read as somebody else, who has this number nearly everywhere. */
const NOBODY = 65534;

interface CheckedFile {
  readonly file: string;
  readonly findings: readonly { readonly code: string }[];
}

/** The bundle as it is packaged, built into a folder with nothing beside it but the Norwegian texts. */
describe('the bundle of the command line', function () {
  // A child process each, on machines that are busy with other tests.
  this.timeout(60_000);
  const folderWith = useFolders();
  let home: Awaited<ReturnType<typeof temporaryFolder>>;

  before(async () => {
    home = await temporaryFolder('bundle');
    chmodSync(home.folder, 0o755);
    await buildCommandLine(path.join(home.folder, 'dist'));
    cpSync(path.join(ROOT, 'l10n'), path.join(home.folder, 'l10n'), { recursive: true });
  });
  after(() => home.remove());

  function start(cwd: string, args: readonly string[], uid?: number) {
    const bundle = path.join(home.folder, 'dist', 'cli.js');
    return spawn(process.execPath, [bundle, ...args], { cwd, ...(uid !== undefined && { uid }) });
  }

  async function outcomeOf(cwd: string, args: readonly string[], uid?: number) {
    const child = start(cwd, args, uid);
    const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
    const [printed, complaints, exitCode] = await Promise.all([textOf(child.stdout), textOf(child.stderr), ended]);
    return { exitCode, printed, complaints };
  }

  it('runs by itself where the system reads its first line', () => {
    const [firstLine] = readFileSync(path.join(home.folder, 'dist', 'cli.js'), 'utf8').split('\n', 1);
    assert.equal(firstLine, '#!/usr/bin/env node');
  });

  it('ends with 0 when nothing was found, and says what it read', async () => {
    const folder = folderWith({ '.nais/nais.yaml': consuming('etat:fisk'), '.nais/dev.yaml': 'image: x' });
    assert.deepEqual(await outcomeOf(folder, ['check', '.nais']), {
      exitCode: 0,
      printed: 'Files: 2, manifests: 1, errors: 0, warnings: 0, remarks: 0.\n',
      complaints: '',
    });
  });

  it('ends with 0 on warnings', async () => {
    const folder = folderWith({ 'nais.yaml': consuming('etat:fisk', 'etat:fisk') });
    const { exitCode, printed } = await outcomeOf(folder, ['check', 'nais.yaml']);
    assert.equal(exitCode, 0);
    assert.match(printed, /^nais\.yaml:12:17: warning NM014 .+\nFiles: 1, .+ errors: 0, warnings: 1, remarks: 0\.\n$/);
  });

  it('ends with 1 on errors, wherever they are', async () => {
    const folder = folderWith({ 'a.yaml': BROKEN, 'b.yaml': 'image: x' });
    const { exitCode, printed } = await outcomeOf(folder, ['check', '*.yaml']);
    assert.equal(exitCode, 1);
    assert.match(printed, /^a\.yaml:10:7: error NM005 .+\nFiles: 2, manifests: 1, errors: 1, .+\n$/);
  });

  it('prints JSON of every file, and nothing besides', async () => {
    const folder = folderWith({ 'a.yaml': BROKEN, 'b.yaml': 'image: x' });
    const { exitCode, printed } = await outcomeOf(folder, ['check', 'a.yaml', 'b.yaml', '--format', 'json']);
    assert.equal(exitCode, 1);
    const files = JSON.parse(printed) as readonly CheckedFile[];
    assert.deepEqual(
      files.map(({ file, findings }) => [file, findings.map(({ code }) => code)]),
      [
        ['a.yaml', ['NM005']],
        ['b.yaml', []],
      ],
    );
    assert.deepEqual(Object.keys(files[0]?.findings[0] ?? {}), ['code', 'severity', 'message', 'range']);
  });

  it('inspects', async () => {
    const text = `\uFEFF${consuming('etat:fisk')}`;
    const folder = folderWith({ 'nais.yaml': text, 'dev.yaml': 'image: x' });
    const { exitCode, printed } = await outcomeOf(folder, ['inspect', 'nais.yaml', 'dev.yaml', '--json']);
    assert.equal(exitCode, 0);
    const place = (word: string) => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length });
    const consumes = [{ name: 'etat:fisk', templated: false, range: place('etat:fisk') }];
    const address = { host: 'api.example.no', ipv4: null, ports: [] };
    const outbound = [{ ...address, templated: false, range: place('api.example.no') }];
    const facts = { kind: 'Application', name: 'app', namespace: 'team', enabled: true };
    assert.deepEqual(JSON.parse(printed), [
      { file: 'nais.yaml', documents: [{ ...facts, consumes, exposes: [], outbound }] },
      { file: 'dev.yaml', documents: [] },
    ]);
  });

  it('ends with 2 when a file is missing, names it, and checks the others', async () => {
    const folder = folderWith({ 'a.yaml': BROKEN });
    const { exitCode, printed, complaints } = await outcomeOf(folder, ['check', 'no.yaml', 'a.yaml']);
    assert.equal(exitCode, 2);
    assert.equal(complaints, 'There is no file or folder no.yaml.\n');
    assert.match(printed, /^a\.yaml:10:7: error NM005 /);
    assert.equal((await outcomeOf(folder, ['inspect', 'no.yaml', 'a.yaml', '--json'])).exitCode, 2);
  });

  it('ends with 2 when a file or folder may not be read, names it, and checks the others', async function () {
    if (process.platform === 'win32') skipSince('Windows has other rights for files', this);
    const folder = folderWith({ 'a.yaml': BROKEN, 'closed.yaml': BROKEN, 'shut/b.yaml': BROKEN });
    chmodSync(folder, 0o755);
    chmodSync(path.join(folder, 'closed.yaml'), 0);
    chmodSync(path.join(folder, 'shut'), 0);
    const uid = process.getuid?.() === 0 ? NOBODY : undefined;
    const { exitCode, printed, complaints } = await outcomeOf(folder, ['check', '.', '--json'], uid);
    chmodSync(path.join(folder, 'shut'), 0o755);
    assert.equal(exitCode, 2);
    assert.equal(complaints, 'shut may not be read by this user.\nclosed.yaml may not be read by this user.\n');
    assert.deepEqual(
      (JSON.parse(printed) as readonly CheckedFile[]).map(({ file }) => file),
      ['a.yaml'],
    );
  });

  it('ends with 2 on arguments that it cannot follow, prints nothing, and says what is wrong', async () => {
    const folder = folderWith({ 'a.yaml': consuming('etat:fisk') });
    assert.deepEqual(await outcomeOf(folder, ['check', 'a.yaml', '--strict']), {
      exitCode: 2,
      printed: '',
      complaints: 'There is no option --strict. nais-maskinporten --help tells what there is.\n',
    });
  });

  it('speaks Norwegian when asked to', async () => {
    const folder = folderWith({ 'a.yaml': consuming('etat:fisk') });
    const { printed, complaints } = await outcomeOf(folder, ['check', 'a.yaml', 'nei.yaml', '--language', 'nb']);
    assert.equal(printed, 'Filer: 1, manifester: 1, feil: 0, advarsler: 0, merknader: 0.\n');
    assert.equal(complaints, 'Det finnes ingen fil eller mappe nei.yaml.\n');
  });

  it('gives help and its version', async () => {
    const folder = folderWith({});
    const help = await outcomeOf(folder, ['--help']);
    assert.equal(help.exitCode, 0);
    for (const word of ['check', 'inspect', '--format', '--json', '--language', '--scope-prefix', '--version'])
      assert.ok(help.printed.includes(word), word);
    assert.deepEqual(await outcomeOf(folder, ['--version']), { exitCode: 0, printed: `${version}\n`, complaints: '' });
  });

  it('prints all of a long result into a pipe', async () => {
    const names = Array.from({ length: 3000 }, (_, index) => `etat:fisk${index}.${'x'.repeat(40)}`);
    const folder = folderWith({ 'a.yaml': consuming(...names) });
    const { printed } = await outcomeOf(folder, ['inspect', 'a.yaml', '--json']);
    assert.ok(printed.length > 200_000);
    assert.equal(
      (JSON.parse(printed) as { documents: { consumes: unknown[] }[] }[])[0]?.documents[0]?.consumes.length,
      3000,
    );
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`is a sandbox until ${signal}, then ends with 0 and nothing more to say`, async function () {
      if (process.platform === 'win32') skipSince('Windows has no signals', this);
      const folder = folderWith({ 'nais.yaml': consuming('etat:fisk') });
      const child = start(folder, ['sandbox', 'nais.yaml', '--texas', '--language', 'nb']);
      const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
      const complaints = textOf(child.stderr);
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      const { sampleApi, issuer } = JSON.parse(line.toString()) as { sampleApi: string; issuer: string };
      assert.equal((await fetch(sampleApi)).status, 401);
      assert.match(await (await fetch(`${issuer}errors/MP-200`)).text(), /<html lang="nb">.*<dt>Hva det betyr<\/dt>/s);
      child.kill(signal);
      assert.equal(await ended, 0);
      assert.equal(await complaints, '');
      await assert.rejects(fetch(sampleApi));
    });
  }

  it('fills in a template, with nothing beside it', async () => {
    const folder = folderWith({ 'nais.yaml': consuming('{{scope}}') });
    const { printed } = await outcomeOf(folder, ['inspect', 'nais.yaml', '--var', 'scope=etat:fisk']);
    assert.match(printed, /consumes etat:fisk\n/);
  });

  it('ends quietly, with its own exit code, when the reader goes away', async () => {
    const folder = folderWith({ 'a.yaml': BROKEN, 'b.yaml': consuming(...Array<string>(3000).fill('etat:fisk')) });
    const child = start(folder, ['check', 'a.yaml', 'b.yaml']);
    child.stdout.destroy();
    const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
    assert.equal(await textOf(child.stderr), '');
    assert.equal(await exit, 1);
  });
});
