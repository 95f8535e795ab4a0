import type { Token, TokenRequest, TokenSource } from '../../../src/maskinporten/model';
import type { Clock } from './support';

export const ISSUER = 'https://issuer.example/';

/** A source that gives numbered tokens, or rejects with what the test sets. */
export class StubSource implements TokenSource {
  readonly id = 'stub';
  readonly environment = { kind: 'sandbox', issuer: ISSUER } as const;
  readonly clientId = 'client';
  readonly asked: TokenRequest[] = [];
  lifetimeSeconds = 120;
  failure: Error | undefined;
  /** While it is set, asks wait for it. */
  gate: Promise<void> | undefined;

  constructor(private readonly clock: Clock) {}

  async getToken(request: TokenRequest): Promise<Token> {
    this.asked.push(request);
    await this.gate;
    if (this.failure) throw this.failure;
    return {
      accessToken: `token-${this.asked.length}`,
      environment: this.environment,
      clientId: this.clientId,
      requestedScopes: request.scopes,
      grantedScopes: request.scopes,
      resource: request.resource,
      obtainedAtMs: this.clock.ms,
      expiresAtMs: this.clock.ms + this.lifetimeSeconds * 1_000,
      grant: undefined,
    };
  }
}
