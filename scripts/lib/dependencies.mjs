import { readFileSync } from 'node:fs';
import { inRoot, readPackage, ROOT } from './places.mjs';
import { runNpm } from './processes.mjs';
import { step, Trouble } from './progress.mjs';

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

/** Installs the dependencies where they are missing or not those of the lock file. */
export async function ensureDependencies() {
  requireNode();
  if (isInstalled(readJson('package-lock.json'), readJson('node_modules', '.package-lock.json'))) return;
  const args = ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  await step('Installing dependencies', () => runNpm(args, { cwd: ROOT }));
}
