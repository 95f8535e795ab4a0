import type { JWTPayload } from 'jose';
import type * as Jose from '../maskinporten/jose';
import { problemAnswer } from './http';
import type { Answer, Request } from './http';
import { ACCESS_TOKEN_ALGORITHM } from './keyRing';
import type { KeyRing } from './keyRing';

/** Altinn's tokens live for half an hour, whatever the token that they were exchanged for. */
const LIFETIME_SECONDS = 1_800;

export interface AltinnExchangeOptions {
  readonly jose: typeof Jose;
  readonly issuer: string;
  /** Whom the exchanged token is from. */
  readonly altinnIssuer: string;
  /** Also signs Altinn's tokens: the sandbox has no other keys, and publishes these in Altinn's place too. */
  readonly keys: Pick<KeyRing, 'keySet' | 'sign'>;
  readonly now: () => number;
}

/**
 * Stands in for Altinn's exchange (Altinn, "Token exchange"): a Maskinporten token with an `altinn:` scope becomes a
 * token of another issuer, which the sandbox's own APIs do not take for one of Maskinporten's.
 */
export class AltinnExchange {
  readonly #options: AltinnExchangeOptions;

  constructor(options: AltinnExchangeOptions) {
    this.#options = options;
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
    const { jose, issuer, keys, now } = this.#options;
    try {
      const { payload } = await jose.jwtVerify(token, keys.keySet, {
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
    const { altinnIssuer, keys, now } = this.#options;
    const iat = Math.floor(now() / 1_000);
    return keys.sign({
      iss: altinnIssuer,
      scope,
      client_id,
      consumer,
      'urn:altinn:orgNumber': organisationOf(consumer),
      'urn:altinn:authenticatemethod': 'maskinporten',
      iat,
      exp: iat + LIFETIME_SECONDS,
    });
  }
}

function organisationOf(consumer: unknown): string | undefined {
  if (typeof consumer !== 'object' || consumer === null || !('ID' in consumer)) return undefined;
  return String(consumer.ID).split(':')[1];
}
