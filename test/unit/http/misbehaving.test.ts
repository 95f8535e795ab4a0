import assert from 'node:assert/strict';
import { classifyBody } from '../../../src/http/body';
import { responseNotes } from '../../../src/http/notes';
import { sendTestRequest, type TestRequest } from '../../../src/http/testRequest';
import { UndiciTransport } from '../../../src/http/transport';
import { parseWwwAuthenticate } from '../../../src/http/wwwAuthenticate';
import { headerValue, headerValues } from '../../../src/maskinporten/headers';
import { problemOf } from '../../../src/maskinporten/problem';
import { createTranslate } from '../../../src/shared/localize';
import { wordNetworkProblem, type NetworkProblem } from '../../../src/words/networkProblems';
import { wordNote, wordRedirect } from '../../../src/words/responseNotes';
import { wordChallenge, wordStatus } from '../../../src/words/responses';
import { never } from '../maskinporten/support';
import {
  answers,
  behindProxy,
  damagedGzip,
  hugeJson,
  ok,
  onIpv6,
  onlyBehindProxy,
  resetsAtOnce,
  says,
  shows,
  speaksHttp2Alone,
  type Misbehaving,
} from './misbehaving';

const t = createTranslate({});
const LIMITS = { connectMs: 5000, headersMs: 5000, bodyMs: 5000 };

/** Everything that a user is told of one request. */
async function toldOf(server: Misbehaving, given: Partial<TestRequest>): Promise<string> {
  const transport = new UndiciTransport(server.options);
  const request = { method: 'GET', url: server.url, headers: [], ...given };
  try {
    const result = await sendTestRequest(
      transport,
      { ...request, timeouts: given.timeouts ?? LIMITS, maxBodyBytes: 1_000_000 },
      never(),
    );
    const body = classifyBody(result.body, headerValue(result.headers, 'content-type'));
    return [
      wordStatus(result.status, result.tokenSent, t),
      ...parseWwwAuthenticate(headerValues(result.headers, 'www-authenticate')).map((challenge) =>
        wordChallenge(challenge, result.tokenSent, t),
      ),
      ...(result.redirect ? [wordRedirect(result.redirect, result.tokenSent, t)] : []),
      ...responseNotes(result, body, request, Date.now()).map((note) => wordNote(note, t)),
      ...(result.truncated ? ['(cut)'] : []),
      body.kind === 'empty' || body.kind === 'binary' ? body.kind : `${body.kind}: ${body.text.slice(0, 60)}`,
    ].join(' | ');
  } catch (error) {
    const problem = problemOf(error);
    if (!problem) throw error;
    const { title, cause } = wordNetworkProblem(problem as NetworkProblem, t);
    return `${problem.code} | ${title} ${cause}`;
  } finally {
    transport.close();
    await server.close();
  }
}

const EVENTS = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n';
const headOf = (length: number) => `HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n`;
const LATIN = Buffer.from('bl\u00e5b\u00e6r', 'latin1');
const chunked = 'Transfer-Encoding: chunked\r\n';
const token = { accessToken: 'abc', environment: { kind: 'test', issuer: 'https://test.maskinporten.no/' } } as const;
const withToken: Partial<TestRequest> = { token };
const challenge = (status: number, value: string) =>
  answers((_, response) => response.writeHead(status, { 'www-authenticate': value }).end());
const redirect = (location?: string) =>
  answers((_, response) => response.writeHead(302, location === undefined ? {} : { location }).end());
const impatient = (phase: 'headersMs' | 'bodyMs'): Partial<TestRequest> => ({ timeouts: { ...LIMITS, [phase]: 30 } });

