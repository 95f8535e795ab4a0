import assert from 'node:assert/strict';
import { TokenCache } from '../../../src/maskinporten/cache';
import type { Environment, Token, TokenRequest, TokenSource } from '../../../src/maskinporten/model';
import { never } from './support';

interface Ask {
  readonly request: TokenRequest;
  readonly signal: AbortSignal;
  readonly grant: (lifetimeMs?: number) => Token;
  readonly refuse: (error: Error) => void;
}

/** A source that answers when the test says so. */
class FakeSource implements TokenSource {
  readonly asks: Ask[] = [];
  private granted = 0;

  constructor(
    readonly clientId = 'client',
    readonly environment: Environment = { kind: 'custom', issuer: 'http://127.0.0.1/' },
    readonly cachesItself = false,
    private readonly now: () => number = () => 0,
  ) {}

  readonly id = 'fake';

  getToken(request: TokenRequest, signal: AbortSignal): Promise<Token> {
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
      this.asks.push({
        request,
        signal,
        refuse: reject,
        grant: (lifetimeMs = 120_000) => {
          const token = this.token(request, lifetimeMs);
          resolve(token);
          return token;
        },
      });
    });
  }

  private token({ scopes, resource }: TokenRequest, lifetimeMs: number): Token {
    this.granted += 1;
    return {
      accessToken: `token-${this.granted}`,
      environment: this.environment,
      clientId: this.clientId,
      requestedScopes: scopes,
      grantedScopes: scopes,
      resource,
      obtainedAtMs: this.now(),
      expiresAtMs: this.now() + lifetimeMs,
      grant: undefined,
    };
  }
}

