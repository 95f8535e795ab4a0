import { readTokenAnswer } from './answer';
import type { Discovery } from './discovery';
import { buildGrant, type GrantOptions } from './grant';
import type { ClientCredential, Environment, Token, TokenRequest, TokenSource } from './model';
import { preflight } from './preflight';
import { ProblemError } from './problem';
import { explainRefusal } from './refusals';
import type { Transport } from './transport';

const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const MAX_BODY_BYTES = 1024 * 1024;

export interface MaskinportenClientParts extends GrantOptions {
  readonly transport: Transport;
  readonly discovery: Discovery;
  readonly credential: ClientCredential;
  /** Tells credentials of one client apart, so that a token got with one key is never taken for another key's. */
  readonly id?: string;
  readonly now?: () => number;
}

/** Gets tokens from an issuer with a JWT grant (RFC 7523 section 2.1; Digdir's page "JWT grant"). */
export class MaskinportenClient implements TokenSource {
  readonly id: string;
  readonly environment: Environment;
  readonly clientId: string;
  private readonly transport: Transport;
  private readonly discovery: Discovery;
  private readonly credential: ClientCredential;
  private readonly now: () => number;
  private readonly options: GrantOptions;

  constructor({
    transport,
    discovery,
    credential,
    id = 'jwt-grant',
    now = Date.now,
    ...options
  }: MaskinportenClientParts) {
    this.options = options;
    this.transport = transport;
    this.discovery = discovery;
    this.credential = credential;
    this.now = now;
    this.environment = credential.environment;
    this.clientId = credential.clientId;
    this.id = id;
  }

  async getToken(request: TokenRequest, signal: AbortSignal): Promise<Token> {
    signal.throwIfAborted();
    const fault = preflight(this.credential, request, this.options.lifetimeSeconds);
    if (fault) throw new ProblemError(fault); // even discovery would be one call too many
    const metadata = await this.discovery.metadata(this.environment, signal);
    const grant = await buildGrant(this.credential, metadata, request, this.now(), this.options);
    signal.throwIfAborted();
    const sentAtMs = this.now();
    const response = await this.transport.send(
      {
        step: 'token',
        method: 'POST',
        url: metadata.tokenEndpoint,
        headers: [
          ['accept', 'application/json'],
          ['content-type', 'application/x-www-form-urlencoded'],
        ],
        body: new URLSearchParams({ grant_type: GRANT_TYPE, assertion: grant.assertion }).toString(),
        maxBodyBytes: MAX_BODY_BYTES,
      },
      signal,
    );
    const answer = readTokenAnswer(response, sentAtMs);
    if (!answer) {
      throw new ProblemError(
        explainRefusal(response, {
          url: metadata.tokenEndpoint,
          scopes: request.scopes,
          grant: grant.sent,
          sentAtMs,
          answeredAtMs: this.now(),
        }),
      );
    }
    return {
      accessToken: answer.accessToken,
      environment: this.environment,
      clientId: this.clientId,
      requestedScopes: [...request.scopes],
      grantedScopes: answer.scopes ?? [...request.scopes],
      resource: request.resource,
      // Counted from before it was sent, so that a slow answer never makes a token look younger than it is.
      obtainedAtMs: sentAtMs,
      expiresAtMs: sentAtMs + answer.lifetimeSeconds * 1000,
      grant: grant.sent,
    };
  }
}
