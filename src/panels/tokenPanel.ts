import * as vscode from 'vscode';
import type { Token } from '../maskinporten/model';
import { problemOf } from '../maskinporten/problem';
import { parseTokenRequest } from '../shared/parseToken';
import type {
  CopyReply,
  OptionsVerdict,
  TokenHostSays,
  TokenOptions,
  TokenOptionsForm,
  TokenPanelStart,
  TokenView,
  TokenWebviewRequest,
  TokenWebviewSays,
} from '../shared/tokenMessages';
import type { AltinnTokens } from '../state/altinnTokens';
import type { Environments } from '../state/environments';
import type { ProvisioningReadings } from '../state/provisioning';
import type { SandboxScenarios } from '../state/sandboxScenarios';
import type { TokenAsk, Tokens } from '../state/tokens';
import { problemContextOf } from '../words/problemContext';
import { isNamed, type WorkloadReadings } from '../workspace/workloadReadings';
import { AltinnExchange } from './altinnExchange';
import { copyText } from './clipboard';
import { environmentBadge } from './environmentBadge';
import { Page, type PageServices } from './page';
import { failureCard, problemCard, type WordedProblem } from './problemCard';
import type { Remedies, RemedySubject } from './remedies';
import { SignatureCheck } from './signatureCheck';
import { copyOf, memberCopy, type Copy, type ShownTokens } from './tokenCopies';
import { judgeOptions, optionLines, requestOf, tokenOptions } from './tokenOptions';
import { tokenDetails } from './tokenView';
import type { TokenWaits } from './tokenWaits';
import { stateOf, wishOf, wishTitle } from './tokenWish';

export interface TokenPanelServices extends PageServices {
  readonly tokens: Tokens;
  readonly scenarios: SandboxScenarios;
  readonly altinnTokens: AltinnTokens;
  readonly environments: Environments;
  readonly provisioning: ProvisioningReadings;
  readonly readings: WorkloadReadings;
  readonly remedies: Remedies;
  readonly waits: TokenWaits;
}

/** The token that a request is to carry. */
export interface RequestedToken {
  readonly ask: TokenAsk;
  /** It was exchanged for one of Altinn's, which is what the request is for then. */
  readonly asAltinn: boolean;
}

/** What a token view leaves to others. */
export interface TokenPanelWishes {
  wantRequest(wish: RequestedToken): void;
  show(ask: TokenAsk): void;
  /** The tab shows another wish now: a second one for the same would only confuse. */
  moved(): void;
}

