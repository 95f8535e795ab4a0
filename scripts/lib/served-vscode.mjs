import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startGuard } from './guard.mjs';
import { run, startGroup } from './processes.mjs';
import { temporaryFolder } from './temporary.mjs';

/** Where a VS Code keeps its things: `state` is its root, the others lie in it unless named. */
export function foldersIn(state, { userDataDir, extensionsDir } = {}) {
  return {
    state,
    home: path.join(state, 'home'),
    browser: path.join(state, 'browser'),
    user: path.resolve(userDataDir ?? path.join(state, 'user')),
    extensions: path.resolve(extensionsDir ?? path.join(state, 'extensions')),
  };
}

/** Makes the folders, and the user's settings where there are none yet: whoever changed them keeps the change. */
export async function prepareFolders(folders, settings) {
  const settingsFile = path.join(folders.user, 'User', 'settings.json');
  for (const folder of [folders.home, folders.extensions, path.dirname(settingsFile)])
    await mkdir(folder, { recursive: true });
  if (!existsSync(settingsFile)) await writeFile(settingsFile, `${JSON.stringify(settings, null, 2)}\n`);
}

/** The environment without what a VS Code around this process, or a platform's PORT, would tell the server. */
function cleanEnvironment(folders, added) {
  const foreign = /^(VSCODE_|CODE_SERVER_|ELECTRON_)|^(PORT|PASSWORD|HASHED_PASSWORD|NODE_OPTIONS)$/;
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return {
    ...Object.fromEntries(own),
    XDG_DATA_HOME: folders.home, // where it would write besides
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    VSCODE_SKIP_BUILTIN_EXTENSIONS: 'GitHub.copilot-chat,GitHub.copilot',
    ...added,
  };
}

function commonArguments(entry, folders) {
  const config = path.join(folders.state, 'config.yaml');
  return [entry, '--config', config, '--user-data-dir', folders.user, '--extensions-dir', folders.extensions];
}

/** Installs a packaged extension into the served VS Code of `folders`, over an older one. */
export async function installVsix({ node, entry }, folders, file) {
  const args = [...commonArguments(entry, folders), '--install-extension', file, '--force'];
  await run(node, args, { env: cleanEnvironment(folders) });
}

function ready(group) {
  return new Promise((resolve, reject) => {
    let seen = '';
    group.child.stdout.on('data', (text) => {
      seen += text;
      if (seen.includes('HTTP server listening')) resolve();
    });
    group.ended.then((code) => reject(new Error(`VS Code's server ended with ${code}:\n${seen}`)), reject);
  });
}

/**
 * Serves VS Code on http://127.0.0.1:`port`/. The server itself listens on a Unix socket in a folder that only this
 * user may enter; the guard in front of it lets its own pages through and no other.
 *
 * @param {{node: string, entry: string}} installed
 * @param {{folders: ReturnType<typeof foldersIn>, port?: number, open?: string, workspaceTrust?: boolean,
 *   env?: Record<string, string | undefined>, idleTimeoutSeconds?: number}} options
 *   `open` is the folder that the bare address opens; `idleTimeoutSeconds` (60 at least) ends a forgotten server.
 * @returns {Promise<{authority: string, ended: Promise<number>, stop: () => Promise<void>}>}
 */
export async function serveVsCode({ node, entry }, options) {
  const { folders, port = 0, open, workspaceTrust = false, env, idleTimeoutSeconds } = options;
  // A socket's path has room for about 100 characters, so it cannot lie in the state folder.
  const sockets = await temporaryFolder('socket');
  const socketPath = path.join(sockets.folder, 'http');
  let group, guard, log;
  const stop = async () => {
    await guard?.close();
    await group?.stop();
    log?.end();
    await sockets.remove();
  };
  try {
    guard = await startGuard({ port, socketPath });
    group = startGroup(
      node,
      [
        ...commonArguments(entry, folders),
        ...['--auth', 'none', '--socket', socketPath, '--socket-mode', '600'],
        ...['--session-socket', path.join(sockets.folder, 'session')],
        ...['--disable-proxy', '--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
        ...['--ignore-last-opened', ...(workspaceTrust ? [] : ['--disable-workspace-trust'])],
        ...(idleTimeoutSeconds ? ['--idle-timeout-seconds', String(idleTimeoutSeconds)] : []),
        ...(open ? [open] : []),
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], env: cleanEnvironment(folders, env) },
    );
    log = createWriteStream(path.join(folders.state, 'server.log'), { flags: 'a' });
    for (const stream of [group.child.stdout, group.child.stderr]) stream.pipe(log, { end: false });
    await ready(group);
  } catch (error) {
    await stop();
    throw error;
  }
  return { authority: `127.0.0.1:${guard.port}`, ended: group.ended, stop };
}
