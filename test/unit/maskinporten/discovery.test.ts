import assert from 'node:assert/strict';
import { Discovery } from '../../../src/maskinporten/discovery';
import { PROD, TEST } from '../../../src/maskinporten/environments';
import type { Environment } from '../../../src/maskinporten/model';
import { ProblemError } from '../../../src/maskinporten/problem';
import type { TransportResponse } from '../../../src/maskinporten/transport';
import { FakeTransport, jsonBody, never, problemFrom } from './support';

const metadataOf = (issuer: string) => ({
  issuer,
  token_endpoint: `${issuer}token`,
  jwks_uri: `${issuer}jwk`,
});

const custom = (issuer: string): Environment => ({ kind: 'custom', issuer });

function answering(body: unknown, given: Partial<TransportResponse> = {}): FakeTransport {
  return new FakeTransport(() => ({ body: jsonBody(body), ...given }));
}

describe('Discovery', () => {
  it('gives the endpoints of the issuer', async () => {
    const transport = answering(metadataOf(TEST.issuer));
    assert.deepEqual(await new Discovery(transport).metadata(TEST, never()), {
      issuer: 'https://test.maskinporten.no/',
      tokenEndpoint: 'https://test.maskinporten.no/token',
      jwksUri: 'https://test.maskinporten.no/jwk',
    });
    assert.equal(transport.requests[0]?.url, 'https://test.maskinporten.no/.well-known/oauth-authorization-server');
  });

  it('tries the form of RFC 8414 when the appended one gives nothing', async () => {
    const environment = custom('https://x.no/a');
    const transport = new FakeTransport(({ url }) =>
      url.endsWith('/a')
        ? { body: jsonBody({ issuer: 'https://x.no/a', token_endpoint: 'https://x.no/t', jwks_uri: 'https://x.no/k' }) }
        : { status: 404 },
    );
    assert.equal((await new Discovery(transport).metadata(environment, never())).tokenEndpoint, 'https://x.no/t');
    assert.deepEqual(
      transport.requests.map(({ url }) => url),
      [
        'https://x.no/a/.well-known/oauth-authorization-server',
        'https://x.no/.well-known/oauth-authorization-server/a',
      ],
    );
  });

  it('asks only the metadata URL, where one is known', async () => {
    const transport = answering(metadataOf('https://x.no/a/'));
    const environment = { ...custom('https://x.no/a/'), metadataUrl: 'https://x.no/meta' };
    await new Discovery(transport).metadata(environment, never());
    assert.deepEqual(
      transport.requests.map(({ url }) => url),
      ['https://x.no/meta'],
    );
  });

  it('asks nobody where the endpoints of a custom issuer are given', async () => {
    const transport = answering({});
    const endpoints = { tokenEndpoint: 'https://x.no/t', jwksUri: 'http://127.0.0.1:1/k' };
    const metadata = await new Discovery(transport).metadata({ ...custom('https://x.no/a'), endpoints }, never());
    assert.deepEqual(metadata, { issuer: 'https://x.no/a', ...endpoints });
    assert.equal(transport.requests.length, 0);
  });

  for (const [environment, endpoints, member] of [
    [custom('https://x.no/'), { tokenEndpoint: 'http://x.no/t', jwksUri: 'https://x.no/k' }, 'token_endpoint'],
    [custom('https://x.no/'), { tokenEndpoint: 'https://x.no/t', jwksUri: 'https://a:b@x.no/k' }, 'jwks_uri'],
    [PROD, { tokenEndpoint: 'https://test.maskinporten.no/token', jwksUri: `${PROD.issuer}jwk` }, 'token_endpoint'],
  ] as const) {
    it(`given endpoints are as strictly judged: ${member} of ${environment.issuer}`, async () => {
      const asked = new Discovery(answering({})).metadata({ ...environment, endpoints }, never());
      assert.equal((await problemFrom(asked, 'discovery/endpoint-refused')).member, member);
    });
  }

  it('wants the very issuer: a missing slash is another one', async () => {
    const transport = answering({ ...metadataOf(TEST.issuer), issuer: 'https://test.maskinporten.no' });
    const problem = await problemFrom(new Discovery(transport).metadata(TEST, never()), 'discovery/issuer-mismatch');
    assert.deepEqual([problem.expected, problem.actual], [TEST.issuer, 'https://test.maskinporten.no']);
  });

  for (const [environment, member, endpoint] of [
    [custom('https://x.no/'), 'token_endpoint', 'http://x.no/token'],
    [custom('https://x.no/'), 'jwks_uri', 'file:///etc/passwd'],
    [custom('https://x.no/'), 'token_endpoint', 'not a url'],
    [custom('https://x.no/'), 'token_endpoint', 'https://user:pass@x.no/token'],
    [custom('https://x.no/'), 'token_endpoint', 'https://x.no/token#a'],
    [TEST, 'token_endpoint', 'https://evil.no/token'],
    [TEST, 'token_endpoint', 'https://maskinporten.no/token'],
    [PROD, 'jwks_uri', 'https://maskinporten.no.evil.no/jwk'],
    [PROD, 'jwks_uri', 'https://maskinporten.no:8443/jwk'],
    [PROD, 'token_endpoint', 'http://127.0.0.1/token'],
  ] as const) {
    it(`refuses ${member} ${endpoint} of ${environment.issuer}`, async () => {
      const transport = answering({ ...metadataOf(environment.issuer), [member]: endpoint });
      const problem = await problemFrom(
        new Discovery(transport).metadata(environment, never()),
        'discovery/endpoint-refused',
      );
      assert.deepEqual([problem.member, problem.endpoint], [member, endpoint]);
    });
  }

  for (const endpoint of ['https://other.no/token', 'http://localhost:8080/token']) {
    it(`lets an issuer that is not Digdir’s have its endpoint at ${endpoint}`, async () => {
      const transport = answering({ ...metadataOf('https://x.no/'), token_endpoint: endpoint });
      const metadata = await new Discovery(transport).metadata(custom('https://x.no/'), never());
      assert.equal(metadata.tokenEndpoint, endpoint);
    });
  }

  for (const [what, answer] of [
    ['404', { status: 404, body: jsonBody(metadataOf(TEST.issuer)) }],
    ['a redirect', { status: 302, headers: [['location', 'https://evil.no/']] }],
    ['a web page', { body: Buffer.from('<html>'), headers: [['Content-Type', 'text/html']] }],
    ['no issuer', { body: jsonBody({ ...metadataOf(TEST.issuer), issuer: undefined }) }],
    ['a number as token_endpoint', { body: jsonBody({ ...metadataOf(TEST.issuer), token_endpoint: 1 }) }],
    ['JSON that is no object', { body: jsonBody([metadataOf(TEST.issuer)]) }],
    ['a cut answer', { body: jsonBody(metadataOf(TEST.issuer)), truncated: true }],
  ] satisfies [string, Partial<TransportResponse>][]) {
    it(`${what} is no metadata`, async () => {
      const transport = new FakeTransport(() => answer);
      const problem = await problemFrom(new Discovery(transport).metadata(TEST, never()), 'discovery/unreadable');
      assert.equal(problem.status, 'status' in answer ? answer.status : 200);
      assert.equal(problem.contentType, what === 'a web page' ? 'text/html' : undefined);
    });
  }

  it('an issuer that is no URL is a Problem', async () => {
    const transport = answering({});
    await problemFrom(new Discovery(transport).metadata(custom('maskinporten'), never()), 'request/bad-url');
    assert.equal(transport.requests.length, 0);
  });

  it('keeps an answer as long as it says, for each issuer by itself', async () => {
    let now = 0;
    const transport = new FakeTransport(({ url }) => ({
      body: jsonBody(metadataOf(`${new URL(url).origin}/`)),
      headers: [['cache-control', 'max-age=60']],
    }));
    const discovery = new Discovery(transport, () => now);
    await discovery.metadata(TEST, never());
    await discovery.metadata(PROD, never());
    now = 59_999;
    await discovery.metadata(TEST, never());
    assert.equal(transport.requests.length, 2);
    now = 60_000;
    await discovery.metadata(TEST, never());
    assert.equal(transport.requests.length, 3);
  });

  it('does not keep an answer that must not be stored', async () => {
    const transport = answering(metadataOf(TEST.issuer), { headers: [['Cache-Control', 'no-store']] });
    const discovery = new Discovery(transport);
    await discovery.metadata(TEST, never());
    await discovery.metadata(TEST, never());
    assert.equal(transport.requests.length, 2);
  });

  it('does not keep a failure', async () => {
    let fails = true;
    const transport = new FakeTransport(() => {
      if (fails) throw new ProblemError({ code: 'network/dns', step: 'discovery', sent: [], host: 'x' });
      return { body: jsonBody(metadataOf(TEST.issuer)) };
    });
    const discovery = new Discovery(transport);
    await problemFrom(discovery.metadata(TEST, never()), 'network/dns');
    fails = false;
    assert.equal((await discovery.metadata(TEST, never())).issuer, TEST.issuer);
  });

  it('asks once for many who ask at one time', async () => {
    const transport = answering(metadataOf(TEST.issuer));
    const discovery = new Discovery(transport);
    await Promise.all(Array.from({ length: 50 }, () => discovery.metadata(TEST, never())));
    assert.equal(transport.requests.length, 1);
  });
});
