import { randomUUID } from 'node:crypto';
import { readTokenAnswer } from '../../maskinporten/answer';
import type * as Jose from '../../maskinporten/jose';
import type { ClientCredential, Environment, Token, TokenRequest, TokenSource } from '../../maskinporten/model';
import { ProblemError } from '../../maskinporten/problem';
import { explainRefusal } from '../../maskinporten/refusals';
import type { TransportResponse } from '../../maskinporten/transport';
import { GRANT_TYPE } from '../grant';
import type { Answer, Request, Route } from '../http';

/** nais/texas, src/oauth/assertion.rs. */
const ASSERTION_LIFETIME_SECONDS = 30;
/** nais/texas, src/http/client.rs: how long it waits for an answer. */
const READ_LIMIT_MS = 1_000;

export interface OwnSourceOptions {
  readonly jose: typeof Jose;
  readonly issuer: string;
  readonly tokenEndpoint: string;
  /** The issuer's own `/token`, with whatever scenario disturbs it. */
  readonly route: Route;
  readonly credential: Pick<ClientCredential, 'clientId' | 'privateJwk'>;
  /** The clock of whoever asks: not the issuer's, which a scenario may have set. */
  readonly now: () => number;
}

/**
 * Tokens of the sandbox for one of its own clients, without a socket between: the name that the sandbox is published
 * under need not be one that this machine knows. The grant is the one that Texas makes, and is judged like any other.
 */
export class OwnSource implements TokenSource {
  readonly id: string;
  readonly environment: Environment;
  readonly clientId: string;
  readonly #options: OwnSourceOptions;

  constructor(options: OwnSourceOptions) {
    this.#options = options;
    this.clientId = options.credential.clientId;
    this.environment = { kind: 'sandbox', issuer: options.issuer };
    this.id = `sandbox ${this.clientId}`;
  }

  async getToken(request: TokenRequest, signal: AbortSignal): Promise<Token> {
    signal.throwIfAborted();
    const { tokenEndpoint, now } = this.#options;
    const sentAtMs = now();
    const claims = this.#claimsFor(request, Math.floor(sentAtMs / 1_000));
    const response = await this.#send(await this.#sign(claims), signal);
    const answer = readTokenAnswer(response, sentAtMs);
    if (!answer) {
      const grant = { header: {}, claims };
      const sent = { url: tokenEndpoint, scopes: request.scopes, grant, sentAtMs, answeredAtMs: now() };
      throw new ProblemError(explainRefusal(response, sent));
    }
    return {
      accessToken: answer.accessToken,
      environment: this.environment,
      clientId: this.clientId,
      requestedScopes: [...request.scopes],
      grantedScopes: answer.scopes ?? [...request.scopes],
      resource: request.resource,
      obtainedAtMs: sentAtMs,
      expiresAtMs: sentAtMs + answer.lifetimeSeconds * 1_000,
      grant: { header: {}, claims },
    };
  }

  #claimsFor({ scopes, resource, consumerOrg, authorizationDetails }: TokenRequest, now: number) {
    return {
      exp: now + ASSERTION_LIFETIME_SECONDS,
      iat: now,
      nbf: now,
      jti: randomUUID(),
      scope: scopes.join(' '),
      iss: this.clientId,
      aud: this.#options.issuer,
      ...(resource !== undefined && { resource }),
      ...(consumerOrg !== undefined && { consumer_org: consumerOrg }),
      ...(authorizationDetails !== undefined && { authorization_details: authorizationDetails }),
    };
  }

  async #sign(claims: Record<string, unknown>): Promise<string> {
    const { jose, credential } = this.#options;
    const { alg = 'RS256', kid } = credential.privateJwk;
    try {
      const header = { typ: 'JWT', alg, ...(kid !== undefined && { kid }) };
      return await new jose.SignJWT(claims).setProtectedHeader(header).sign(credential.privateJwk);
    } catch {
      // What the library says could quote the key.
      throw new ProblemError({ code: 'grant/key-unusable', step: 'grant', sent: [], reason: 'unreadable' });
    }
  }

  async #send(assertion: string, signal: AbortSignal): Promise<TransportResponse> {
    const { route, tokenEndpoint } = this.#options;
    const { host } = new URL(tokenEndpoint);
    const limit = AbortSignal.timeout(READ_LIMIT_MS);
    const request: Request = {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      query: new URLSearchParams(),
      body: Buffer.from(new URLSearchParams({ grant_type: GRANT_TYPE, assertion }).toString()),
      signal: AbortSignal.any([signal, limit]),
    };
    const answer = await route.handle(request);
    signal.throwIfAborted();
    if (limit.aborted) {
      const timeout = { code: 'network/timeout', host, phase: 'headers', limitMs: READ_LIMIT_MS } as const;
      throw new ProblemError({ ...timeout, step: 'token', sent: [] });
    }
    if (answer.hangUp) throw new ProblemError({ code: 'network/reset', step: 'token', sent: [], host });
    return responseFrom(answer);
  }
}

function responseFrom({ status, headers, body }: Answer): TransportResponse {
  const bytes = Buffer.from(body);
  return {
    status,
    statusText: '',
    headers: Object.entries(headers),
    body: bytes,
    truncated: false,
    wireBytes: bytes.length,
    phases: { lookupMs: undefined, connectMs: undefined, tlsMs: undefined, firstByteMs: 0, doneMs: 0 },
  };
}
