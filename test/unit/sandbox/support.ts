import assert from 'node:assert/strict';
import { generateKeyPair as generateKeyPairWithCallback, randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { SignJWT, exportJWK, importJWK } from 'jose';
import type { JWK, JWTHeaderParameters } from 'jose';
import type { Sandbox, SandboxClient, SandboxEvent, SandboxOptions } from '../../../src/sandbox';
import { startSandbox } from '../../../src/sandbox';
import type { Request } from '../../../src/sandbox/http';

const generateKeyPair = promisify(generateKeyPairWithCallback);

export const CLIENT_ID = 'b0ae1b43-7b3c-4d0f-8c1e-3f1a0a8a1c55';
export const SCOPE = 'skatteetaten:inntekt';
export const OTHER_SCOPE = 'altinn:serviceowner/reportees.read';
export const ORGANISATION = '889640782';
export const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
/** Not a round second: the whole seconds that clients send lie before it. */
export const START_MS = 1_790_000_000_250;

export interface KeyPair {
  readonly privateJwk: JWK;
  readonly publicJwk: JWK;
}

export async function rsaKeyPair(kid: string, modulusLength = 2048): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateKeyPair('rsa', { modulusLength });
  return { privateJwk: { ...(await exportJWK(privateKey)), kid }, publicJwk: { ...(await exportJWK(publicKey)), kid } };
}

/** A clock that stands still until it is set. */
export class Clock {
  ms = START_MS;
  readonly now = () => this.ms;

  get seconds(): number {
    return Math.floor(this.ms / 1_000);
  }

  advance(seconds: number): void {
    this.ms += seconds * 1_000;
  }
}

export function clientWith(keys: readonly JWK[], changes: Partial<SandboxClient> = {}): SandboxClient {
  return { clientId: CLIENT_ID, name: 'aap-fordeling', keys, scopes: [SCOPE, OTHER_SCOPE], ...changes };
}

export async function withSandbox(options: SandboxOptions, use: (sandbox: Sandbox) => Promise<void>): Promise<void> {
  const sandbox = await startSandbox(options);
  try {
    await use(sandbox);
  } finally {
    await sandbox.stop();
  }
}

/** A sandbox for the tests of one suite. */
export interface SuiteSandbox {
  readonly clock: Clock;
  /** The key of the one client. */
  readonly keys: KeyPair;
  readonly sandbox: Sandbox;
  /** What the sandbox told since the test began, or since they were cleared. */
  readonly events: SandboxEvent[];
  /** Replaces the client by one with these changes, and what is exposed by nothing. */
  have(changes: Partial<SandboxClient>): void;
  /** A good grant but for these claims and members of the header; undefined leaves one out. */
  grant(claims?: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>;
  /** What the token endpoint answers to such a grant. */
  ask(claims?: Record<string, unknown>, header?: Record<string, unknown>): Promise<Reply>;
  /** The answer to such a grant, which must be a token. */
  granted(claims?: Record<string, unknown>): Promise<TokenReply>;
  /** Status, `error` and description of the refusal that such a grant gets, without the trace id. */
  refused(claims?: Record<string, unknown>): Promise<string>;
}

/**
 * Starts a sandbox before the tests of the suite that calls it and stops it after them. Each test finds it with one
 * client, no scenario, the clock at its start and no events.
 */
export function useSandbox(options: Partial<SandboxOptions> = {}): SuiteSandbox {
  const clock = new Clock();
  const events: SandboxEvent[] = [];
  let keys: KeyPair;
  let sandbox: Sandbox;
  const have = (changes: Partial<SandboxClient>) => {
    sandbox.setClients([clientWith([keys.publicJwk], changes)], []);
  };
  const grant: SuiteSandbox['grant'] = (claims = {}, header = {}) =>
    signGrant(keys, withoutUndefined({ ...goodClaims(sandbox, clock), ...claims }), header);
  const ask: SuiteSandbox['ask'] = async (claims, header) => postGrant(sandbox, await grant(claims, header));

  before(async () => {
    keys = await rsaKeyPair('key-1');
    sandbox = await startSandbox({ clients: [], now: clock.now, ...options });
    sandbox.onEvent((event) => events.push(event));
  });

  beforeEach(() => {
    clock.ms = START_MS;
    sandbox.setScenarios([]);
    have({});
    events.length = 0;
  });

  after(() => sandbox.stop());

  return {
    clock,
    events,
    get keys() {
      return keys;
    },
    get sandbox() {
      return sandbox;
    },
    have,
    grant,
    ask,
    async granted(claims) {
      const reply = await ask(claims);
      assert.equal(reply.status, 200, reply.text);
      return json<TokenReply>(reply);
    },
    async refused(claims) {
      const reply = await ask(claims);
      assert.notEqual(reply.status, 200);
      const { error, error_description: text } = json<ErrorReply>(reply);
      return `${reply.status} ${error} ${withoutTrace(text)}`;
    },
  };
}

/** An error's description, without what is another each time. Fails where that is not as Maskinporten writes it. */
export function withoutTrace(description: string): string {
  const [, text] = /^(.*) \(trace_id: [0-9a-f]{32}\)$/.exec(description) ?? [];
  return text ?? assert.fail(description);
}

/** Claims of a grant that the sandbox takes; each test changes what it is about. */
export function goodClaims(sandbox: Sandbox, clock: Clock): Record<string, unknown> {
  return {
    aud: sandbox.issuer,
    iss: CLIENT_ID,
    scope: SCOPE,
    iat: clock.seconds,
    exp: clock.seconds + 100,
    jti: randomUUID(),
  };
}

/** Signs with the key and its `kid`, RS256 unless the header says otherwise. A header of undefined is left out. */
export async function signGrant(
  { privateJwk }: KeyPair,
  claims: Record<string, unknown>,
  header: Record<string, unknown> = {},
): Promise<string> {
  const protectedHeader = { alg: 'RS256', kid: privateJwk.kid, ...header };
  const key = await importJWK(privateJwk, protectedHeader.alg);
  return new SignJWT(claims).setProtectedHeader(withoutUndefined(protectedHeader) as JWTHeaderParameters).sign(key);
}

export function withoutUndefined(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** One request on a connection of its own, with exactly these headers. */
export function send(
  url: string,
  options: { method?: string; headers?: Record<string, string | string[]>; body?: string | Buffer } = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options;
    const request = httpRequest(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Sends bytes as they are and gives what came back until the server closed the connection. */
export function sendRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => {
      resolve(Buffer.concat(chunks).toString('latin1'));
    });
  });
}

export function postForm(url: string, form: string | Record<string, string>): Promise<Reply> {
  return send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
}

export function postGrant(sandbox: Sandbox, assertion: string): Promise<Reply> {
  return postForm(sandbox.tokenEndpoint, { grant_type: GRANT_TYPE, assertion });
}

export interface TokenReply {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in: number;
  readonly scope: string;
}

export interface ErrorReply {
  readonly error: string;
  readonly error_description: string;
  readonly error_uri?: string;
}

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- names what the test expects
export function json<T>(reply: Reply): T {
  return JSON.parse(reply.text) as T;
}

export function portOf(sandbox: Sandbox): number {
  return Number(new URL(sandbox.issuer).port);
}

/** A request as a route gets it: GET with nothing in it, but for the changes. */
export function requestWith(changes: Partial<Request>): Request {
  const nothing = { headers: {}, query: new URLSearchParams(), body: Buffer.alloc(0) };
  return { method: 'GET', ...nothing, signal: new AbortController().signal, ...changes };
}
