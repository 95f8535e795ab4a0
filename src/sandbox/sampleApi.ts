import type { JWTPayload, JWTVerifyResult } from 'jose';
import type * as Jose from '../maskinporten/jose';
import type { ClientRegistry } from './clients';
import { describable, jsonAnswer, problemAnswer } from './http';
import type { Answer, Request } from './http';
import { ACCESS_TOKEN_ALGORITHM } from './keyRing';
import type { KeyRing } from './keyRing';
import type { SandboxListener } from './model';
import { largeAnswer, pagedAnswer, slowAnswer } from './sampleResources';

const REALM = 'Maskinporten sandbox';
const LONGEST_SCOPE_LIST = 1_000;

export interface SampleApiOptions {
  readonly jose: typeof Jose;
  readonly issuer: string;
  readonly keys: Pick<KeyRing, 'keySet'>;
  /** The API's own identifier: what `aud` must have when a token is restricted. */
  readonly url: string;
  readonly clients: ClientRegistry;
  readonly now: () => number;
  readonly emit: SandboxListener;
}

type TokenVerdict =
  { readonly valid: true; readonly result: JWTVerifyResult } | { readonly valid: false; readonly reason: string };

/** What a token that passed lets its bearer do. */
interface Permit {
  readonly payload: JWTPayload;
  readonly protectedHeader: JWTVerifyResult['protectedHeader'];
  /** Those of its scopes that the API knows. */
  readonly scopes: readonly string[];
}

/**
 * An API that is protected by Maskinporten. It checks tokens as Nais's and Digdir's pages tell API owners to:
 * signature by the issuer's JWKS, `iss`, `exp`, `aud` when the token is restricted, `scope`; and answers with
 * what it found, or as RFC 6750 section 3 says.
 */
export class SampleApi {
  readonly #options: SampleApiOptions;

  constructor(options: SampleApiOptions) {
    this.#options = options;
  }

