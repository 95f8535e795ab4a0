import assert from 'node:assert/strict';
import { generateKeyPair, exportJWK, jwtVerify, SignJWT, importJWK, type JWK } from 'jose';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { problemOf, type Problem, type ProblemCode } from '../../../src/maskinporten/problem';
import type { ClientCredential, EnvironmentKind } from '../../../src/maskinporten/model';
import type { Transport, TransportRequest, TransportResponse } from '../../../src/maskinporten/transport';

/** A number as those of Test-Norge: 80 is added to the month, and its check digits fit. */
export const PERSON = '13816198547';

export interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Handler = (request: Recorded, response: ServerResponse) => void | Promise<void>;

export interface KeyPair {
  readonly privateJwk: JWK & { kid: string };
  readonly publicJwk: JWK;
}

/** A fresh RSA key with `kid`, as Nais makes them. */
export async function makeKeyPair(alg = 'RS256', modulusLength = 2048): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { modulusLength, extractable: true });
  const members = { kid: randomUUID(), alg, use: 'sig' };
  return {
    privateJwk: { ...(await exportJWK(privateKey)), ...members },
    publicJwk: { ...(await exportJWK(publicKey)), ...members },
  };
}

/** An issuer on loopback that does what the test sets: by default it grants every well-signed grant. */
export class FakeIssuer {
  readonly requests: Recorded[] = [];
  private readonly handlers = new Map<string, Handler>();
  private readonly arrivals: { path: string; resolve: () => void }[] = [];

  private constructor(
    private readonly server: Server,
    readonly origin: string,
    readonly path: string,
    readonly clientKey: KeyPair,
    readonly ownKey: KeyPair,
  ) {}

  static async start(clientKey: KeyPair, ownKey: KeyPair, path = ''): Promise<FakeIssuer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const issuer = new FakeIssuer(server, `http://127.0.0.1:${port}`, path, clientKey, ownKey);
    server.on('request', (request, response) => void issuer.handle(request, response));
    issuer.on(`${path}/.well-known/oauth-authorization-server`, (_, response) => {
      sendJson(response, 200, issuer.metadata);
    });
    issuer.on(`${path}/jwk`, (_, response) => {
      sendJson(response, 200, { keys: [ownKey.publicJwk] });
    });
    issuer.on(`${path}/token`, (request, response) => issuer.grant(request, response));
    return issuer;
  }

  get issuer(): string {
    return `${this.origin}${this.path}/`;
  }

  get metadata() {
    return {
      issuer: this.issuer,
      token_endpoint: `${this.issuer}token`,
      jwks_uri: `${this.issuer}jwk`,
      grant_types_supported: ['urn:ietf:params:oauth:grant-type:jwt-bearer'],
    };
  }

  on(path: string, handler: Handler): void {
    this.handlers.set(path, handler);
  }

  /** Resolves when the next request for `path` is there. */
  arrival(path: string): Promise<void> {
    return new Promise((resolve) => this.arrivals.push({ path, resolve }));
  }

  requestsTo(path: string): Recorded[] {
    return this.requests.filter((request) => request.path === path);
  }

  credential(kind: EnvironmentKind = 'custom'): ClientCredential {
    return {
      environment: { kind, issuer: this.issuer },
      clientId: 'b1d2c3e4-client',
      privateJwk: this.clientKey.privateJwk,
    };
  }

  /** An access token of this issuer. */
  async accessToken(claims: Record<string, unknown> = {}, key = this.ownKey): Promise<string> {
    return new SignJWT({ iss: this.issuer, token_type: 'Bearer', ...claims })
      .setProtectedHeader({ alg: key.privateJwk.alg!, kid: key.privateJwk.kid })
      .sign(await importJWK(key.privateJwk));
  }

  private async grant(request: Recorded, response: ServerResponse): Promise<void> {
    const assertion = new URLSearchParams(request.body).get('assertion') ?? '';
    const { payload } = await jwtVerify(assertion, await importJWK(this.clientKey.publicJwk), {
      audience: this.issuer,
    });
    const now = Math.floor(Date.now() / 1000);
    sendJson(response, 200, {
      access_token: await this.accessToken({ scope: payload['scope'], iat: now, exp: now + 120 }),
      token_type: 'Bearer',
      expires_in: 120,
      scope: payload['scope'],
    });
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = request;
    const recorded = { method, path: url, headers, body: Buffer.concat(chunks).toString() };
    this.requests.push(recorded);
    for (const arrival of this.arrivals.splice(0)) {
      if (arrival.path === url) arrival.resolve();
      else this.arrivals.push(arrival);
    }
    const handler = this.handlers.get(url);
    if (!handler) {
      sendJson(response, 404, {});
      return;
    }
    try {
      await handler(recorded, response);
    } catch (error) {
      sendJson(response, 500, { failed: String(error) });
    }
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** A Transport without a network: each request is answered by `answer`. */
export class FakeTransport implements Transport {
  readonly requests: TransportRequest[] = [];

  constructor(
    private readonly answer: (
      request: TransportRequest,
    ) => Partial<TransportResponse> | Promise<Partial<TransportResponse>>,
  ) {}

  async send(request: TransportRequest, signal: AbortSignal): Promise<TransportResponse> {
    signal.throwIfAborted();
    this.requests.push(request);
    return response(await this.answer(request));
  }
}

export function response(given: Partial<TransportResponse> = {}): TransportResponse {
  return {
    status: 200,
    statusText: '',
    headers: [],
    body: new Uint8Array(),
    truncated: false,
    wireBytes: 0,
    phases: { lookupMs: undefined, connectMs: undefined, tlsMs: undefined, firstByteMs: 1, doneMs: 2 },
    ...given,
  };
}

export function jsonBody(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

/** A signal that nobody aborts. */
export function never(): AbortSignal {
  return new AbortController().signal;
}

/** The Problem with which `promise` rejects; fails when it resolves or rejects with anything else. */
export async function problemFrom<C extends ProblemCode>(
  promise: Promise<unknown>,
  code: C,
): Promise<Extract<Problem, { code: C }>> {
  let thrown: unknown;
  try {
    await promise;
  } catch (error) {
    thrown = error;
  }
  const problem = problemOf(thrown);
  assert.equal(problem?.code ?? thrown, code);
  return problem as Extract<Problem, { code: C }>;
}