/** One token view: follows the token, the environment and the manifest, and does what its buttons say. */
export class TokenPanel implements vscode.Disposable {
  private readonly page: Page<TokenHostSays, TokenWebviewSays>;
  private readonly closed = new AbortController();
  private readonly signature: SignatureCheck<Token>;
  private readonly altinn: AltinnExchange;
  private fetching: AbortController | undefined;
  private hasFailed = false;
  private optionsFocus: string | undefined;
  private optionsOpen = false;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private ask: TokenAsk,
    private readonly services: TokenPanelServices,
    private readonly wishes: TokenPanelWishes,
  ) {
    const { tokens, altinnTokens, environments, provisioning, readings, scenarios, waits, language, log } = services;
    const refresh = (): void => {
      this.refresh();
    };
    const { signal } = this.closed;
    this.signature = new SignatureCheck((token) => tokens.verify(token, signal), signal, refresh, language, log);
    this.altinn = new AltinnExchange(services, refresh);
    const sources = [tokens, altinnTokens, environments, provisioning, readings, scenarios, waits];
    const subscriptions = sources.map((service) => service.onDidChange(refresh));
    panel.onDidDispose(() => {
      vscode.Disposable.from(...subscriptions).dispose();
      this.closed.abort();
      this.fetching?.abort();
      this.altinn.dispose();
    });
    this.page = new Page(panel, 'token', services, {
      parseRequest: parseTokenRequest,
      parseEvent: () => undefined,
      onRequest: (request) => this.answer(request),
      onEvent: () => undefined,
    });
  }

  get title(): string {
    return this.panel.title;
  }

  get wish(): string {
    return wishOf(this.ask);
  }

  reveal(): void {
    this.panel.reveal();
    this.refresh();
  }

  openOptions(claim: string | undefined): void {
    this.optionsOpen = true;
    this.optionsFocus = claim;
    this.page.notify({ type: 'options', options: this.options() });
  }

  dispose(): void {
    this.panel.dispose();
  }

  private async answer(
    request: TokenWebviewRequest,
  ): Promise<TokenPanelStart | TokenOptions | OptionsVerdict | CopyReply | undefined> {
    switch (request.type) {
      case 'ready':
        return this.start();
      case 'get-token':
        return this.getToken();
      case 'cancel':
        this.fetching?.abort();
        return undefined;
      case 'stop-waiting':
        this.services.waits.stop(this.ask);
        return undefined;
      case 'options':
        this.optionsOpen = true;
        this.optionsFocus = undefined;
        return this.options();
      case 'close-options':
        this.optionsOpen = false;
        return undefined;
      case 'check-options':
        return this.judge(request.form);
      case 'get-token-with':
        return this.getTokenWith(request.form);
      case 'exchange':
        return this.altinn.exchange(this.ask);
      case 'copy':
        return this.copy(copyOf(request.what, request.of, this.shown, this.services.language.t));
      case 'copy-claim':
        return this.copy(memberCopy(request.part, request.name, this.shown, this.services.language.t));
      case 'send-request':
        this.wishes.wantRequest({ ask: this.ask, asAltinn: this.shown.altinn !== undefined });
        return undefined;
      case 'problem-action':
        return this.act(request.id);
    }
  }

  private start(): TokenPanelStart {
    const options = this.optionsOpen ? this.options() : undefined;
    return { speech: this.page.speech, state: stateOf(this.ask), view: this.view(), options };
  }

  private refresh(): void {
    if (!this.token) this.signature.forget();
    this.altinn.letGo(this.token);
    this.page.notify({ type: 'view', view: this.view(), state: stateOf(this.ask) });
  }

  private view(): TokenView {
    const { environments, language, readings, waits } = this.services;
    const { workload, scopes } = this.ask;
    const { token } = this;
    const { t } = language;
    return {
      environment: environmentBadge(environments.current, token, this.services),
      workload,
      scopes,
      options: optionLines(this.ask, t),
      busy: this.fetching !== undefined,
      waiting: waits.isWaiting(this.ask),
      problem: this.fetching ? undefined : this.problem?.card,
      token: token && tokenDetails(token, this.signature.lineFor(token), readings.manifestFor(this.ask), t),
      altinn: token && this.altinn.section(token),
    };
  }

  private get token(): Token | undefined {
    return this.services.tokens.peek(this.ask);
  }

  private get problem(): WordedProblem | undefined {
    const { language, provisioning, readings, tokens } = this.services;
    const problem = tokens.lastProblem(this.ask);
    if (problem) {
      const context = problemContextOf(readings.manifestFor(this.ask), provisioning.factsFor(this.ask));
      return problemCard(problem, language.t, context);
    }
    return this.hasFailed ? failureCard(language.t) : undefined;
  }

  private options(): TokenOptions {
    const { environments, language, readings } = this.services;
    const declared = (readings.consumesOf(this.ask) ?? []).filter(isNamed).map(({ name }) => name.value);
    const throughTexas = environments.current.texasEndpoint !== undefined;
    return tokenOptions(this.ask, { declared, throughTexas, focus: this.optionsFocus }, language.t);
  }

  private judge(form: TokenOptionsForm): OptionsVerdict {
    const { kind } = this.services.environments.current;
    return judgeOptions(form, kind === 'test' || kind === 'prod', this.services.language.t);
  }

  private getTokenWith(form: TokenOptionsForm): OptionsVerdict {
    const verdict = this.judge(form);
    const request = verdict.fault ? undefined : requestOf(form);
    if (!request) return verdict;
    this.optionsOpen = false;
    const { skipCache, ...lasting } = request;
    const { manifestUri, workload } = this.ask;
    this.become({ manifestUri, workload, ...lasting });
    void this.getToken(skipCache === true);
    return verdict;
  }

  /** The tab is another wish's from now on. */
  private become(ask: TokenAsk): void {
    this.fetching?.abort();
    this.ask = ask;
    this.hasFailed = false;
    this.panel.title = wishTitle(ask, this.services.language.t);
    this.wishes.moved();
  }

  /** Whoever presses the button wants a new token, whatever is in memory; with options it is said in the form. */
  private async getToken(skipCache = true): Promise<undefined> {
    this.fetching?.abort();
    const fetching = new AbortController();
    this.fetching = fetching;
    this.hasFailed = false;
    this.refresh();
    try {
      await this.services.tokens.get({ ...this.ask, skipCache }, fetching.signal);
    } catch (error) {
      // Problems are kept by Tokens, and so is the log of everything else.
      this.hasFailed = !problemOf(error) && !fetching.signal.aborted;
    } finally {
      if (this.fetching === fetching) this.fetching = undefined;
      this.refresh();
    }
  }

  private async copy({ text, message }: Copy): Promise<CopyReply> {
    const reply = await copyText(text, message);
    if (!reply.copied) this.refresh();
    return reply;
  }

  private get shown(): ShownTokens {
    const { token } = this;
    return { maskinporten: token, altinn: this.altinn.tokenFor(token) };
  }

  private async act(id: string): Promise<undefined> {
    const { remedies } = this.services;
    const forExchange = this.altinn.remedyOf(this.token, id);
    const remedy = forExchange ?? this.problem?.remedies.get(id);
    if (!remedy) return;
    const retry = () => this.altinn.exchange({ ...this.ask, skipCache: true });
    await remedies.apply(remedy, forExchange ? { ...this.subject(), ask: undefined, retry } : this.subject());
  }

  private subject(): RemedySubject {
    return {
      ask: this.ask,
      retry: () => this.getToken(),
      askInstead: (ask) => {
        this.become(ask);
        return this.getToken();
      },
      editOptions: (claim) => {
        this.openOptions(claim);
      },
      showToken: (ask) => {
        this.wishes.show(ask);
      },
    };
  }
}
