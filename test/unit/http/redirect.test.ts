import assert from 'node:assert/strict';
import { following, redirectOf, type RedirectedRequest } from '../../../src/http/redirect';

const from = (
  location: string | undefined,
  { status = 302, ...given }: Partial<RedirectedRequest> & { status?: number } = {},
) =>
  redirectOf(
    { status, headers: location === undefined ? [] : [['Location', location]] },
    { method: 'GET', url: new URL('https://api.example.no/first'), ...given },
  );

describe('where a response leads', () => {
  for (const [location, resolved, sameOrigin] of [
    ['/next?a=b#c', 'https://api.example.no/next?a=b', true],
    ['https://api.example.no:443/y', 'https://api.example.no/y', true],
    ['//other.example.no/y', 'https://other.example.no/y', false],
    ['https://api.example.no:8443/y', 'https://api.example.no:8443/y', false],
    ['http://localhost/y', 'http://localhost/y', false],
  ] as const) {
    it(`${location}: ${sameOrigin ? 'the same origin' : 'another origin'}`, () => {
      const expected = { kind: 'followable', location: resolved, method: 'GET', keepsBody: false, sameOrigin };
      assert.deepEqual(from(location), expected);
    });
  }

  for (const [location, shown, reason] of [
    ['http://api.example.no/y', 'http://api.example.no/y', 'insecure'],
    ['file:///etc/passwd', 'file:///etc/passwd', 'not-http'],
    ['javascript:alert(1)', 'javascript:alert(1)', 'not-http'],
    ['https://ola:secret@api.example.no/y', 'https://api.example.no/y', 'credentials'],
    ['http://[broken', 'http://[broken', 'unreadable'],
  ] as const) {
    it(`${location} is refused: ${reason}`, () => {
      assert.deepEqual(from(location), { kind: 'refused', location: shown, reason });
    });
  }

  it('is not said by a redirect without Location', () => {
    assert.deepEqual(from(undefined), { kind: 'no-location' });
    assert.deepEqual(from(' '), { kind: 'no-location' });
  });

  it('is no question for a status that is no redirect', () => {
    for (const status of [200, 201, 300, 304, 401]) assert.equal(from('/a', { status }), undefined);
  });

  it('is a circle where it was asked before', () => {
    const circle = { kind: 'loop', location: 'https://api.example.no/second' };
    assert.deepEqual(from('/second', { followed: ['https://api.example.no/second'] }), circle);
    assert.equal(from('/first')?.kind, 'loop');
    assert.equal(from('/first', { method: 'POST' })?.kind, 'followable', 'a form that leads back to its page');
  });

  for (const [status, method, next, keepsBody] of [
    [301, 'POST', 'GET', false],
    [302, 'POST', 'GET', false],
    [302, 'PUT', 'PUT', true],
    [303, 'PUT', 'GET', false],
    [303, 'HEAD', 'HEAD', false],
    [307, 'POST', 'POST', true],
    [308, 'DELETE', 'DELETE', true],
  ] as const) {
    it(`${status} after ${method} asks with ${next}, ${keepsBody ? 'with' : 'without'} the body`, () => {
      const redirect = from('/next', { status, method });
      assert.ok(redirect?.kind === 'followable');
      assert.deepEqual([redirect.method, redirect.keepsBody], [next, keepsBody]);
    });
  }
});

describe('the request that follows a redirect', () => {
  const headers = [
    ['Accept', 'application/json'],
    ['Content-Type', 'application/json'],
    ['X-Api-Key', 'secret'],
  ] as const;
  const posted = { method: 'POST', headers, body: '{}', followed: ['https://a.no/0'] };
  const redirect = {
    kind: 'followable',
    location: 'https://a.no/2',
    method: 'POST',
    keepsBody: true,
    sameOrigin: true,
  } as const;

  it('is the same on the same origin, and knows where it comes from', () => {
    assert.deepEqual(following(posted, 'https://a.no/1', redirect), {
      method: 'POST',
      url: 'https://a.no/2',
      headers,
      body: '{}',
      followed: ['https://a.no/0', 'https://a.no/1'],
    });
  });

  it('takes no field along to another origin that could be a secret', () => {
    const next = following(posted, 'https://a.no/1', { ...redirect, sameOrigin: false });
    assert.deepEqual(
      next.headers.map(([name]) => name),
      ['Accept', 'Content-Type'],
    );
  });

  it('leaves the content type behind with the body', () => {
    const next = following(posted, 'https://a.no/1', { ...redirect, method: 'GET', keepsBody: false });
    assert.equal(next.body, undefined);
    assert.deepEqual(
      next.headers.map(([name]) => name),
      ['Accept', 'X-Api-Key'],
    );
  });
});
