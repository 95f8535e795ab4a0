import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UndiciTransport } from '../../../../src/http/transport';
import { problemOf } from '../../../../src/maskinporten/problem';
import {
  fetchRegistry,
  readListings,
  readRegistry,
  REGISTRY_URLS,
  writeListings,
} from '../../../../src/maskinporten/registry';

/** One item as Digdir's registry has it. */
const ITEM = {
  prefix: 'altinn',
  subscope: 'correspondence.read',
  name: 'altinn:correspondence.read',
  description: 'Lese meldinger\r\n i Altinn',
  'description#en': 'Read messages',
  active: true,
  created: '2024-05-23T13:27:56.597Z',
  allowed_integration_types: ['maskinporten'],
  owner_orgno: '991825827',
  token_type: 'SELF_CONTAINED',
  visibility: 'PUBLIC',
  accessible_for_all: false,
};
const SCOPE = {
  scope: 'altinn:correspondence.read',
  description: 'Lese meldinger i Altinn',
  active: true,
  integrationTypes: ['maskinporten'],
  ownerOrgno: '991825827',
  accessibleForAll: false,
};

describe('a list of public scopes', () => {
  it('is read, sorted by name, each scope once', () => {
    const other = { ...ITEM, name: 'a:b', accessible_for_all: true };
    assert.deepEqual(readRegistry([ITEM, other, ITEM]), [{ ...SCOPE, scope: 'a:b', accessibleForAll: true }, SCOPE]);
  });
  it('may leave fields out', () => {
    assert.deepEqual(readRegistry([{ prefix: 'a', subscope: 'b' }]), [
      {
        scope: 'a:b',
        description: undefined,
        active: true,
        integrationTypes: undefined,
        ownerOrgno: undefined,
        accessibleForAll: false,
      },
    ]);
  });
  it('keeps what it can of an item with wrong types', () => {
    const wrong = { name: 'a:b', description: 7, active: 'no', allowed_integration_types: [7], owner_orgno: 12 };
    const [scope] = readRegistry([wrong]) ?? [];
    assert.deepEqual(
      [scope?.description, scope?.active, scope?.integrationTypes, scope?.ownerOrgno],
      [undefined, true, undefined, undefined],
    );
  });
  it('leaves out what cannot be a scope', () => {
    const items = [{ name: 'a b' }, { name: 'a"b' }, { name: '' }, { name: 'x'.repeat(300) }, null, 7, 'a:b', ITEM];
    assert.deepEqual(
      readRegistry(items)?.map(({ scope }) => scope),
      [SCOPE.scope],
    );
  });
  it('shortens descriptions, and strips what would not be seen', () => {
    const [scope] = readRegistry([{ ...ITEM, description: `a\u202Eb\u0007${'c'.repeat(500)}` }]) ?? [];
    assert.match(scope?.description ?? '', /^ab c+…$/);
    assert.equal(scope?.description?.length, 200);
  });
  it('is bounded', () => {
    const items = Array.from({ length: 25_000 }, (_, index) => ({ name: `a:${index}` }));
    assert.equal(readRegistry(items)?.length, 20_000);
  });
  for (const nothing of [undefined, null, {}, 'x', [1], [{ error: 'x' }]]) {
    it(`is not ${JSON.stringify(nothing)}`, () => {
      assert.equal(readRegistry(nothing), undefined);
    });
  }
});

describe('what is kept of the registries', () => {
  const listings = { test: { fetchedAtMs: 1, scopes: [SCOPE] }, prod: { fetchedAtMs: 2, scopes: [] } };

  it('is read as it was written', () => {
    assert.deepEqual(readListings(writeListings(listings)), listings);
    assert.deepEqual(readListings(writeListings({ prod: listings.prod })), { prod: listings.prod });
  });
  it('says its version', () => {
    assert.equal((JSON.parse(writeListings(listings)) as { version: unknown }).version, 1);
  });
  for (const damaged of [
    '',
    '{',
    '[]',
    '{"version":2,"test":{"fetchedAtMs":1,"scopes":[]}}',
    '{"version":1,"test":{"scopes":[]}}',
    '{"version":1,"prod":7}',
  ]) {
    it(`is nothing when damaged or of another version: ${damaged}`, () => {
      assert.deepEqual(readListings(damaged), {});
    });
  }
});

describe('fetching the registry', () => {
  const transport = new UndiciTransport();
  const { signal } = new AbortController();
  let server: Server;
  let answer: RequestListener;
  let url: string;

  before(async () => {
    server = createServer((request, response) => {
      answer(request, response);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/scopes/all`;
  });
  after(() => {
    transport.close();
    server.close();
  });

  it('is about Digdir’s two environments', () => {
    assert.deepEqual(Object.values(REGISTRY_URLS), [
      'https://api.test.samarbeid.digdir.no/api/v1/scopes/all',
      'https://api.samarbeid.digdir.no/api/v1/scopes/all',
    ]);
  });
  it('gives its scopes, and sends no credential', async () => {
    let headers: unknown;
    answer = (request, response) => {
      headers = request.headers;
      response.setHeader('content-type', 'application/json').end(JSON.stringify([ITEM]));
    };
    assert.deepEqual(await fetchRegistry(transport, url, signal), { ok: true, scopes: [SCOPE] });
    assert.equal((headers as Record<string, unknown>)['authorization'], undefined);
  });
  it('names another status, and follows no redirect', async () => {
    answer = (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
    assert.deepEqual(await fetchRegistry(transport, url, signal), {
      ok: false,
      fault: { reason: 'status', status: 302 },
    });
  });
  it('takes no page for a list', async () => {
    answer = (_request, response) => response.end('<html>Log in</html>');
    assert.deepEqual(await fetchRegistry(transport, url, signal), { ok: false, fault: { reason: 'unreadable' } });
  });
  it('stops reading where no list goes on', async () => {
    answer = (_request, response) => response.end(Buffer.alloc(17 * 1024 * 1024, ' '));
    const result = await fetchRegistry(transport, url, signal);
    assert.deepEqual(result, { ok: false, fault: { reason: 'too-large', limitBytes: 16 * 1024 * 1024 } });
  });
  it('ends when the user cancels', async () => {
    const controller = new AbortController();
    answer = () => {
      controller.abort();
    };
    await assert.rejects(fetchRegistry(transport, url, controller.signal), { name: 'AbortError' });
  });
  it('has a Problem where nobody answers', async () => {
    await assert.rejects(fetchRegistry(transport, 'http://127.0.0.1:1/', signal), (error) => {
      assert.equal(problemOf(error)?.code, 'network/refused');
      return true;
    });
  });
});
