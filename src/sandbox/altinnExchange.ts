import type { createLocalJWKSet, JWTPayload } from 'jose';
import type * as Jose from '../maskinporten/jose';
import { problemAnswer } from './http';
import type { Answer, Request } from './http';
import { ACCESS_TOKEN_ALGORITHM } from './signingKey';
import type { SigningKey } from './signingKey';

/** Altinn's tokens live for half an hour, whatever the token that they were exchanged for. */
const LIFETIME_SECONDS = 1_800;

export interface AltinnExchangeOptions {
  readonly jose: typeof Jose;
  readonly issuer: string;
  readonly signingKey: SigningKey;
  readonly now: () => number;
}

/**
 * Stands in for Altinn's exchange (Altinn, "Token exchange"): a Maskinporten token with an `altinn:` scope becomes a
 * token of another issuer, which the sandbox's own APIs do not take for one of Maskinporten's.
 */
export class AltinnExchange {
  readonly #options: AltinnExchangeOptions;
  readonly #keySet: ReturnType<typeof createLocalJWKSet>;

  constructor(options: AltinnExchangeOptions) {
    this.#options = options;
    this.#keySet = options.jose.createLocalJWKSet(options.signingKey.jwks);
  }

  async answer({ headers }: Request): Promise<Answer> {
    const [, token] = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? [];
    const claims = token === undefined ? undefined : await this.#verify(token);
    if (!claims) return problemAnswer(401, 'Unauthorized', 'The Maskinporten token is missing or not valid.');
    const scope = typeof claims['scope'] === 'string' ? claims['scope'] : '';
    if (!scope.split(' ').some((name) => name.startsWith('altinn:'))) {
      return problemAnswer(403, 'Forbidden', 'The Maskinporten token has no scope that begins with altinn:.');
    }
    return {
      status: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
      body: await this.#sign(claims),
    };
  }

  async #verify(token: string): Promise<JWTPayload | undefined> {
    const { jose, issuer, now } = this.#options;
    try {
      const { payload } = await jose.jwtVerify(token, this.#keySet, {
        algorithms: [ACCESS_TOKEN_ALGORITHM],
        issuer,
        currentDate: new Date(now()),
        requiredClaims: ['exp'],
      });
      return payload;
    } catch {
      return undefined;
    }
  }

  /** The claims of the Maskinporten token, and those by which Altinn's APIs know an organisation. */
  #sign({ scope, client_id, consumer }: JWTPayload): Promise<string> {
    const { jose, issuer, signingKey, now } = this.#options;
    const iat = Math.floor(now() / 1_000);
    return new jose.SignJWT({
      iss: `${issuer}authentication/`,
      scope,
      client_id,
      consumer,
      'urn:altinn:orgNumber': organisationOf(consumer),
      'urn:altinn:authenticatemethod': 'maskinporten',
      iat,
      exp: iat + LIFETIME_SECONDS,
    })
      .setProtectedHeader({ kid: signingKey.keyId, alg: ACCESS_TOKEN_ALGORITHM })
      .sign(signingKey.privateKey);
  }
}

function organisationOf(consumer: unknown): string | undefined {
  if (typeof consumer !== 'object' || consumer === null || !('ID' in consumer)) return undefined;
  return String(consumer.ID).split(':')[1];
}
