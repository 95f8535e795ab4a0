import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** What a started VS Code keeps from one start to the next; git and the packager pass it by. */
export const STATE = path.join(ROOT, '.vscode-test');

/** A file or folder of the project, by its parts. */
export function inRoot(...parts) {
  return path.join(ROOT, ...parts);
}

/** The project's package.json, read now: a script may run for longer than the file stays as it is. */
export function readPackage() {
  return JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
}

/** The extension's identifier, `publisher.name`. */
export function extensionId() {
  const { publisher, name } = readPackage();
  return `${publisher}.${name}`;
}

/**
 * The folder for downloads that clones share. `MASKINPORTEN_CACHE` names another one; else it is where each system
 * keeps a user's caches (XDG Base Directory Specification on Linux).
 *
 * @param {{platform?: string, env?: Record<string, string | undefined>, home?: string}} [machine]
 * @returns {string}
 */
export function cacheFolder({ platform = process.platform, env = process.env, home = homedir() } = {}) {
  if (env.MASKINPORTEN_CACHE) return path.resolve(env.MASKINPORTEN_CACHE);
  const { join, isAbsolute } = platform === 'win32' ? path.win32 : path.posix;
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'nais-maskinporten');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'nais-maskinporten');
  const base = isAbsolute(env.XDG_CACHE_HOME ?? '') ? env.XDG_CACHE_HOME : join(home, '.cache');
  return join(base, 'nais-maskinporten');
}
