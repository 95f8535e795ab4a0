import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startSandbox } from '../../../src/sandbox';
import type { Sandbox } from '../../../src/sandbox';
import { Connections, postRequest } from './connections';
import { GrantMaker, grantRequest } from './grants';
import { Clock, clientWith, portOf, rsaKeyPair } from './support';

const CONNECTIONS = 8;
const MB = 1024 * 1024;
const FORM = 'application/x-www-form-urlencoded';

export interface SoakSample {
  readonly tokens: number;
  readonly refused: number;
  /** What is in use after everything else was collected. */
  readonly heapMegabytes: number;
}

interface Bad {
  readonly request: (sandbox: Sandbox, grants: GrantMaker, good: readonly Buffer[]) => Buffer | Promise<Buffer>;
  readonly status: number;
  /** What the answer must have in it, so that each is the one that is meant. */
  readonly says: string;
}

/** Requests that something is wrong with, and the one answer that each must get. */
const BAD: readonly Bad[] = [
  { request: (_, __, [used = Buffer.alloc(0)]) => used, status: 400, says: 'Grant is used before.' },
  wrong({ aud: 'https://maskinporten.no/' }, 'Invalid JWT claim aud.'),
  wrong({ iss: 'nobody' }, 'Client authentication failed.'),
  wrong({ scope: 'not:registered' }, 'invalid scopes for client, not:registered'),
  wrong({ exp: 1 }, 'JWT is expired.'),
  wrong({ azp: 'x' }, 'Claims not supported: azp.'),
  wrong({ consumer_org: '910753614' }, 'has not delegated access', 403),
  {
    request: async ({ issuer, tokenEndpoint }, grants) =>
      grantRequest(
        tokenEndpoint,
        (await grants.assertion(issuer)).replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')),
      ),
    status: 400,
    says: 'Invalid JWT signature.',
  },
  { request: ({ tokenEndpoint }) => grantRequest(tokenEndpoint, 'x'), status: 400, says: 'Invalid parameter value.' },
  { request: ({ tokenEndpoint }) => postRequest(tokenEndpoint, 'text/plain', 'x'), status: 400, says: 'content type' },
  { request: ({ tokenEndpoint }) => postRequest(tokenEndpoint, FORM, '%'), status: 400, says: 'grant_type is missing' },
  { request: ({ issuer }) => postRequest(`${issuer}nothing`, FORM, 'x'), status: 404, says: 'nothing at this address' },
  { request: ({ jwksUri }) => postRequest(jwksUri, FORM, 'x'), status: 405, says: 'GET, HEAD' },
  {
    request: ({ tokenEndpoint }) => postRequest(tokenEndpoint, FORM, 'x', 'origin: https://attacker.example\r\n'),
    status: 403,
    says: 'other origins',
  },
  {
    request: ({ tokenEndpoint }) => postRequest(tokenEndpoint, FORM, 'x'.repeat(70_000)),
    status: 413,
    says: 'over 65536 bytes',
  },
  {
    request: ({ sampleApiUrl }) => postRequest(sampleApiUrl, FORM, '', 'authorization: Bearer x\r\n'),
    status: 401,
    says: 'cannot be read as a signed JWT',
  },
];

function wrong(claims: Record<string, unknown>, says: string, status = 400): Bad {
  return {
    request: async ({ issuer, tokenEndpoint }, grants) =>
      grantRequest(tokenEndpoint, await grants.assertion(issuer, claims)),
    status,
    says,
  };
}

/**
 * Gets so many tokens and sends so many bad requests, mixed, over loopback, and takes `samples` samples of the memory
 * on the way. Fails at the first answer that is not the one that it must be.
 */
export async function soak(tokens: number, bad: number, samples: number): Promise<SoakSample[]> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const clock = new Clock();
  const keys = await rsaKeyPair('key-1');
  const sandbox = await startSandbox({ clients: [clientWith([keys.publicJwk])], now: clock.now });
  const texas = sandbox.openTexas({ clientId: clientWith([]).clientId, privateJwk: keys.privateJwk });
  const grants = new GrantMaker(keys, clock.now);
  const connections = new Connections(portOf(sandbox), CONNECTIONS);
  const taken: SoakSample[] = [];
  const [tokensEach, badEach] = [Math.ceil(tokens / samples), Math.ceil(bad / samples)];
  const BATCH = 250;
  try {
    for (let sample = 1; sample <= samples; sample += 1) {
      for (let done = 0; done < tokensEach; done += BATCH) {
        // The window of one batch is over before the next begins, as it is in the course of hours.
        clock.advance(30);
        const size = Math.min(BATCH, tokensEach - done);
        const good = await grants.requests(size, sandbox.issuer, sandbox.tokenEndpoint);
        for (const { status, body } of await connections.send(good)) assert.equal(status, 200, body);
        const badSize = Math.round((badEach * (done + size)) / tokensEach) - Math.round((badEach * done) / tokensEach);
        await sendBad(sandbox, grants, good, connections, badSize);
        await askTexas(texas.tokenEndpoint, connections);
      }
      collect();
      const heapMegabytes = process.memoryUsage().heapUsed / MB;
      taken.push({ tokens: tokensEach * sample, refused: badEach * sample, heapMegabytes });
    }
  } finally {
    connections.close();
    await sandbox.stop();
  }
  return taken;
}

async function sendBad(
  sandbox: Sandbox,
  grants: GrantMaker,
  good: readonly Buffer[],
  connections: Connections,
  count: number,
): Promise<void> {
  const kinds = Array.from({ length: count }, (_, index) => BAD[index % BAD.length]!);
  const requests = await Promise.all(kinds.map(async ({ request }) => request(sandbox, grants, good)));
  const answers = await connections.send(requests);
  answers.forEach(({ status, body }, index) => {
    const { status: expected, says } = kinds[index]!;
    assert.equal(status, expected, body);
    assert.ok(body.includes(says), `${says}: ${body}`);
  });
}

/** One that Texas has no token for any more, and one that it has. */
async function askTexas(tokenEndpoint: string, connections: Connections): Promise<void> {
  const body = JSON.stringify({ identity_provider: 'maskinporten', target: 'skatteetaten:inntekt' });
  const request = postRequest(tokenEndpoint, 'application/json', body);
  for (const { status, body: text } of await connections.send([request, request])) assert.equal(status, 200, text);
}
