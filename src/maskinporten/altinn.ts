import { decodeToken } from './decode';
import { PROD, TEST } from './environments';
import type { Environment, Token } from './model';
import { ProblemError } from './problem';
import type { Transport } from './transport';
import { unreadableAnswer } from './unreadable';
import type { ExpectedIssuer } from './verify';

/** Altinn, "Token exchange". The sandbox has an exchange of its own under the same path. */
const EXCHANGE_PATH = 'authentication/api/v1/exchange/maskinporten';

/** Altinn, "Open ID Connect configuration"; where the keys are follows from Altinn's OpenIdController. */
const ISSUER_PATH = 'authentication/api/v1/openid/';
const JWKS_PATH = `${ISSUER_PATH}.well-known/openid-configuration/jwks`;

const HOSTS: ReadonlyMap</* issuer */ string, string> = new Map([
  [TEST.issuer, 'https://platform.tt02.altinn.no/'],
  [PROD.issuer, 'https://platform.altinn.no/'],
]);

const MAX_BODY_BYTES = 64 * 1024;

/** What Altinn gave for a Maskinporten token. `accessToken` is a secret. */
export interface AltinnToken {
  readonly accessToken: string;
  /** Of the Maskinporten token that it was exchanged for. */
  readonly environment: Environment;
  readonly scopes: readonly string[];
  readonly obtainedAtMs: number;
  /** From its own `exp`; undefined where it cannot be read. */
  readonly expiresAtMs: number | undefined;
}

/** Whether APIs that want a scope of these may want the token exchanged first: Altinn's own do. */
export function isForAltinn(scopes: readonly string[]): boolean {
  return scopes.some((scope) => scope.startsWith('altinn:'));
}

/** Where tokens of an environment are exchanged; undefined where Altinn takes none of them. */
export function altinnExchangeUrl(environment: Environment): string | undefined {
  const host = hostOf(environment);
  return host === undefined ? undefined : host + EXCHANGE_PATH;
}

/**
 * Who signs the tokens that an environment's are exchanged for, and with which keys: known beforehand, so that nothing
 * in a token says where its keys are fetched. Undefined where Altinn takes no tokens of the environment.
 */
export function altinnIssuer(environment: Environment): ExpectedIssuer | undefined {
  const host = hostOf(environment);
  return host === undefined ? undefined : { issuer: host + ISSUER_PATH, jwksUri: host + JWKS_PATH };
}

function hostOf({ kind, issuer }: Environment): string | undefined {
  return kind === 'sandbox' ? issuer : HOSTS.get(issuer);
}

/**
 * Exchanges a Maskinporten token for one of Altinn's (Altinn, "Token exchange"). Where it goes follows from the
 * environment that gave it, so no token of one environment ever reaches another. Rejects with a ProblemError of step
 * `exchange`, or with the signal's reason.
 */
export async function exchangeAltinnToken(
  { accessToken, environment, grantedScopes }: Token,
  transport: Transport,
  signal: AbortSignal,
  now: () => number = Date.now,
): Promise<AltinnToken> {
  const url = altinnExchangeUrl(environment);
  if (url === undefined) {
    const { issuer } = environment;
    throw new ProblemError({ code: 'altinn/no-environment', step: 'exchange', sent: [], issuer });
  }
  const sentAtMs = now();
  const response = await transport.send(
    {
      step: 'exchange',
      method: 'GET',
      url,
      headers: [
        ['accept', 'application/json, text/plain'],
        ['authorization', `Bearer ${accessToken}`],
      ],
      maxBodyBytes: MAX_BODY_BYTES,
    },
    signal,
  );
  const sent = [
    { name: 'scope', value: grantedScopes.join(' ') },
    { name: 'url', value: url },
  ];
  const { status, body, truncated } = response;
  if (status === 400 || status === 401 || status === 403) {
    throw new ProblemError({ code: 'altinn/refused', step: 'exchange', sent, status });
  }
  const exchanged = status === 200 && !truncated ? readToken(body) : undefined;
  if (exchanged === undefined) {
    throw new ProblemError({
      code: 'altinn/unreadable',
      step: 'exchange',
      sent,
      ...unreadableAnswer(response, now()),
    });
  }
  return {
    accessToken: exchanged,
    environment,
    scopes: grantedScopes,
    obtainedAtMs: sentAtMs,
    expiresAtMs: expiryMs(exchanged),
  };
}

/** Plain text; some stand-ins send a JSON string, with its quotation marks. */
function readToken(body: Uint8Array): string | undefined {
  const text = Buffer.from(body).toString('latin1').trim();
  const token = /^"(.*)"$/s.exec(text)?.[1] ?? text;
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token) ? token : undefined;
}

function expiryMs(token: string): number | undefined {
  const decoded = decodeToken(token);
  const exp = decoded.kind === 'jwt' ? decoded.claims['exp'] : undefined;
  return typeof exp === 'number' && Number.isFinite(exp) ? exp * 1000 : undefined;
}
