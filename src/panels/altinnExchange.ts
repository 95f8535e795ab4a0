import { isForAltinn, type AltinnToken } from '../maskinporten/altinn';
import type { Token } from '../maskinporten/model';
import { problemOf } from '../maskinporten/problem';
import type { Language } from '../platform/language';
import type { Log } from '../platform/log';
import type { ProblemCard } from '../shared/messages';
import type { Remedy } from '../shared/remedy';
import type { AltinnSection } from '../shared/tokenMessages';
import type { AltinnTokens } from '../state/altinnTokens';
import type { TokenAsk } from '../state/tokens';
import { failureCard, problemCard, type WordedProblem } from './problemCard';
import { SignatureCheck } from './signatureCheck';
import { readableToken } from './tokenView';

export interface AltinnExchangeServices {
  readonly altinnTokens: AltinnTokens;
  readonly language: Language;
  readonly log: Log;
}

/** The view may show two problems at once, and each has buttons of its own. */
const BUTTON_PREFIX = 'altinn ';

/** The part of a token view that exchanges its token for one of Altinn's. */
export class AltinnExchange {
  private exchanging: AbortController | undefined;
  private hasFailed = false;
  private readonly closed = new AbortController();
  private readonly signature: SignatureCheck<AltinnToken>;

  constructor(
    private readonly services: AltinnExchangeServices,
    private readonly onDidChange: () => void,
  ) {
    const { altinnTokens, language, log } = services;
    const { signal } = this.closed;
    const check = (token: AltinnToken) => altinnTokens.verify(token, signal);
    this.signature = new SignatureCheck(check, signal, onDidChange, language, log);
  }

  section(token: Token): AltinnSection | undefined {
    const { altinnTokens, language } = this.services;
    if (!altinnTokens.takes(token)) return undefined;
    const altinn = altinnTokens.peek(token);
    return {
      isLikely: isForAltinn(token.grantedScopes),
      busy: this.exchanging !== undefined,
      problem: this.exchanging ? undefined : this.cardOf(token),
      token: altinn && { ...readableToken(altinn, language.t), verification: this.signature.lineFor(altinn) },
    };
  }

  /** Nothing is held of an Altinn token that is no longer there. */
  letGo(token: Token | undefined): void {
    if (!this.tokenFor(token)) this.signature.forget();
  }

  tokenFor(token: Token | undefined): AltinnToken | undefined {
    return token && this.services.altinnTokens.peek(token);
  }

  /** What a button of the exchange's problem does; undefined for a button that is not its. */
  remedyOf(token: Token | undefined, id: string): Remedy | undefined {
    if (!token || !id.startsWith(BUTTON_PREFIX)) return undefined;
    return this.problemOf(token)?.remedies.get(id.slice(BUTTON_PREFIX.length));
  }

  async exchange(ask: TokenAsk): Promise<undefined> {
    this.exchanging?.abort();
    const exchanging = new AbortController();
    this.exchanging = exchanging;
    this.hasFailed = false;
    this.onDidChange();
    try {
      await this.services.altinnTokens.exchange(ask, exchanging.signal);
    } catch (error) {
      this.hasFailed = !problemOf(error) && !exchanging.signal.aborted;
      if (this.hasFailed) this.services.log.error('A token could not be exchanged.', error);
    } finally {
      if (this.exchanging === exchanging) this.exchanging = undefined;
      this.onDidChange();
    }
  }

  private cardOf(token: Token): ProblemCard | undefined {
    const card = this.problemOf(token)?.card;
    return card && { ...card, actions: card.actions.map(({ id, label }) => ({ id: BUTTON_PREFIX + id, label })) };
  }

  private problemOf(token: Token): WordedProblem | undefined {
    const { altinnTokens, language } = this.services;
    const problem = altinnTokens.lastProblem(token);
    if (problem) return problemCard(problem, language.t);
    return this.hasFailed ? failureCard(language.t) : undefined;
  }

  dispose(): void {
    this.closed.abort();
    this.exchanging?.abort();
  }
}