describe('TokenCache', () => {
  let now: number;
  let changes: number;
  let source: FakeSource;
  let cache: TokenCache;
  const request: TokenRequest = { scopes: ['a:b'] };

  beforeEach(() => {
    now = 1_000_000;
    changes = 0;
    source = new FakeSource('client', undefined, false, () => now);
    cache = new TokenCache({ now: () => now, onDidChange: () => (changes += 1) });
  });

  /** Asks for a token and lets the source grant it. */
  async function fill(wish: TokenRequest = request, lifetimeMs?: number, from = source): Promise<Token> {
    const asked = cache.get(from, wish, never());
    await Promise.resolve();
    from.asks.at(-1)!.grant(lifetimeMs);
    return asked;
  }

  it('a hundred who ask at one time share one ask', async () => {
    const asked = Array.from({ length: 100 }, () => cache.get(source, request, never()));
    await Promise.resolve();
    assert.equal(source.asks.length, 1);
    const token = source.asks[0]!.grant();
    for (const got of await Promise.all(asked)) assert.equal(got, token);
    assert.equal(changes, 1);
  });

  it('gives the token from memory afterwards', async () => {
    const token = await fill();
    assert.equal(await cache.get(source, request, never()), token);
    assert.equal(source.asks.length, 1);
  });

  for (const [lifetimeMs, leewayMs] of [
    [120_000, 10_000],
    [3_600_000, 10_000],
    [30_000, 3_000],
  ] as const) {
    it(`a token of ${lifetimeMs} ms is used until ${leewayMs} ms before its end`, async () => {
      const token = await fill(request, lifetimeMs);
      now += lifetimeMs - leewayMs - 1;
      assert.equal(await cache.get(source, request, never()), token);
      now += 1;
      assert.notEqual(await fill(request, lifetimeMs), token);
      assert.equal(source.asks.length, 2);
    });
  }

  it('a clock that was set back makes no token young again', async () => {
    const token = await fill();
    now -= 1;
    assert.notEqual(await fill(), token);
  });

  it('the order of scopes, and one written twice, make no difference', async () => {
    const token = await fill({ scopes: ['a:b', 'c:d'] });
    assert.equal(await cache.get(source, { scopes: ['c:d', 'a:b', 'c:d'] }, never()), token);
  });

  it('nor does the order of members in authorization_details', async () => {
    const token = await fill({ scopes: ['a:b'], authorizationDetails: [{ type: 't', org: { a: 1, b: 2 } }] });
    const other = [{ org: { b: 2, a: 1 }, type: 't' }];
    assert.equal(await cache.get(source, { scopes: ['a:b'], authorizationDetails: other }, never()), token);
  });

  for (const [what, other] of [
    ['scopes', { scopes: ['a:b', 'c:d'] }],
    ['scopes that only look the same when joined', { scopes: ['a:b","c:d'] }],
    ['resource', { scopes: ['a:b'], resource: 'https://x.no' }],
    ['consumer_org', { scopes: ['a:b'], consumerOrg: '889640782' }],
    ['pid', { scopes: ['a:b'], pid: '13816198547' }],
    ['authorization_details', { scopes: ['a:b'], authorizationDetails: [{ type: 't' }] }],
  ] satisfies [string, TokenRequest][]) {
    it(`another ${what} is another token`, async () => {
      const token = await fill();
      assert.notEqual(await fill(other), token);
      assert.equal(source.asks.length, 2);
    });
  }

  it('another client, environment or issuer is another token', async () => {
    const token = await fill();
    const custom = source.environment;
    for (const from of [
      new FakeSource('other', custom, false, () => now),
      new FakeSource('client', { ...custom, kind: 'test' }, false, () => now),
      new FakeSource('client', { ...custom, issuer: 'http://127.0.0.1' }, false, () => now),
    ]) {
      assert.notEqual(await fill(request, undefined, from), token);
      assert.equal(from.asks.length, 1);
    }
  });

  it('an error is not kept', async () => {
    const asked = cache.get(source, request, never());
    await Promise.resolve();
    source.asks[0]!.refuse(new Error('no'));
    await assert.rejects(asked, /no/);
    assert.ok(await fill());
  });

  it('skipCache asks anew, and what comes is kept', async () => {
    const token = await fill();
    const fresh = await fill({ ...request, skipCache: true });
    assert.notEqual(fresh, token);
    assert.equal(await cache.get(source, request, never()), fresh);
  });

  it('those who skip the cache share one ask, but do not join one that began before they wished', async () => {
    const early = cache.get(source, request, never());
    const skipping = [1, 2, 3].map(() => cache.get(source, { ...request, skipCache: true }, never()));
    await Promise.resolve();
    assert.equal(source.asks.length, 2);
    const fresh = source.asks[1]!.grant();
    assert.deepEqual(await Promise.all(skipping), [fresh, fresh, fresh]);
    source.asks[0]!.grant();
    await early;
    assert.equal(cache.peek(source, request), fresh, 'the slow answer of the earlier ask does not replace the newer');
  });

  it('one who gives up leaves the others waiting', async () => {
    const controller = new AbortController();
    const quitter = cache.get(source, request, controller.signal);
    const patient = cache.get(source, request, never());
    await Promise.resolve();
    const reason = new Error('gave up');
    controller.abort(reason);
    await assert.rejects(quitter, (error) => error === reason);
    assert.equal(source.asks[0]!.signal.aborted, false);
    const token = source.asks[0]!.grant();
    assert.equal(await patient, token);
  });

  it('the last to give up aborts the ask itself', async () => {
    const controllers = [new AbortController(), new AbortController()];
    const asked = controllers.map(({ signal }) => cache.get(source, request, signal));
    await Promise.resolve();
    controllers[0]!.abort();
    assert.equal(source.asks[0]!.signal.aborted, false);
    controllers[1]!.abort();
    assert.equal(source.asks[0]!.signal.aborted, true);
    for (const { status } of await Promise.allSettled(asked)) assert.equal(status, 'rejected');
  });

  it('who comes after all gave up starts a new ask', async () => {
    const controller = new AbortController();
    const quitter = cache.get(source, request, controller.signal);
    await Promise.resolve();
    controller.abort();
    const token = await fill();
    await assert.rejects(quitter);
    assert.equal(source.asks.length, 2);
    assert.equal(cache.peek(source, request), token);
  });

  it('does nothing for a signal that is aborted already', async () => {
    await assert.rejects(cache.get(source, request, AbortSignal.abort()));
    assert.equal(source.asks.length, 0);
  });

  it('peek asks nobody, and gives an expired token too', async () => {
    assert.equal(cache.peek(source, request), undefined);
    const token = await fill();
    now += 1_000_000;
    assert.equal(cache.peek(source, request), token);
    assert.equal(source.asks.length, 1);
  });

  it('forget takes the tokens of one source, or all', async () => {
    const other = new FakeSource('other', source.environment, false, () => now);
    await fill();
    const kept = await fill(request, undefined, other);
    cache.forget(source);
    assert.equal(cache.peek(source, request), undefined);
    assert.equal(cache.peek(other, request), kept);
    cache.forget();
    assert.equal(cache.peek(other, request), undefined);
    assert.equal(changes, 4);
  });

  it('forget takes the tokens of one scope alone, where one is named', async () => {
    await fill();
    const kept = await fill({ scopes: ['another:scope'] });
    cache.forget(source, request.scopes[0]);
    assert.equal(cache.peek(source, request), undefined);
    assert.equal(cache.peek(source, { scopes: ['another:scope'] }), kept);
  });

  it('what is on its way when all is forgotten reaches who waits, and is not kept', async () => {
    const asked = cache.get(source, request, never());
    await Promise.resolve();
    cache.forget();
    const token = source.asks[0]!.grant();
    assert.equal(await asked, token);
    assert.equal(cache.peek(source, request), undefined);
  });

  it('tokens of a source with its own cache are not kept, but asks are joined', async () => {
    const texas = new FakeSource('client', source.environment, true, () => now);
    const asked = [cache.get(texas, request, never()), cache.get(texas, request, never())];
    await Promise.resolve();
    assert.equal(texas.asks.length, 1);
    texas.asks[0]!.grant();
    await Promise.all(asked);
    assert.equal(cache.peek(texas, request), undefined);
    await fill(request, undefined, texas);
    assert.equal(texas.asks.length, 2);
  });

  it('keeps no more tokens than it may: the oldest goes', async () => {
    cache = new TokenCache({ now: () => now, maxTokens: 2 });
    await fill({ scopes: ['one'] });
    await fill({ scopes: ['two'] });
    await fill({ scopes: ['three'] });
    assert.equal(cache.peek(source, { scopes: ['one'] }), undefined);
    assert.ok(cache.peek(source, { scopes: ['two'] }));
    assert.ok(cache.peek(source, { scopes: ['three'] }));
  });
});
