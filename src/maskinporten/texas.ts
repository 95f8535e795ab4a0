import { readTokenAnswer } from './answer';
import { decodeToken } from './decode';
import { isProtectedUrl } from './loopback';
import type { Environment, SentGrant, Token, TokenRequest, TokenSource } from './model';
import { requestFault } from './preflight';
import { ProblemError, type IssuerRefusal, type Problem, type ProblemCode, type TexasLimit } from './problem';
import { explainRefusal } from './refusals';
import type { Transport, TransportResponse } from './transport';

const MAX_BODY_BYTES = 1024 * 1024;
const TOKEN_PATH = '/api/v1/token';

/** RFC 9110 section 15.5.16. */
const UNSUPPORTED_MEDIA_TYPE = 415;

/** How a request is written: Texas reads both. */
type Encoding = 'json' | 'form';

export interface TexasSourceParts {
  readonly transport: Transport;
  /** As `texasEndpoint` takes it. */
  readonly endpoint: string;
  /** The environment that its cluster belongs to. A token of another is refused. */
  readonly environment: Environment;
  readonly id?: string | undefined;
  readonly now?: (() => number) | undefined;
}

/**
 * Gets tokens from Texas, the token sidecar of Nais, reached by a port-forward or as a local stand-in (nais/texas,
 * src/handler/token.rs). The private key stays in the pod, and so do the claims that Texas has no field for.
 */
export class TexasSource implements TokenSource {
  readonly id: string;
  readonly cachesItself = true;
  readonly environment: Environment;
  /** Texas does not tell. A token that can be decoded names its client. */
  readonly clientId = '';
  private readonly transport: Transport;
  private readonly endpoint: string;
  private readonly now: () => number;
  private encoding: Encoding = 'json';

  constructor({ transport, endpoint, environment, id = `texas ${endpoint}`, now = Date.now }: TexasSourceParts) {
    this.transport = transport;
    this.endpoint = endpoint;
    this.environment = environment;
    this.id = id;
    this.now = now;
  }

  async getToken(request: TokenRequest, signal: AbortSignal): Promise<Token> {
    signal.throwIfAborted();
    const endpoint = texasEndpoint(this.endpoint);
    if (!endpoint.ok) throw new ProblemError(endpoint.problem);
    const limit = texasLimit(request);
    const fault: Problem | undefined = limit
      ? { code: 'texas/unsupported', step: 'token', sent: [], field: limit }
      : requestFault(request);
    if (fault) throw new ProblemError(fault);
    const sentAtMs = this.now();
    const response = await this.post(endpoint.url, request, signal);
    const answer = readTokenAnswer(response, sentAtMs);
    if (!answer) throw new ProblemError(explainTexas(response, endpoint.url, request, sentAtMs, this.now()));
    const claims = claimsOf(answer.accessToken);
    this.checkIssuer(claims['iss'], endpoint.url);
    const { scope, client_id: clientId } = claims;
    const granted = typeof scope === 'string' ? scope.split(/\s+/).filter((name) => name !== '') : answer.scopes;
    return {
      accessToken: answer.accessToken,
      environment: this.environment,
      clientId: typeof clientId === 'string' ? clientId : this.clientId,
      requestedScopes: [...request.scopes],
      // Texas passes no scope on, so the token's own claim is the only one to ask.
      grantedScopes: granted ?? [...request.scopes],
      resource: request.resource,
      obtainedAtMs: sentAtMs,
      // Texas counts `expires_in` down while it keeps a token.
      expiresAtMs: sentAtMs + answer.lifetimeSeconds * 1000,
      grant: undefined,
    };
  }

  /** As JSON; as a form where the other side reads nothing else, which Texas does not say and some stand-ins do. */
  private async post(url: string, request: TokenRequest, signal: AbortSignal): Promise<TransportResponse> {
    const response = await this.send(url, request, signal);
    if (response.status !== UNSUPPORTED_MEDIA_TYPE || this.encoding === 'form') return response;
    this.encoding = 'form';
    return this.send(url, request, signal);
  }

  private send(url: string, request: TokenRequest, signal: AbortSignal): Promise<TransportResponse> {
    const fields = texasRequestBody(request);
    const isJson = this.encoding === 'json';
    return this.transport.send(
      {
        step: 'token',
        method: 'POST',
        url,
        headers: [
          ['accept', 'application/json'],
          ['content-type', isJson ? 'application/json' : 'application/x-www-form-urlencoded'],
        ],
        body: isJson ? JSON.stringify(fields) : formOf(fields),
        maxBodyBytes: MAX_BODY_BYTES,
      },
      signal,
    );
  }

