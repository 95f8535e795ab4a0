import * as vscode from 'vscode';
import { mayRetryWithNewToken, type RetryDecision } from '../http/retry';
import { sendTestRequest, type TestRequest, type TestResult } from '../http/testRequest';
import { DEFAULT_TIMEOUTS } from '../http/timeouts';
import type { EnvironmentKind, Token } from '../maskinporten/model';
import { ProblemError, problemOf, type Problem } from '../maskinporten/problem';
import type { Transport, TransportProgress, TransportTimeouts } from '../maskinporten/transport';
import { ConfigValue } from '../platform/config';
import type { Confirmations } from '../platform/confirmations';
import type { AltinnTokens } from './altinnTokens';
import type { Environments } from './environments';
import type { SandboxHost } from './sandboxHost';
import type { TokenAsk, Tokens } from './tokens';

/** A request as the user composed it, and the token it is to carry, if any. */
export interface RequestWish {
  readonly request: Omit<TestRequest, 'token' | 'timeouts' | 'onProgress'>;
  readonly ask: TokenAsk | undefined;
  /** The token is exchanged for one of Altinn's, which goes along in its place. */
  readonly asAltinn?: boolean | undefined;
}

/** What a request is at: getting its token, or on its own way. */
export type RequestProgress = { readonly step: 'token' } | TransportProgress;

/** A token that a request carried. */
export type CarriedToken = Pick<Token, 'accessToken' | 'environment'> & Partial<Pick<Token, 'grantedScopes'>>;

/** What came of a wish. */
export interface Answered {
  readonly result: TestResult;
  /** The token that went along, in the end. */
  readonly token: CarriedToken | undefined;
  /** Whether the answer is the second one, to a new token, and if not, why. */
  readonly retry: RetryDecision;
  /** Why no new token came where one might have helped. */
  readonly renewalProblem: Problem | undefined;
}

const SECOND_MS = 1000;

/** Sends test requests; the token is fetched when needed and never leaves this side. */
export class Requests implements vscode.Disposable {
  private readonly connectSeconds = new ConfigValue('request.timeouts.connect', DEFAULT_TIMEOUTS.connectMs / SECOND_MS);
  private readonly answerSeconds = new ConfigValue('request.timeouts.answer', DEFAULT_TIMEOUTS.headersMs / SECOND_MS);
  private readonly silenceSeconds = new ConfigValue('request.timeouts.silence', DEFAULT_TIMEOUTS.bodyMs / SECOND_MS);

  constructor(
    private readonly transport: Transport,
    private readonly tokens: Pick<Tokens, 'get' | 'peek'>,
    private readonly altinnTokens: Pick<AltinnTokens, 'tokenFor' | 'peek'>,
    private readonly sandbox: Pick<SandboxHost, 'start'>,
    private readonly environments: Pick<Environments, 'current'>,
    private readonly confirmations: Pick<Confirmations, 'request'>,
  ) {}

  /**
   * Sends a request. One that is answered 401 to a token from memory is sent once more with a new one: refused as it was,
   * nothing has been done (RFC 9110 section 15.5.2), so nobody is asked again either. Rejects with a ProblemError, or with
   * the signal's reason.
   */
  async send(
    { request, ask, asAltinn }: RequestWish,
    signal: AbortSignal,
    onProgress: (progress: RequestProgress) => void = () => undefined,
  ): Promise<Answered> {
    if (!vscode.workspace.isTrusted) throw new ProblemError({ code: 'workspace/untrusted', step: 'api', sent: [] });
    const sendWith = (token: CarriedToken | undefined) =>
      sendTestRequest(this.transport, { ...request, token, timeouts: this.timeouts, onProgress }, signal);
    if (!ask) {
      await this.confirm(this.environments.current.kind, request, 'no-token');
      const result = await sendWith(undefined);
      return { result, token: undefined, retry: { retry: false, because: 'no-token' }, renewalProblem: undefined };
    }
    const inMemory = this.peek(ask, asAltinn)?.accessToken;
    onProgress({ step: 'token' });
    const token = await this.get(ask, asAltinn, signal);
    await this.confirm(token.environment.kind, request, 'token');
    const result = await sendWith(token);
    const retry = mayRetryWithNewToken(result, { fromCache: token.accessToken === inMemory, retried: false });
    if (!retry.retry) return { result, token, retry, renewalProblem: undefined };
    onProgress({ step: 'token' });
    let renewed: CarriedToken;
    try {
      renewed = await this.get({ ...ask, skipCache: true }, asAltinn, signal);
    } catch (error) {
      const renewalProblem = problemOf(error);
      if (!signal.aborted && renewalProblem) return { result, token, retry, renewalProblem };
      result.rest?.stop();
      throw error;
    }
    result.rest?.stop();
    const second = await sendWith(renewed);
    return {
      result: second,
      token: renewed,
      retry: second.status === 401 ? { retry: false, because: 'retried' } : retry,
      renewalProblem: undefined,
    };
  }

  /** Where the sandbox's own protected API is; starts the sandbox. */
  async sampleApiUrl(): Promise<string> {
    return (await this.sandbox.start()).sampleApiUrl;
  }

  dispose(): void {
    for (const setting of [this.connectSeconds, this.answerSeconds, this.silenceSeconds]) setting.dispose();
  }

  private peek(ask: TokenAsk, asAltinn: boolean | undefined): CarriedToken | undefined {
    const token = this.tokens.peek(ask);
    return asAltinn ? token && this.altinnTokens.peek(token) : token;
  }

  private get(ask: TokenAsk, asAltinn: boolean | undefined, signal: AbortSignal): Promise<CarriedToken> {
    return asAltinn ? this.altinnTokens.tokenFor(ask, signal) : this.tokens.get(ask, signal);
  }

  /** In production, and nowhere else, the user is asked first. */
  private async confirm(
    kind: EnvironmentKind,
    { method, url }: RequestWish['request'],
    withToken: 'token' | 'no-token',
  ): Promise<void> {
    if (kind === 'prod' && !(await this.confirmations.request(method, hostOf(url), withToken))) {
      throw new ProblemError({ code: 'production/not-confirmed', step: 'api', sent: [] });
    }
  }

  private get timeouts(): TransportTimeouts {
    const { connectMs, headersMs, bodyMs } = DEFAULT_TIMEOUTS;
    return {
      connectMs: milliseconds(this.connectSeconds.value, connectMs),
      headersMs: milliseconds(this.answerSeconds.value, headersMs),
      bodyMs: milliseconds(this.silenceSeconds.value, bodyMs),
    };
  }
}

/** A setting that is no number above zero counts for nothing: VS Code marks it, and keeps it. */
function milliseconds(seconds: number, fallbackMs: number): number {
  return Number.isFinite(seconds) && seconds > 0 ? seconds * SECOND_MS : fallbackMs;
}

/** For the question alone: what is no URL is refused when it is sent. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