/** Each way to misbehave, how it is asked, and the sentence that it is told in. */
const CASES: readonly [what: string, start: () => Promise<Misbehaving>, told: RegExp, given?: Partial<TestRequest>][] =
  [
    ['a reset before the headers', resetsAtOnce, /reset \| .* broke off the connection \(API request\)/],
    ['a reset within the headers', () => says('HTTP/1.1 200 OK\r\nContent-Le', 'reset'), /network\/reset/],
    ['a reset after the headers', () => says(`${headOf(100)}half`, 'reset'), /closed before the answer was complete/],
    ['a close without an answer', () => says(''), /network\/reset/],
    ['headers that never come', () => says('', 'stay'), /did not answer within/, impatient('headersMs')],
    ['a body that stops', () => says(`${headOf(100)}half`, 'stay'), /stopped in the middle/, impatient('bodyMs')],
    ['a body that never begins', () => says(headOf(100), 'stay'), /stopped in the middle/, impatient('bodyMs')],
    ['a Content-Length that is too large', () => says(`${headOf(100)}half`), /network\/reset/],
    [
      'two Content-Lengths',
      () => ok('Content-Length: 1\r\nContent-Length: 2\r\n', 'ab'),
      /not as long as its Content-Length says/,
    ],
    ['a Content-Length and chunks', () => ok(`Content-Length: 1\r\n${chunked}`, '0\r\n\r\n'), /network\/protocol/],
    ['a bad chunk size', () => ok(chunked, 'xyz\r\n'), /not follow the rules of HTTP/],
    ['chunks without their end', () => ok(chunked, '5\r\nhello\r\n'), /network\/reset/],
    [
      'text that says gzip',
      () => ok('Content-Encoding: gzip\r\nContent-Length: 4\r\n', 'text'),
      /says gzip, but it is damaged/,
    ],
    [
      'a gzip without its end',
      () => answers((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(damagedGzip)),
      /says gzip, but it is damaged/,
    ],
    [
      'a coding that was not asked for',
      () => ok('Content-Encoding: compress\r\n', 'x'),
      /came as compress, which was not/,
    ],
    ['headers of 70 kB', () => ok(`X-Long: ${'x'.repeat(70_000)}\r\n`), /headers are larger than 64 kB/],
    ['something that is not HTTP', () => says('SSH-2.0-OpenSSH_9.7\r\n'), /not follow the rules of HTTP/],
    [
      '103 Early Hints first',
      () => says(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${headOf(2)}ok`),
      /accepted the request\. \| text: ok/,
    ],
    [
      'a 204 that announces a body',
      () => says('HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\nbody'),
      /204 and announces a body/,
    ],
    [
      'a 304 with a body',
      () => says('HTTP/1.1 304 Not Modified\r\nContent-Length: 4\r\n\r\nbody'),
      /Nothing changed.* \| empty/,
    ],
    ['a redirect on the same origin', () => redirect('/next'), /same origin.*the token goes along/, withToken],
    [
      'a redirect to another origin',
      () => redirect('https://b.no/'),
      /another origin.*the token stays here/,
      withToken,
    ],
    ['a redirect in a circle', () => redirect('/'), /in a circle, back to http/],
    ['a redirect to http', () => redirect('http://api.example.no/'), /which is not https/],
    ['a redirect to file:', () => redirect('file:///etc/passwd'), /file:\/\/\/etc\/passwd, which is no web address/],
    ['a redirect without Location', () => redirect(), /does not say where to/],
    ['a self-signed certificate', () => shows('self-signed'), /certificate .* not trusted .* signed it itself/],
    ['an expired certificate', () => shows('expired'), /not trusted .* has expired/],
    ['a certificate of tomorrow', () => shows('not-yet-valid'), /not trusted .* not valid yet/],
    ['a certificate for another host', () => shows('wrong-host'), /not trusted .* for another host name/],
    ['a host that only a proxy reaches', onlyBehindProxy, /was not found .* known only inside another network/],
    ['a proxy that is not there', () => behindProxy(), /The proxy 127\.0\.0\.1:\d+ does not answer/],
    [
      'a proxy that wants credentials',
      () => behindProxy('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'),
      /wants to know who you are \(API request, 407\)/,
    ],
    [
      'a proxy that refuses',
      () => behindProxy('HTTP/1.1 403 Forbidden\r\n\r\n'),
      /does not let api\.example\.no through/,
    ],
    ['a web server in place of a proxy', () => behindProxy('<h1>hello</h1>\r\n\r\n'), /is no proxy for https/],
    ['HTTP/1.0 without a length', () => says('HTTP/1.0 200 OK\r\n\r\nold'), /accepted the request\. \| text: old/],
    ['HTTP/2 alone', speaksHttp2Alone, /speaks HTTP\/2 alone/],
    ['IPv6', onIpv6, /accepted the request\. \| text: ok/],
    [
      'a charset that nobody knows',
      () => ok('Content-Type: text/plain;charset=klingon\r\n', 'hei'),
      /charset klingon, which nobody/,
    ],
    [
      'bytes that are not its charset',
      () => answers((_, response) => response.setHeader('content-type', 'text/plain;charset=utf-8').end(LATIN)),
      /Some bytes are no text in utf-8/,
    ],
    ['NUL bytes in text', () => ok('Content-Type: text/plain\r\n', 'a\0b'), /bytes that no text has.* \| binary/],
    ['100 MB of JSON on one line', () => answers(hugeJson), /\(cut\) \| json: \["0123456789","0123456789"/],
    [
      'events without end',
      () => says(`${EVENTS}data: 1\n\n`, 'stay'),
      /stream of events.*\(cut\) \| text: data: 1/s,
      impatient('bodyMs'),
    ],
    ['JSON that is none', () => ok('Content-Type: application/json\r\n', '{"a":'), /says that it is JSON, and is not/],
    [
      'a login page in place of data',
      () => ok('Content-Type: text/html\r\n', '<html>'),
      /web page came where data was asked for/,
      { headers: [['Accept', 'application/json']] },
    ],
    [
      'problem details with another status',
      () => ok('Content-Type: application/problem+json\r\n', '{"title":"No","detail":"Not you","status":403}'),
      /“No – Not you” \(RFC 9457\)\. In the body it says status 403/,
    ],
    ['a wish to wait', () => says('HTTP/1.1 429 Slow\r\nRetry-After: 7\r\n\r\n'), /Too many requests.*wait 7 s/],
    ['fields for browsers', () => ok('Access-Control-Allow-Origin: *\r\n', 'x'), /for web pages in browsers/],
    [
      'a refusal of the Origin',
      () => says('HTTP/1.1 403 Forbidden\r\n\r\nInvalid CORS request'),
      /refuses the Origin header/,
      { headers: [['Origin', 'https://a.no']] },
    ],
    ['a 401 that says nothing', () => challenge(401, 'Bearer'), /gives no reason/, withToken],
    [
      'a 401 that finds the token invalid',
      () => challenge(401, 'Bearer error="invalid_token"'),
      /token invalid/,
      withToken,
    ],
    ['a 401 that wants another scheme', () => challenge(401, 'Negotiate'), /asks for Negotiate/, withToken],
    [
      'a 403 that names the scope',
      () => challenge(403, 'Bearer error="insufficient_scope", scope="nav:a/b"'),
      /The API asks for nav:a\/b/,
      withToken,
    ],
    ['a challenge that is broken', () => challenge(401, '((, Bearer realm="x'), /asks for a Bearer token/],
  ];

describe('a server that misbehaves is told in a sentence', () => {
  for (const [what, start, told, given] of CASES) {
    it(what, async () => {
      assert.match(await toldOf(await start(), given ?? {}), told);
    });
  }
});
