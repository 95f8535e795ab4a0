import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { importJWK, SignJWT, type JWK } from 'jose';
import sendRequest from 'undici/lib/api/api-request.js';
import { UndiciTransport } from '../../src/http/transport';
import { Client } from '../../src/http/undici';
import { TokenCache } from '../../src/maskinporten/cache';
import { MaskinportenClient } from '../../src/maskinporten/client';
import { Discovery } from '../../src/maskinporten/discovery';
import { buildGrant } from '../../src/maskinporten/grant';
import type { ClientCredential, Environment, Token, TokenSource } from '../../src/maskinporten/model';
import { mediansMs, type BenchTable } from './bench';

export const name = 'token';

const SCOPE = 'skatteetaten:inntekt';
const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const PARALLEL = 1000;
const KEPT = 10_000;
const CACHED_ASKS = 10_000;

/** An issuer in a thread of its own, so that its work is not measured; it answers every grant with the same token. */
const ISSUER = `
const { createServer } = require('node:http');
const { parentPort } = require('node:worker_threads');
const token = 'e30.' + 'x'.repeat(700) + '.c2ln';
let grants = 0;
const server = createServer((request, response) => {
  const origin = 'http://' + request.headers.host;
  request.resume().on('end', () => {
    const isToken = request.url === '/token';
    if (isToken) grants += 1;
    const body = JSON.stringify(isToken
      ? { access_token: token, token_type: 'Bearer', expires_in: 120, scope: '${SCOPE}' }
      : { issuer: origin + '/', token_endpoint: origin + '/token', jwks_uri: origin + '/jwk' });
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'max-age=3600' }).end(body);
  });
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
parentPort.on('message', () => parentPort.postMessage(grants));
`;

/** What a token costs beyond its signature and its round trip, and what one in memory costs. */
export async function measure(): Promise<readonly BenchTable[]> {
  const issuer = new Worker(ISSUER, { eval: true });
  const [port] = (await once(issuer, 'message')) as [number];
  const origin = `http://127.0.0.1:${port}`;
  const transport = new UndiciTransport();
  try {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const privateJwk: JWK = { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'RS256' };
    const environment: Environment = { kind: 'custom', issuer: `${origin}/` };
    const credential = { environment, clientId: randomUUID(), privateJwk };
    const client = new MaskinportenClient({ transport, discovery: new Discovery(transport), credential });
    return [
      ...(await uncached(client, transport, credential, origin)),
      await cached(client),
      await parallel(client, issuer),
      await memory(environment),
    ];
  } finally {
    transport.close();
    await issuer.terminate();
  }
}

async function uncached(
  client: MaskinportenClient,
  transport: UndiciTransport,
  credential: ClientCredential,
  origin: string,
): Promise<BenchTable[]> {
  const key = await importJWK(credential.privateJwk);
  const raw = new Client(origin);
  const signal = new AbortController().signal;
  const signAlone = () => {
    const iat = Math.floor(Date.now() / 1000);
    return new SignJWT({ aud: `${origin}/`, iss: 'client', scope: SCOPE, iat, exp: iat + 100 })
      .setProtectedHeader({ alg: 'RS256', kid: 'key' })
      .setJti(randomUUID())
      .sign(key);
  };
  const postAlone = async (assertion: string) => {
    const { body } = await sendRequest.call(raw, {
      path: '/token',
      method: 'POST',
      headers: ['content-type', 'application/x-www-form-urlencoded'],
      body: new URLSearchParams({ grant_type: GRANT_TYPE, assertion }).toString(),
      headersTimeout: 5000,
      bodyTimeout: 5000,
      responseHeaders: 'raw',
    });
    const chunks: Buffer[] = [];
    for await (const chunk of body) chunks.push(chunk as Buffer);
    return JSON.parse(Buffer.concat(chunks).toString()) as unknown;
  };
  const metadata = { issuer: `${origin}/`, tokenEndpoint: `${origin}/token`, jwksUri: `${origin}/jwk` };
  const ourGrant = async () => (await buildGrant(credential, metadata, { scopes: [SCOPE] }, Date.now())).assertion;
  const ourPost = (assertion: string) =>
    transport.send(
      {
        step: 'token',
        method: 'POST',
        url: metadata.tokenEndpoint,
        headers: [['content-type', 'application/x-www-form-urlencoded']],
        body: new URLSearchParams({ grant_type: GRANT_TYPE, assertion }).toString(),
        maxBodyBytes: 1024 * 1024,
      },
      signal,
    );
  const works = {
    floor: async () => postAlone(await signAlone()),
    grant: async () => postAlone(await ourGrant()),
    transport: async () => ourPost(await signAlone()),
    ours: () => client.getToken({ scopes: [SCOPE] }, signal),
  };
  const medians = await mediansMs(works, { runs: 400, warmUps: 400 });
  await raw.destroy();
  const total: BenchTable = {
    title: 'One token, not in memory',
    aim: '1.1 times the floor: what is left is a signature and a round trip, and both are needed.',
    note: 'The floor is jose’s signature and one POST with undici’s client, to the same server on this machine, with the connection kept open.',
    columns: ['', 'median, ms'],
    rows: [
      ['signature and POST alone', medians.floor],
      ['a token', medians.ours],
      ['ratio', medians.ours / medians.floor],
    ],
  };
  const beyond = (ms: number) => (ms - medians.floor) * 1000;
  const [grant, post, all] = [medians.grant, medians.transport, medians.ours].map(beyond);
  const profile: BenchTable = {
    title: 'Where the rest of it goes',
    note: 'The floor with one of its two steps done by our own code. What a cut could still take is in the transport: a generator of our own around the body, and header pairs that are made before anybody asks for them.',
    columns: ['in place of the floor’s', 'µs more'],
    rows: [
      ['our grant (checks, claims, the key found again)', grant ?? NaN],
      ['our transport (limits, phases, headers, body)', post ?? NaN],
      ['both, discovery and the answer read', all ?? NaN],
    ],
  };
  return [total, profile];
}

