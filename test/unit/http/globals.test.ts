import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.resolve(__dirname, '../../..');

/** Runs in a process of its own: other tests may have loaded anything. */
const SCRIPT = `
  const { createServer } = require('node:http');
  const symbols = [1, 2].map((version) => Symbol.for('undici.globalDispatcher.' + version));
  const state = () => ({
    fetch: globalThis.fetch,
    dispatchers: symbols.map((symbol) => Object.getOwnPropertyDescriptor(globalThis, symbol)),
    names: Reflect.ownKeys(globalThis).map(String).sort().join(),
  });
  const before = state();
  const { UndiciTransport } = require('./src/http/transport');
  const server = createServer((request, response) => response.end('ok')).listen(0, '127.0.0.1', async () => {
    const transport = new UndiciTransport();
    const url = 'http://127.0.0.1:' + server.address().port;
    const request = { step: 'api', method: 'GET', url, headers: [], maxBodyBytes: 10 };
    const { status } = await transport.send(request, new AbortController().signal);
    const after = state();
    transport.close();
    server.close();
    process.stdout.write(JSON.stringify({
      status,
      hadDispatchers: before.dispatchers.some(Boolean),
      hasDispatchers: after.dispatchers.some(Boolean),
      sameFetch: before.fetch === after.fetch,
      newNames: after.names.split(',').filter((name) => !before.names.split(',').includes(name)),
      loadedUndici: Object.keys(require.cache).some((file) => /undici.lib.dispatcher.client\\.js$/.test(file)),
      loadedGlobal: Object.keys(require.cache).some((file) => /undici.(?:index|lib.global)\\.js$/.test(file)),
    }));
  });
`;

describe('the host’s own networking', () => {
  it('is untouched by UndiciTransport: fetch and the dispatcher symbols are as before', async function () {
    this.timeout(30_000);
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '-e', SCRIPT], {
      cwd: root,
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    assert.deepEqual(JSON.parse(stdout), {
      status: 200,
      hadDispatchers: false,
      hasDispatchers: false,
      sameFetch: true,
      newNames: [],
      loadedUndici: true,
      loadedGlobal: false,
    });
  });
});