  /** A forward to the wrong cluster must not pass for a test environment. Opaque tokens tell nothing. */
  private checkIssuer(actual: unknown, url: string): void {
    const expected = this.environment.issuer;
    if (typeof actual !== 'string' || actual === expected) return;
    const sent = [{ name: 'url', value: url }];
    throw new ProblemError({
      code: 'texas/issuer-mismatch',
      step: 'token',
      sent,
      expected,
      actual: actual.slice(0, 200),
    });
  }
}

export type TexasEndpoint =
  { readonly ok: true; readonly url: string } | { readonly ok: false; readonly problem: Problem };

/**
 * The token endpoint that a user's URL names: as it is, or with Texas's own path where it has none. https, or http that
 * stays on this machine: Texas asks for no password, and its answer is one.
 */
export function texasEndpoint(text: string): TexasEndpoint {
  const base = { step: 'token', sent: [] } as const;
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) {
    return { ok: false, problem: { code: 'request/bad-url', ...base, url: trimmed.slice(0, 200) } };
  }
  const url = new URL(trimmed);
  if (url.username !== '' || url.password !== '') {
    return { ok: false, problem: { code: 'request/url-credentials', ...base } };
  }
  if (!isProtectedUrl(url)) {
    return {
      ok: false,
      problem: { code: 'request/insecure-url', ...base, url: `${url.protocol}//${url.host}${url.pathname}` },
    };
  }
  return { ok: true, url: url.origin + (url.pathname === '/' ? TOKEN_PATH : url.pathname) };
}

/** Texas ignores what it does not know, and would give a token for its own organisation, and for no one, instead. */
export function texasLimit({ consumerOrg, pid }: TokenRequest): TexasLimit | undefined {
  return consumerOrg !== undefined ? 'consumer_org' : pid !== undefined ? 'pid' : undefined;
}

/** The fields of nais/texas, src/oauth/identity_provider.rs. The order of the scopes is part of its cache's key, so it is kept. */
export function texasRequestBody({
  scopes,
  resource,
  authorizationDetails,
  skipCache,
}: TokenRequest): Record<string, unknown> {
  return {
    identity_provider: 'maskinporten',
    target: [...new Set(scopes)].join(' '),
    ...(resource !== undefined && { resource }),
    ...(authorizationDetails !== undefined && { authorization_details: authorizationDetails }),
    ...(skipCache === true && { skip_cache: true }),
  };
}

/** The same as a form: `authorization_details` is JSON in it (nais/texas, src/oauth/identity_provider.rs). */
function formOf(fields: Record<string, unknown>): string {
  const texts = Object.entries(fields).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return new URLSearchParams(texts).toString();
}

function claimsOf(accessToken: string): Readonly<Record<string, unknown>> {
  const token = decodeToken(accessToken);
  return token.kind === 'jwt' ? token.claims : {};
}

type TexasRefusal = Extract<
  ProblemCode,
  | 'texas/not-enabled'
  | 'texas/request-rejected'
  | 'texas/cannot-sign'
  | 'texas/upstream-unreachable'
  | 'texas/upstream-unreadable'
>;

/** Texas's own refusals (nais/texas, src/handler.rs). All others are Maskinporten's, passed on. */
const OWN_REFUSALS: readonly { readonly code: TexasRefusal; readonly error: string; readonly text: RegExp }[] = [
  { code: 'texas/not-enabled', error: 'invalid_request', text: /^identity provider '\w+' is not enabled/ },
  {
    code: 'texas/not-enabled',
    error: 'invalid_request',
    text: /^identity provider '\w+' does not support token requests/,
  },
  {
    code: 'texas/request-rejected',
    error: 'invalid_request',
    text: /^(?:unsupported media type: |Failed to deserialize |Failed to parse the request body as JSON)/,
  },
  { code: 'texas/cannot-sign', error: 'server_error', text: /^Failed to sign assertion/ },
  { code: 'texas/upstream-unreachable', error: 'server_error', text: /^Upstream request failed/ },
  { code: 'texas/upstream-unreadable', error: 'server_error', text: /^Failed to parse JSON/ },
];

function explainTexas(
  response: TransportResponse,
  url: string,
  { scopes, resource }: TokenRequest,
  sentAtMs: number,
  answeredAtMs: number,
): Problem {
  const claims = { scope: scopes.join(' '), ...(resource !== undefined && { resource }) };
  const grant: SentGrant = { header: {}, claims };
  const problem = explainRefusal(response, { url, scopes, grant, sentAtMs, answeredAtMs, relayedBy: 'texas' });
  if (problem.code === 'token/unreadable') return { ...problem, code: 'texas/unreadable' };
  if (problem.code !== 'token/refused') return problem;
  const { sent, refusal } = problem;
  const own = OWN_REFUSALS.find((row) => isRefusal(row, refusal));
  return own ? { code: own.code, step: 'token', sent, refusal } : problem;
}

function isRefusal({ error, text }: (typeof OWN_REFUSALS)[number], refusal: IssuerRefusal): boolean {
  return error === refusal.error && text.test(refusal.description ?? '');
}
