import { metadataUrls } from './environments';
import { Flights } from './flights';
import { freshForMs } from './freshness';
import { headerValue } from './headers';
import { asText, readJsonObject, type JsonObject } from './json';
import { isProtectedUrl } from './loopback';
import type { Environment, IssuerMetadata } from './model';
import { ProblemError, type SentValue } from './problem';
import type { Transport, TransportResponse } from './transport';

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
        const metadata = check(answer, environment, url, response);
        this.known.set(key, { metadata, untilMs: this.now() + freshForMs(response.headers, FRESHNESS) });
        return metadata;
      }
      first ??= unreadable(url, response);
    }
    throw first ?? badIssuer(environment.issuer);
  }
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
function check(answer: JsonObject, environment: Environment, url: string, response: TransportResponse): IssuerMetadata {
  const issuer = asText(answer['issuer']);
  const tokenEndpoint = asText(answer['token_endpoint']);
  const jwksUri = asText(answer['jwks_uri']);
  if (issuer === undefined || tokenEndpoint === undefined || jwksUri === undefined) throw unreadable(url, response);
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
  for (const [member, endpoint] of [
    ['token_endpoint', tokenEndpoint],
    ['jwks_uri', jwksUri],
  ] as const) {
    if (mayServe(endpoint, environment)) continue;
    throw new ProblemError({ code: 'discovery/endpoint-refused', step: 'discovery', sent, member, endpoint });
  }
  return { issuer, tokenEndpoint, jwksUri };
}

/** Digdir's own endpoints, and the sandbox's, are on the issuer's host: anything else is not theirs. */
function mayServe(endpoint: string, { kind, issuer }: Environment): boolean {
  if (!URL.canParse(endpoint)) return false;
  const url = new URL(endpoint);
  if (!isProtectedUrl(url) || url.username !== '' || url.password !== '' || url.hash !== '') return false;
  return kind === 'custom' || url.origin === new URL(issuer).origin;
}

function unreadable(url: string, { status, headers }: TransportResponse): ProblemError {
  const contentType = headerValue(headers, 'content-type');
  return new ProblemError({ code: 'discovery/unreadable', step: 'discovery', sent: sentUrl(url), status, contentType });
}

function badIssuer(issuer: string): ProblemError {
  return new ProblemError({ code: 'request/bad-url', step: 'discovery', sent: [], url: issuer });
}

function sentUrl(url: string): SentValue[] {
  return [{ name: 'url', value: url }];
}
