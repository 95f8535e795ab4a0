import { metadataUrls } from './environments';
import { Flights } from './flights';
import { freshForMs } from './freshness';
import { asText, readJsonObject, type JsonObject } from './json';
import { isProtectedUrl } from './loopback';
import type { Environment, IssuerEndpoints, IssuerMetadata } from './model';
import { ProblemError, type SentValue } from './problem';
import type { Transport, TransportResponse } from './transport';
import { unreadableAnswer } from './unreadable';

const MAX_BODY_BYTES = 256 * 1024;
const FRESHNESS = { fallbackMs: 10 * 60_000, maxMs: 24 * 3_600_000 };

interface Known {
  readonly metadata: IssuerMetadata;
  readonly untilMs: number;
}

/** Asks issuers for their metadata (RFC 8414) and keeps each answer as long as it says. Failures are not kept. */
export class Discovery {
  private readonly known = new Map</* key */ string, Known>();
  private readonly flights = new Flights<IssuerMetadata>();

  constructor(
    private readonly transport: Transport,
    private readonly now: () => number = Date.now,
  ) {}

  /** Gives metadata that was checked against `environment`. Rejects with a ProblemError, or the signal's reason. */
  async metadata(environment: Environment, signal: AbortSignal): Promise<IssuerMetadata> {
    signal.throwIfAborted();
    if (environment.endpoints) return explicit(environment, environment.endpoints);
    const key = JSON.stringify([environment.kind, environment.issuer, environment.metadataUrl]);
    const known = this.known.get(key);
    if (known && this.now() < known.untilMs) return known.metadata;
    return this.flights.join(key, signal, (shared) => this.ask(environment, key, shared));
  }

  private async ask(environment: Environment, key: string, signal: AbortSignal): Promise<IssuerMetadata> {
    let first: ProblemError | undefined;
    for (const url of candidates(environment)) {
      const response = await this.transport.send(
        {
          step: 'discovery',
          method: 'GET',
          url,
          headers: [['accept', 'application/json']],
          maxBodyBytes: MAX_BODY_BYTES,
        },
        signal,
      );
      const answer = response.status === 200 && !response.truncated ? readJsonObject(response.body) : undefined;
      if (answer) {
        const metadata = check(answer, environment, url, () => unreadable(url, response, this.now()));
        this.known.set(key, { metadata, untilMs: this.now() + freshForMs(response.headers, FRESHNESS) });
        return metadata;
      }
      first ??= unreadable(url, response, this.now());
    }
    throw first ?? badIssuer(environment.issuer);
  }
}

/** What the user said of an issuer without metadata has to be as safe as what an issuer says itself. */
function explicit(environment: Environment, { tokenEndpoint, jwksUri }: IssuerEndpoints): IssuerMetadata {
  const { issuer } = environment;
  if (!URL.canParse(issuer)) throw badIssuer(issuer);
  checkEndpoints(environment, { tokenEndpoint, jwksUri }, []);
  return { issuer, tokenEndpoint, jwksUri };
}

function candidates({ issuer, metadataUrl }: Environment): string[] {
  if (metadataUrl !== undefined) return [metadataUrl];
  try {
    return metadataUrls(issuer);
  } catch {
    throw badIssuer(issuer);
  }
}

/** RFC 8414 section 3.3: the metadata must name the very issuer that was asked for. */
function check(
  answer: JsonObject,
  environment: Environment,
  url: string,
  unreadableError: () => ProblemError,
): IssuerMetadata {
  const issuer = asText(answer['issuer']);
  const tokenEndpoint = asText(answer['token_endpoint']);
  const jwksUri = asText(answer['jwks_uri']);
  if (issuer === undefined || tokenEndpoint === undefined || jwksUri === undefined) throw unreadableError();
  const sent = sentUrl(url);
  if (issuer !== environment.issuer) {
    throw new ProblemError({
      code: 'discovery/issuer-mismatch',
      step: 'discovery',
      sent,
      expected: environment.issuer,
      actual: issuer,
    });
  }
  checkEndpoints(environment, { tokenEndpoint, jwksUri }, sent);
  return { issuer, tokenEndpoint, jwksUri };
}

function checkEndpoints(
  environment: Environment,
  { tokenEndpoint, jwksUri }: IssuerEndpoints,
  sent: SentValue[],
): void {
  for (const [member, endpoint] of [
    ['token_endpoint', tokenEndpoint],
    ['jwks_uri', jwksUri],
  ] as const) {
    if (mayServe(endpoint, environment)) continue;
    throw new ProblemError({ code: 'discovery/endpoint-refused', step: 'discovery', sent, member, endpoint });
  }
}

/** Digdir's own endpoints, and the sandbox's, are on the issuer's host: anything else is not theirs. */
function mayServe(endpoint: string, { kind, issuer }: Environment): boolean {
  if (!URL.canParse(endpoint)) return false;
  const url = new URL(endpoint);
  if (!isProtectedUrl(url) || url.username !== '' || url.password !== '' || url.hash !== '') return false;
  return kind === 'custom' || url.origin === new URL(issuer).origin;
}

function unreadable(url: string, response: TransportResponse, nowMs: number): ProblemError {
  const sent = sentUrl(url);
  return new ProblemError({
    code: 'discovery/unreadable',
    step: 'discovery',
    sent,
    ...unreadableAnswer(response, nowMs),
  });
}

function badIssuer(issuer: string): ProblemError {
  return new ProblemError({ code: 'request/bad-url', step: 'discovery', sent: [], url: issuer });
}

function sentUrl(url: string): SentValue[] {
  return [{ name: 'url', value: url }];
}
