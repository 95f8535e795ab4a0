import { readFileSync } from 'node:fs';
import { inRoot, readPackage, ROOT } from './places.mjs';
import { CommandFailed, runNpm } from './processes.mjs';
import { step, Trouble } from './progress.mjs';

/** Packages that only test/interop tries: whoever builds the extension or runs its own tests needs none of them. */
const INTEROP = ['test', 'interop'];

function readJson(...parts) {
  try {
    return JSON.parse(readFileSync(inRoot(...parts), 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Whether what npm recorded in node_modules is what the lock file asks for. npm writes its record last, so an installation
 * that was broken off has none. Optional packages are those of other systems, which npm leaves out.
 *
 * @param {{packages: Record<string, {version?: string, optional?: boolean}>} | undefined} lock package-lock.json
 * @param {{packages: Record<string, {version?: string}>} | undefined} installed node_modules/.package-lock.json
 * @returns {boolean}
 */
export function isInstalled(lock, installed) {
  if (!lock || !installed) return false;
  const wanted = Object.entries(lock.packages).filter(([name, entry]) => name !== '' && !entry.optional);
  return wanted.every(([name, { version }]) => installed.packages[name]?.version === version);
}

/** Stops with a word where Node.js is older than package.json asks for. */
function requireNode() {
  const floor = readPackage().engines.node.replace('>=', '');
  const [have, want] = [process.versions.node, floor].map((text) => text.split('.').map(Number));
  const isOld = have[0] < want[0] || (have[0] === want[0] && have[1] < want[1]);
  if (isOld) throw new Trouble(`Node.js ${floor} or newer is needed; this is ${process.versions.node}.`);
}

/** Installs what the lock file in a folder of the project asks for, where that is missing or other than it asks for. */
async function ensureInstalled(name, ...folder) {
  const lock = readJson(...folder, 'package-lock.json');
  if (isInstalled(lock, readJson(...folder, 'node_modules', '.package-lock.json'))) return;
  const args = ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  await step(`Installing ${name}`, () => runNpm(args, { cwd: folder.length > 0 ? inRoot(...folder) : ROOT }));
}

/** Installs the dependencies where they are missing or not those of the lock file. */
export async function ensureDependencies() {
  requireNode();
  await ensureInstalled('dependencies');
}

/** Installs the clients and tools of others that the interop tests try. Throws a Trouble where npm cannot get them. */
export async function ensureInteropDependencies() {
  try {
    await ensureInstalled('the clients and tools of others', ...INTEROP);
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    const [reason = 'npm gave no reason'] =
      /^npm (?:error|ERR!) (?!code |syscall |errno )(\S.*)$/m.exec(error.output)?.slice(1) ?? [];
    const what = 'The clients and tools of others could not be installed; the first time needs a network.';
    throw new Trouble(`${what} ${reason.slice(0, 300)}`);
  }
}
