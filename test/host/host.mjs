#!/usr/bin/env node
// Runs a suite in the extension host of a served VS Code and exits with its code. It understands VS Code's own switches,
// so it also serves as `vscodeExecutablePath` of @vscode/test-electron:
//   host.mjs --extensionDevelopmentPath=FOLDER --extensionTestsPath=FILE [WORKSPACE]
import { format, parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { exitOnSignals } from '../../scripts/lib/processes.mjs';
import { fail, Trouble } from '../../scripts/lib/progress.mjs';
import { openWorkbench } from '../../scripts/lib/workbench.mjs';

const SUITE_LIMIT_MS = 300_000;

/** The workbench's own lines, which arrive in one stream with those of the extension host. */
const NOISE = [
  /^Resolv(ing|ed) connection token/,
  /^Creating a socket/,
  /^\[reconnection-grace-time\]/,
  /^\[Service Worker\]/,
  /^Updating additional builtin/,
  /^Ignoring fetching additional builtin/,
  /^Error while fetching the extension under development/,
  /^Timed out waiting for authentication provider/,
  /^No search provider registered/,
  /^Canceled: Canceled/,
  /^\[(RemoteAgentHost|AgentHost|ChatModelSelection|AccountPolicyGate|DefaultAccount|chat-stt)/,
];

function print(type, [first, ...rest]) {
  if (NOISE.some((pattern) => pattern.test(String(first)))) return;
  (type === 'error' ? process.stderr : process.stdout).write(`${format(first, ...rest)}\n`);
}

function readArguments() {
  const { values, positionals } = parseArgs({
    strict: false, // the desktop's other switches have no meaning here
    options: {
      extensionDevelopmentPath: { type: 'string', multiple: true },
      extensionTestsPath: { type: 'string' },
      'user-data-dir': { type: 'string' },
      'extensions-dir': { type: 'string' },
      'folder-uri': { type: 'string' },
    },
  });
  if (!values.extensionDevelopmentPath || !values.extensionTestsPath) {
    throw new Trouble('Usage: host.mjs --extensionDevelopmentPath=FOLDER --extensionTestsPath=FILE [WORKSPACE]');
  }
  return {
    extensions: values.extensionDevelopmentPath,
    testsPath: values.extensionTestsPath,
    workspace: values['folder-uri'] ? fileURLToPath(values['folder-uri']) : positionals[0],
    userDataDir: values['user-data-dir'],
    extensionsDir: values['extensions-dir'],
  };
}

async function main(current) {
  const workbench = await openWorkbench({ ...readArguments(), onLog: print });
  current.workbench = workbench;
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new Trouble(`The suite did not end within ${SUITE_LIMIT_MS / 1000} s.`)),
      SUITE_LIMIT_MS,
    );
  });
  try {
    return await Promise.race([workbench.exitCode, limit]);
  } finally {
    clearTimeout(timer);
    await workbench.close();
  }
}

const current = { workbench: undefined, isEnding: false };
exitOnSignals(async () => {
  current.isEnding = true;
  await current.workbench?.close();
});
main(current).then(
  (code) => process.exit(code),
  (error) => {
    if (!current.isEnding) fail(error); // else that VS Code was closed is what was asked for
  },
);
