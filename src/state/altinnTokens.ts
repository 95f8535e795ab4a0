import * as vscode from 'vscode';
import { altinnExchangeUrl, altinnIssuer, exchangeAltinnToken, type AltinnToken } from '../maskinporten/altinn';
import type { Token } from '../maskinporten/model';
import { ProblemError, problemOf, type Problem } from '../maskinporten/problem';
import type { Transport } from '../maskinporten/transport';
import { TokenVerifier, type Verification } from '../maskinporten/verify';
import type { Log } from '../platform/log';
import type { TokenAsk, Tokens } from './tokens';

/** A token that ends while it is on its way is of no use. */
const LEEWAY_MS = 10_000;

/** What came of the last exchange of a token. */
type Outcome =
  { readonly kind: 'exchanged'; readonly altinn: AltinnToken } | { readonly kind: 'failed'; readonly problem: Problem };

/** Tokens that Altinn gave for Maskinporten tokens: in memory only, each as long as the token that it was given for. */
export class AltinnTokens implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly outcomes = new WeakMap<Token, Outcome>();
  private readonly verifier: TokenVerifier;
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly transport: Transport,
    private readonly tokens: Tokens,
    private readonly log: Log,
  ) {
    this.verifier = new TokenVerifier(transport);
  }

  /** Whether Altinn takes tokens of this one's environment at all. */
  takes({ environment }: Token): boolean {
    return altinnExchangeUrl(environment) !== undefined;
  }

  /** The Altinn token in memory for a token, expired or not. */
  peek(token: Token): AltinnToken | undefined {
    const outcome = this.outcomes.get(token);
    return outcome?.kind === 'exchanged' ? outcome.altinn : undefined;
  }

  /** Why the last exchange of a token failed, unless a later one succeeded. */
  lastProblem(token: Token): Problem | undefined {
    const outcome = this.outcomes.get(token);
    return outcome?.kind === 'failed' ? outcome.problem : undefined;
  }

  /**
   * Exchanges the token of a wish, got anew where it has expired. Rejects with the ProblemError of whichever step failed,
   * or with the signal's reason.
   */
  async exchange(ask: TokenAsk, signal: AbortSignal): Promise<void> {
    await this.exchangeToken(await this.tokens.get(ask, signal), signal);
  }

  /** Altinn's token for a wish: the one in memory while it is good, else a new one. Rejects as `exchange` does. */
  async tokenFor(ask: TokenAsk, signal: AbortSignal): Promise<AltinnToken> {
    const token = await this.tokens.get(ask, signal);
    const known = this.peek(token);
    const isGood = known?.expiresAtMs !== undefined && known.expiresAtMs - LEEWAY_MS > Date.now();
    return isGood ? known : this.exchangeToken(token, signal);
  }

  private async exchangeToken(token: Token, signal: AbortSignal): Promise<AltinnToken> {
    try {
      const altinn = await exchangeAltinnToken(token, this.transport, signal);
      this.outcomes.set(token, { kind: 'exchanged', altinn });
      this.log.info(`Altinn token for ${token.grantedScopes.join(' ')} (${token.environment.issuer}).`);
      return altinn;
    } catch (error) {
      const problem = problemOf(error);
      if (problem) {
        this.outcomes.set(token, { kind: 'failed', problem });
        this.log.warn(`No Altinn token (${token.environment.issuer}): ${problem.code}.`);
      }
      throw error;
    } finally {
      this.changed.fire();
    }
  }

  /** Checks the signature against Altinn's keys. Rejects only with a ProblemError, or the signal's reason. */
  async verify({ accessToken, environment }: AltinnToken, signal: AbortSignal): Promise<Verification> {
    const expected = altinnIssuer(environment);
    if (!expected) {
      const { issuer } = environment;
      throw new ProblemError({ code: 'altinn/no-environment', step: 'exchange', sent: [], issuer });
    }
    return this.verifier.verify(accessToken, expected, signal);
  }

  dispose(): void {
    this.changed.dispose();
  }
}
