import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { ReplaceableTransport } from '../../../src/http/replaceable';
import { UndiciTransport } from '../../../src/http/transport';
import { problemOf } from '../../../src/maskinporten/problem';
import { never, problemFrom } from '../maskinporten/support';
import { get, serve, type Running } from './support';

function isNetworkProblem(error: unknown): boolean {
  return problemOf(error)?.code.startsWith('network/') ?? false;
}

class Counted extends UndiciTransport {
  closed = false;

  override close(): void {
    this.closed = true;
    super.close();
  }
}

describe('a transport that is replaced', () => {
  const made: Counted[] = [];
  let transport: ReplaceableTransport;
  let server: Running;
  let waiting: ServerResponse[];
  let arrived: EventTarget;

  beforeEach(async () => {
    made.length = 0;
    waiting = [];
    arrived = new EventTarget();
    transport = new ReplaceableTransport(() => {
      const next = new Counted();
      made.push(next);
      return Promise.resolve(next);
    });
    server = await serve((request, response) => {
      if (request.url === '/wait') waiting.push(response);
      else response.end('0123456789');
      arrived.dispatchEvent(new Event('request'));
    });
  });

  afterEach(async () => {
    transport.close();
    await server.close();
  });

  const arrival = () =>
    new Promise<unknown>((resolve) => {
      arrived.addEventListener('request', resolve, { once: true });
    });

  it('is made for the first request, and serves those after it', async () => {
    assert.equal(made.length, 0);
    await transport.send(get(server.origin), never());
    await transport.send(get(server.origin), never());
    assert.equal(made.length, 1);
  });

  it('lets the request finish that is on its way, and is closed with it', async () => {
    const came = arrival();
    const sent = transport.send(get(`${server.origin}/wait`), never());
    await came;
    transport.replace();
    await transport.send(get(server.origin), never());
    assert.deepEqual(
      made.map(({ closed }) => closed),
      [false, false],
    );
    waiting[0]!.end('late');
    const { body } = await sent;
    assert.equal(Buffer.from(body).toString(), 'late');
    await Promise.resolve();
    assert.deepEqual(
      made.map(({ closed }) => closed),
      [true, false],
    );
  });

  it('is closed at once where nothing is on its way', async () => {
    await transport.send(get(server.origin), never());
    transport.replace();
    await Promise.resolve();
    assert.equal(made[0]!.closed, true);
  });

  it('stays until the rest of a body is read, or stopped', async () => {
    for (const end of ['read', 'stop'] as const) {
      const { rest } = await transport.send(get(server.origin, { maxBodyBytes: 4, keepRest: true }), never());
      const used = made.at(-1)!;
      transport.replace();
      await Promise.resolve();
      assert.equal(used.closed, false);
      if (end === 'stop') rest!.stop();
      else {
        const pieces: Uint8Array[] = [];
        for await (const piece of rest!.read(never())) pieces.push(piece);
        assert.equal(Buffer.concat(pieces).toString(), '456789');
      }
      await Promise.resolve();
      assert.equal(used.closed, true, end);
    }
  });

  it('fails what is on its way when it is closed, replaced or not, and sends nothing after', async () => {
    const came = arrival();
    const sent = assert.rejects(transport.send(get(`${server.origin}/wait`), never()), isNetworkProblem);
    await came;
    transport.replace();
    transport.close();
    await sent;
    await problemFrom(transport.send(get(server.origin), never()), 'network/protocol');
    assert.equal(made.length, 1);
  });

  it('sends nothing for a request that was cancelled while it was being made', async () => {
    const cancelling = new AbortController();
    const slow = new ReplaceableTransport(() => {
      cancelling.abort(new Error('cancelled'));
      return Promise.resolve(new UndiciTransport());
    });
    let came = false;
    void arrival().then(() => (came = true));
    await assert.rejects(slow.send(get(server.origin), cancelling.signal), /cancelled/);
    assert.equal(came, false);
    slow.close();
  });
});
