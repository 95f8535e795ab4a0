import assert from 'node:assert/strict';
import { Rpc, RpcError, type RpcHandlers } from '../../../src/shared/rpc';

interface PageSays {
  readonly request: { readonly type: 'double'; readonly number: number } | { readonly type: 'fail' };
  readonly replies: { readonly double: number; readonly fail: undefined };
  readonly event: { readonly type: 'edited' };
}

interface HostSays {
  readonly request: never;
  readonly replies: object;
  readonly event: { readonly type: 'view'; readonly text: string };
}

type Handlers = RpcHandlers<PageSays>;

const SECRET = 'a text that must stay on its side';

/** Two ends of a channel that carries messages as postMessage does: copied, and never at once. */
function connect(host: Partial<Handlers> = {}) {
  const sent: unknown[] = [];
  const refused: string[] = [];
  const errors: unknown[] = [];
  const views: string[] = [];
  const ends = new Map<'page' | 'host', { receive(message: unknown): void }>();
  const carryTo =
    (end: 'page' | 'host') =>
    (message: unknown): void => {
      sent.push(message);
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => ends.get(end)?.receive(copy));
    };
  const page = new Rpc<PageSays, HostSays>('page', carryTo('host'), {
    parseRequest: () => undefined,
    parseEvent: (value) => value as HostSays['event'],
    onRequest: () => Promise.resolve(undefined),
    onEvent: ({ text }) => void views.push(text),
    onRefused: () => void refused.push('page'),
    onError: (error) => void errors.push(error),
  });
  const hostRpc = new Rpc<HostSays, PageSays>('host', carryTo('page'), {
    parseRequest: (value) => {
      const request = value as PageSays['request'] | undefined;
      return request?.type === 'double' || request?.type === 'fail' ? request : undefined;
    },
    parseEvent: (value) =>
      (value as PageSays['event'] | undefined)?.type === 'edited' ? { type: 'edited' } : undefined,
    onRequest: (request) =>
      request.type === 'double' ? Promise.resolve(request.number * 2) : Promise.reject(new Error(SECRET)),
    onEvent: () => undefined,
    onRefused: () => void refused.push('host'),
    onError: (error) => void errors.push(error),
    ...host,
  });
  ends.set('page', page).set('host', hostRpc);
  return { page, host: hostRpc, sent, refused, errors, views };
}

const rejectsAs = (reason: string) => (error: unknown) => error instanceof RpcError && error.reason === reason;

describe('Rpc', () => {
  it('answers a request with the value of the handler', async () => {
    assert.equal(await connect().page.request({ type: 'double', number: 21 }), 42);
  });

  it('keeps replies apart that come back in another order', async () => {
    const release: (() => void)[] = [];
    const { page } = connect({
      onRequest: (request) =>
        new Promise((resolve) => {
          release.unshift(() => {
            resolve(request.type === 'double' ? request.number : undefined);
          });
          if (release.length === 2) for (const next of release) next();
        }),
    });
    const both = Promise.all([
      page.request({ type: 'double', number: 1 }),
      page.request({ type: 'double', number: 2 }),
    ]);
    assert.deepEqual(await both, [1, 2]);
  });

  it('rejects when the handler throws, and tells the other side no more than that', async () => {
    const { page, errors, sent } = connect();
    await assert.rejects(page.request({ type: 'fail' }), rejectsAs('failed'));
    assert.equal((errors[0] as Error).message, SECRET);
    assert.ok(!JSON.stringify(sent).includes(SECRET));
  });

  it('rejects when the other side refuses the request, and the handler never sees it', async () => {
    let handled = 0;
    const { page, refused } = connect({
      parseRequest: () => undefined,
      onRequest: () => Promise.resolve(++handled),
    });
    await assert.rejects(page.request({ type: 'double', number: 1 }), rejectsAs('refused'));
    assert.deepEqual([refused, handled], [['host'], 0]);
  });

  it('rejects whoever waits when it is disposed, and whoever asks afterwards', async () => {
    const { page } = connect({ onRequest: () => new Promise(() => undefined) });
    const waiting = page.request({ type: 'double', number: 1 });
    page.dispose();
    await assert.rejects(waiting, rejectsAs('closed'));
    await assert.rejects(page.request({ type: 'double', number: 1 }), rejectsAs('closed'));
  });

  it('posts nothing once it is disposed, not even the reply to a request that was under way', async () => {
    let release = (): void => undefined;
    const { page, host, sent } = connect({
      onRequest: () =>
        new Promise((resolve) => {
          release = () => {
            resolve(1);
          };
        }),
    });
    void page.request({ type: 'double', number: 1 }).catch(() => undefined);
    await Promise.resolve();
    host.dispose();
    release();
    host.notify({ type: 'view', text: 'late' });
    await Promise.resolve();
    assert.equal(sent.length, 1);
  });

  it('leaves a reply alone that was meant for an earlier life of the page', async () => {
    const { page } = connect();
    const asked = page.request({ type: 'double', number: 3 });
    page.receive({ inReplyTo: 'earlier:1', ok: true, value: 'not mine' });
    assert.equal(await asked, 6);
  });

  it('carries events', async () => {
    const { host, views } = connect();
    host.notify({ type: 'view', text: 'new' });
    await Promise.resolve();
    assert.deepEqual(views, ['new']);
  });

  it('reports an event handler that throws, and goes on', async () => {
    const { page, errors } = connect({
      onEvent: () => {
        throw new Error('broken');
      },
    });
    page.notify({ type: 'edited' });
    await Promise.resolve();
    assert.equal(errors.length, 1);
    assert.equal(await page.request({ type: 'double', number: 1 }), 2);
  });

  for (const message of [undefined, null, 7, 'text', [], {}, { event: { type: 'unknown' } }, { id: 7, request: {} }]) {
    it(`refuses ${(JSON.stringify(message) as string | undefined) ?? 'undefined'} and goes on`, async () => {
      const { page, host, refused } = connect();
      host.receive(message);
      assert.deepEqual(refused, ['host']);
      assert.equal(await page.request({ type: 'double', number: 1 }), 2);
    });
  }
});
