import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { FetchTransport } from '../../../src/http/fetchTransport';
import { saveBody, SaveFailure } from '../../../src/http/saveBody';
import { UndiciTransport } from '../../../src/http/transport';
import type { Transport } from '../../../src/maskinporten/transport';
import { never, problemFrom } from '../maskinporten/support';
import { get, serve, type Running } from './support';

const BODY = Buffer.from(Array.from({ length: 3_000_000 }, (_, at) => (at * 7) % 251));

for (const [name, make] of [
  ['UndiciTransport', () => new UndiciTransport()],
  ['FetchTransport', () => new FetchTransport({ fetch: globalThis.fetch })],
] as const) {
  describe(`a body over its limit, of ${name}`, () => {
    let folder: string;
    let server: Running;
    let transport: Transport & { close(): void };
    let answer: (response: ServerResponse) => void;

    before(async () => {
      server = await serve((_, response) => {
        answer(response);
      });
    });
    after(() => server.close());
    beforeEach(async () => {
      transport = make();
      folder = await mkdtemp(join(tmpdir(), 'save-'));
      answer = (response) => response.end(BODY);
    });
    afterEach(async () => {
      transport.close();
      await rm(folder, { recursive: true });
    });

    const send = (maxBodyBytes = 1000) => transport.send(get(server.origin, { maxBodyBytes, keepRest: true }), never());

    it('waits: what was read and what waited make the whole', async () => {
      const response = await send();
      assert.deepEqual([response.body.length, response.truncated], [1000, true]);
      const heard: number[] = [];
      const bytes = await saveBody(response, join(folder, 'x.bin'), never(), (count) => heard.push(count));
      assert.equal(bytes, BODY.length);
      assert.equal(heard.at(-1), BODY.length);
      assert.deepEqual(await readFile(join(folder, 'x.bin')), BODY);
      assert.deepEqual(await readdir(folder), ['x.bin']);
    });

    it('is saved unread with a limit of nothing, whatever its size', async () => {
      const response = await send(0);
      assert.equal(response.body.length, 0);
      await saveBody(response, join(folder, 'x.bin'), never());
      assert.deepEqual(await readFile(join(folder, 'x.bin')), BODY);
    });

    it('is decoded in the file too', async () => {
      answer = (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(BODY));
      await saveBody(await send(), join(folder, 'x.bin'), never());
      assert.deepEqual(await readFile(join(folder, 'x.bin')), BODY);
    });

    it('a body within its limit has no rest, and is saved the same way', async () => {
      const response = await send(BODY.length);
      assert.deepEqual([response.truncated, response.rest], [false, undefined]);
      await saveBody(response, join(folder, 'x.bin'), never());
      assert.deepEqual(await readFile(join(folder, 'x.bin')), BODY);
    });

    it('without keepRest there is none, and the connection ends', async () => {
      const response = await transport.send(get(server.origin, { maxBodyBytes: 1000 }), never());
      assert.deepEqual([response.truncated, response.rest], [true, undefined]);
    });

    it('stop() ends the connection', async () => {
      let serverSide: ServerResponse | undefined;
      answer = (response) => {
        serverSide = response;
        response.write(BODY);
      };
      const { rest } = await send();
      rest!.stop();
      if (!serverSide!.destroyed) await once(serverSide!, 'close');
    });

    it('close() ends it too', async () => {
      let serverSide: ServerResponse | undefined;
      answer = (response) => {
        serverSide = response;
        response.write(BODY);
      };
      await send();
      transport.close();
      if (!serverSide!.destroyed) await once(serverSide!, 'close');
    });

    it('a connection that breaks on the way leaves no file behind', async () => {
      let serverSide: ServerResponse | undefined;
      answer = (response) => {
        serverSide = response;
        response.write(BODY);
      };
      const response = await send();
      const saved = saveBody(response, join(folder, 'x.bin'), never(), (count) => {
        if (count > 1000) serverSide!.destroy();
      });
      await problemFrom(saved, 'network/reset');
      assert.deepEqual(await readdir(folder), []);
    });

    it('Cancel leaves no file behind, and an old one as it was', async () => {
      answer = (response) => response.write(BODY);
      await writeFile(join(folder, 'x.bin'), 'old');
      const controller = new AbortController();
      const reason = new Error('gave up');
      const saved = saveBody(await send(), join(folder, 'x.bin'), controller.signal, (count) => {
        if (count > 1000) controller.abort(reason);
      });
      await assert.rejects(saved, (error) => error === reason);
      assert.deepEqual(await readdir(folder), ['x.bin']);
      assert.equal((await stat(join(folder, 'x.bin'))).size, 3);
    });

    it('a folder that is not there is the disk’s failure, with its code', async () => {
      const saved = saveBody(await send(), join(folder, 'missing', 'x.bin'), never());
      await assert.rejects(saved, (error) => error instanceof SaveFailure && error.code === 'ENOENT');
    });
  });
}
