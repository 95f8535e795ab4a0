import assert from 'node:assert/strict';
import { sendTestRequest, type TestRequest } from '../../../src/http/testRequest';
import { UndiciTransport } from '../../../src/http/transport';
import type { EnvironmentKind } from '../../../src/maskinporten/model';
import type { TransportResponse } from '../../../src/maskinporten/transport';
import { FakeTransport, never, problemFrom } from '../maskinporten/support';
import { serve } from './support';

const token = (kind: EnvironmentKind, accessToken = 'abc.def.ghi') => ({
  accessToken,
  environment: { kind, issuer: 'https://test.maskinporten.no/' },
});

function request(given: Partial<TestRequest> = {}): TestRequest {
  return { method: 'GET', url: 'https://api.example.no/x', headers: [], ...given };
}

describe('sendTestRequest', () => {
  const answer = (given: Partial<TransportResponse> = {}) => new FakeTransport(() => given);

  it('sends the token as Bearer, and says so', async () => {
    const transport = answer();
    const result = await sendTestRequest(transport, request({ token: token('test') }), never());
    assert.equal(result.tokenSent, true);
    assert.deepEqual(transport.requests[0]?.headers, [['authorization', 'Bearer abc.def.ghi']]);
    assert.equal(transport.requests[0].step, 'api');
  });

  it('without a token, the user’s own Authorization goes along', async () => {
    const transport = answer();
    const headers = [['Authorization', 'Basic YTpi']] as const;
    const result = await sendTestRequest(transport, request({ headers }), never());
    assert.equal(result.tokenSent, false);
    assert.deepEqual(transport.requests[0]?.headers, headers);
  });

  it('tells what was really asked for: normalised, without fragment', async () => {
    const result = await sendTestRequest(answer(), request({ url: 'HTTPS://API.example.no/a/../b?c#d' }), never());
    assert.equal(result.sentUrl, 'https://api.example.no/b?c');
  });

  it('works over a real connection', async () => {
    const server = await serve((incoming, response) => {
      response.writeHead(incoming.headers.authorization === 'Bearer abc.def.ghi' ? 200 : 401).end();
    });
    const transport = new UndiciTransport();
    const { status } = await sendTestRequest(
      transport,
      request({ url: server.origin, token: token('sandbox') }),
      never(),
    );
    transport.close();
    await server.close();
    assert.equal(status, 200);
  });

  describe('sends nothing', () => {
    async function assertRefused(given: Partial<TestRequest>, code: Parameters<typeof problemFrom>[1]) {
      const transport = answer();
      const problem = await problemFrom(sendTestRequest(transport, request(given), never()), code);
      assert.equal(transport.requests.length, 0);
      assert.ok(!JSON.stringify(problem).includes('abc.def.ghi'));
      return problem;
    }

    it('over plain http to another machine', () =>
      assertRefused({ url: 'http://api.example.no' }, 'request/insecure-url'));
    it('to a URL with credentials', () =>
      assertRefused({ url: 'https://a:b@api.example.no' }, 'request/url-credentials'));
    it('to what is no URL', () => assertRefused({ url: '//api.example.no' }, 'request/bad-url'));
    it('with a header that ends its line', () =>
      assertRefused({ headers: [['A', 'b\r\nC: d']] }, 'request/bad-header'));

    for (const name of ['Authorization', 'authorization', 'AUTHORIZATION']) {
      it(`with ${name} beside a token`, async () => {
        const problem = await assertRefused({ headers: [[name, 'x']], token: token('test') }, 'request/bad-header');
        assert.ok(problem.code === 'request/bad-header' && problem.reason === 'authorization-beside-token');
      });
    }

    for (const accessToken of ['', 'a b', 'a\r\nX: y', 'å']) {
      it(`with the token ${JSON.stringify(accessToken)}`, async () => {
        const problem = await assertRefused({ token: token('test', accessToken) }, 'request/bad-header');
        assert.ok(problem.code === 'request/bad-header' && problem.reason === 'illegal-token');
      });
    }

    for (const url of ['https://api.example.no/x', 'https://localhost.example.no', 'https://127.0.0.1.nip.io/']) {
      it(`with a sandbox token to ${url}`, async () => {
        const problem = await assertRefused({ url, token: token('sandbox') }, 'request/sandbox-token-elsewhere');
        assert.ok(problem.code === 'request/sandbox-token-elsewhere' && problem.host === new URL(url).host);
      });
    }
  });

  for (const url of ['http://localhost:1/a', 'http://app.localhost/a', 'http://127.1.2.3/a', 'https://[::1]:2/a']) {
    it(`a sandbox token may go to ${url}`, async () => {
      const transport = answer();
      await sendTestRequest(transport, request({ url, token: token('sandbox') }), never());
      assert.equal(transport.requests.length, 1);
    });
  }

  describe('a redirect is shown', () => {
    it('and not followed', async () => {
      const transport = answer({ status: 302, headers: [['Location', '/next?a=b']] });
      const { redirect } = await sendTestRequest(transport, request({ token: token('test') }), never());
      assert.ok(redirect?.kind === 'followable');
      assert.deepEqual([redirect.location, redirect.sameOrigin], ['https://api.example.no/next?a=b', true]);
      assert.equal(transport.requests.length, 1);
    });

    it('not for a 201 or a 304 with Location', async () => {
      for (const given of [
        { status: 201, headers: [['Location', '/a']] },
        { status: 304, headers: [['Location', '/a']] },
      ] satisfies Partial<TransportResponse>[]) {
        assert.equal((await sendTestRequest(answer(given), request(), never())).redirect, undefined);
      }
    });
  });
});