async function cached(client: MaskinportenClient): Promise<BenchTable> {
  const cache = new TokenCache();
  const signal = new AbortController().signal;
  const askOften = async () => {
    for (let ask = 0; ask < CACHED_ASKS; ask++) await cache.get(client, { scopes: [SCOPE] }, signal);
  };
  const { ms } = await mediansMs({ ms: askOften }, { runs: 9, warmUps: 3 });
  return {
    title: 'One token, in memory',
    aim: 'Under 50 µs, so that nobody needs a cache above this one.',
    columns: ['', 'median, µs'],
    rows: [['a token', (ms * 1000) / CACHED_ASKS]],
  };
}

async function parallel(client: MaskinportenClient, issuer: Worker): Promise<BenchTable> {
  const cache = new TokenCache();
  const before = await grantsOf(issuer);
  const asks = Array.from({ length: PARALLEL }, () =>
    cache.get(client, { scopes: [SCOPE] }, new AbortController().signal),
  );
  await Promise.all(asks);
  return {
    title: 'Asked for at one time',
    aim: 'One grant, however many ask.',
    columns: ['asks', 'grants that the issuer saw'],
    rows: [[PARALLEL, (await grantsOf(issuer)) - before]],
  };
}

async function grantsOf(issuer: Worker): Promise<number> {
  issuer.postMessage('grants');
  const [grants] = (await once(issuer, 'message')) as [number];
  return grants;
}

async function memory(environment: Environment): Promise<BenchTable> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const source: TokenSource = {
    id: 'bench',
    environment,
    clientId: 'client',
    getToken: ({ scopes }) => Promise.resolve(tokenFor(scopes, environment)),
  };
  const cache = new TokenCache({ maxTokens: KEPT });
  const signal = new AbortController().signal;
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let token = 0; token < KEPT; token++) await cache.get(source, { scopes: [`nav:test/${token}`] }, signal);
  collect();
  const kilobytes = (process.memoryUsage().heapUsed - before) / 1024;
  // Asked for after the measurement, so that the tokens cannot have been collected before it.
  if (!cache.peek(source, { scopes: ['nav:test/0'] })) throw new Error('The cache did not keep what was measured.');
  return {
    title: 'Tokens in memory',
    note: 'Tokens of 900 characters, each with one scope and the grant that it was got for.',
    columns: ['tokens', 'heap, MB', 'each, kB'],
    rows: [[KEPT, kilobytes / 1024, kilobytes / KEPT]],
  };
}

function tokenFor(scopes: readonly string[], environment: Environment): Token {
  const now = Date.now();
  return {
    accessToken: randomBytes(675).toString('base64url'),
    environment,
    clientId: 'client',
    requestedScopes: scopes,
    grantedScopes: scopes,
    resource: undefined,
    obtainedAtMs: now,
    expiresAtMs: now + 3_600_000,
    grant: {
      header: { alg: 'RS256', kid: 'key' },
      claims: {
        aud: environment.issuer,
        iss: 'client',
        scope: scopes.join(' '),
        iat: now,
        exp: now,
        jti: randomUUID(),
      },
    },
  };
}