  /** What the token says, and what was verified of it. */
  answer(request: Request): Promise<Answer> {
    return this.#protected(request, ({ payload, protectedHeader, scopes }) =>
      jsonAnswer(200, {
        method: request.method,
        verified: {
          issuer: payload.iss,
          key: protectedHeader.kid,
          algorithm: protectedHeader.alg,
          scopes,
          consumer: organisationOf(payload['consumer']),
          supplier: organisationOf(payload['supplier']),
          audience: payload.aud ?? null,
          expiresInSeconds: (payload.exp ?? 0) - this.#nowSeconds(),
        },
        claims: payload,
      }),
    );
  }

  /** The same protection before an answer that takes its time. */
  slow(request: Request): Promise<Answer> {
    return this.#protected(request, () => slowAnswer(request));
  }

  /** The same protection before a large answer. */
  large(request: Request): Promise<Answer> {
    return this.#protected(request, () => largeAnswer(request));
  }

  /** The same protection before a list that comes in pages. */
  paged(request: Request): Promise<Answer> {
    return this.#protected(request, () => pagedAnswer(request, `${this.#options.url}/paged`));
  }

  async #protected({ headers }: Request, resource: (access: Permit) => Answer | Promise<Answer>): Promise<Answer> {
    const [, token] = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? [];
    if (token === undefined) return this.#unauthenticated();
    const verdict = await this.#verify(token);
    if (!verdict.valid) return this.#unauthorized(verdict.reason);
    const { payload, protectedHeader } = verdict.result;
    const granted = typeof payload['scope'] === 'string' ? payload['scope'].split(' ') : [];
    const known = this.#options.clients.knownScopes();
    const scopes = granted.filter((scope) => known.has(scope));
    if (scopes.length === 0) return this.#forbidden(payload, known);
    this.#emit(200, payload);
    return resource({ payload, protectedHeader, scopes });
  }

  async #verify(token: string): Promise<TokenVerdict> {
    const { jose, issuer, keys, now, url } = this.#options;
    try {
      const result = await jose.jwtVerify(token, keys.keySet, {
        algorithms: [ACCESS_TOKEN_ALGORITHM],
        issuer,
        currentDate: new Date(now()),
        requiredClaims: ['exp', 'scope', 'consumer'],
      });
      const { aud } = result.payload;
      if (aud !== undefined && ![aud].flat().includes(url)) {
        return { valid: false, reason: `The token is restricted to ${[aud].flat().join(' ')}; this API is ${url}.` };
      }
      return { valid: true, result };
    } catch (error) {
      return { valid: false, reason: reasonOf(error) };
    }
  }

  /** Without credentials the challenge has no error (RFC 6750 section 3.1). */
  #unauthenticated(): Answer {
    this.#emit(401);
    const detail = 'This API takes a Maskinporten token in the header Authorization: Bearer.';
    return problemAnswer(401, 'Unauthorized', detail, { 'www-authenticate': challenge({}) });
  }

  #unauthorized(reason: string): Answer {
    this.#emit(401);
    return problemAnswer(401, 'Unauthorized', reason, {
      'www-authenticate': challenge({ error: 'invalid_token', error_description: reason }),
    });
  }

  #forbidden(payload: JWTPayload, known: ReadonlySet<string>): Answer {
    this.#emit(403, payload);
    const reason = 'The token has none of the scopes that this API knows.';
    return problemAnswer(403, 'Forbidden', reason, {
      'www-authenticate': challenge({
        error: 'insufficient_scope',
        error_description: reason,
        scope: scopeList(known),
      }),
    });
  }

  #emit(status: number, payload: JWTPayload = {}): void {
    const { clients, emit } = this.#options;
    const { client_id: clientId, scope } = payload;
    emit({
      kind: 'api',
      status,
      scope: typeof scope === 'string' ? scope : undefined,
      workload: typeof clientId === 'string' ? clients.nameOf(clientId) : undefined,
    });
  }

  #nowSeconds(): number {
    return Math.floor(this.#options.now() / 1_000);
  }
}

/** The organisation number in an ISO 6523 identifier such as `0192:889640782`. */
function organisationOf(party: unknown): string | null {
  if (typeof party !== 'object' || party === null || !('ID' in party)) return null;
  const [, organisation] = String(party.ID).split(':');
  return organisation ?? null;
}

function challenge(parameters: Readonly<Record<string, string>>): string {
  const all = Object.entries({ realm: REALM, ...parameters });
  return `Bearer ${all.map(([name, value]) => `${name}="${describable(value)}"`).join(', ')}`;
}

/** As many scopes as a header can bear, among those that may stand in it (RFC 6749 section 3.3). */
function scopeList(scopes: ReadonlySet<string>): string {
  const printable = [...scopes].filter((scope) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope)).sort();
  let list = '';
  for (const scope of printable) {
    if (list.length + scope.length < LONGEST_SCOPE_LIST) list += list === '' ? scope : ` ${scope}`;
  }
  return list;
}

/** Says what jose found, by its codes: its messages are not ours to show. */
function reasonOf(error: unknown): string {
  const { code, claim } = error as { code?: unknown; claim?: unknown };
  switch (code) {
    case 'ERR_JWT_EXPIRED':
      return 'The token is expired.';
    case 'ERR_JWT_CLAIM_VALIDATION_FAILED':
      return claim === 'iss' ? 'The token is of another issuer.' : `The claim ${String(claim)} is missing or wrong.`;
    case 'ERR_JWKS_NO_MATCHING_KEY':
      return 'The token is signed with a key that the issuer has not published.';
    case 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED':
      return 'The signature of the token does not fit.';
    case 'ERR_JOSE_ALG_NOT_ALLOWED':
      return `The token is not signed with ${ACCESS_TOKEN_ALGORITHM}.`;
    default:
      return 'The token cannot be read as a signed JWT.';
  }
}
