import * as vscode from 'vscode';
import { mayRetryWithNewToken, type RetryDecision } from '../http/retry';
import { sendTestRequest, type TestRequest, type TestResult } from '../http/testRequest';
import { DEFAULT_TIMEOUTS } from '../http/timeouts';
import type { Token } from '../maskinporten/model';
import { ProblemError, problemOf, type Problem } from '../maskinporten/problem';
import type { Transport, TransportProgress, TransportTimeouts } from '../maskinporten/transport';
import { ConfigValue } from '../platform/config';
import type { Confirmations } from '../platform/confirmations';
import type { SandboxHost } from './sandboxHost';
import type { TokenAsk, Tokens } from './tokens';

/** A request as the user composed it, and the token it is to carry, if any. */
export interface RequestWish {
  readonly request: Omit<TestRequest, 'token' | 'timeouts' | 'onProgress'>;
  readonly ask: TokenAsk | undefined;
}

/** What a request is at: getting its token, or on its own way. */
export type RequestProgress = { readonly step: 'token' } | TransportProgress;

/** What came of a wish. */
export interface Answered {
  readonly result: TestResult;
  /** The token that went along, in the end. */
  readonly token: Token | undefined;
  /** Whether the answer is the second one, to a new token, and if not, why. */
  readonly retry: RetryDecision;
  /** Why no new token came where one might have helped. */
  readonly renewalProblem: Problem | undefined;
}

const SECOND_MS = 1000;

/** A setting that is no number above zero counts for nothing: VS Code marks it, and keeps it. */
function milliseconds(seconds: number, fallbackMs: number): number {
  return Number.isFinite(seconds) && seconds > 0 ? seconds * SECOND_MS : fallbackMs;
}

/** Sends test requests; the token is fetched when needed and never leaves this side. */
export class Requests implements vscode.Disposable {
  private readonly connectSeconds = new ConfigValue(
    'request.timeouts.connect',
    DEFAULT_TIMEOUTS.connectMs / SECOND_MS,
  );
  private readonly answerSeconds = new ConfigValue('request.timeouts.answer', DEFAULT_TIMEOUTS.headersMs / SECOND_MS);
  private readonly silenceSeconds = new ConfigValue('request.timeouts.silence', DEFAULT_TIMEOUTS.bodyMs / SECOND_MS);

  constructor(
    private readonly transport: Transport,
    private readonly tokens: Pick<Tokens, 'get' | 'peek'>,
    private readonly sandbox: Pick<SandboxHost, 'start'>,
    private readonly confirmations: Pick<Confirmations, 'request'>,
  ) {}

  /**
   * Sends a request. One that is answered 401 to a token from memory is sent once more with a new one: refused as it was,
   * nothing has been done (RFC 9110 section 15.5.2). Rejects with a ProblemError, or with the signal's reason.
   */
  async send(
    { request, ask }: RequestWish,
    signal: AbortSignal,
    onProgress: (progress: RequestProgress) => void = () => undefined,
  ): Promise<Answered> {
    if (!vscode.workspace.isTrusted) throw new ProblemError({ code: 'workspace/untrusted', step: 'api', sent: [] });
    const sendWith = (token: Token | undefined) =>
      sendTestRequest(this.transport, { ...request, token, timeouts: this.timeouts, onProgress }, signal);
    if (!ask) {
      const result = await sendWith(undefined);
      return { result, token: undefined, retry: { retry: false, because: 'no-token' }, renewalProblem: undefined };
    }
    const inMemory = this.tokens.peek(ask)?.accessToken;
    onProgress({ step: 'token' });
    const token = await this.tokens.get(ask, signal);
    if (token.environment.kind === 'prod' && !(await this.confirmations.request(request.method, hostOf(request.url)))) {
      throw new ProblemError({ code: 'production/not-confirmed', step: 'api', sent: [] });
    }
    const result = await sendWith(token);
    const fromCache = token.accessToken === inMemory;
    const retry = mayRetryWithNewToken(result, { fromCache, retried: false });
    if (!retry.retry) return { result, token, retry, renewalProblem: undefined };
    onProgress({ step: 'token' });
    let renewed: Token;
    try {
      renewed = await this.tokens.get({ ...ask, skipCache: true }, signal);
    } catch (error) {
      const renewalProblem = problemOf(error);
      if (signal.aborted || !renewalProblem) {
        result.rest?.stop();
        throw error;
      }
      return { result, token, retry, renewalProblem };
    }
    result.rest?.stop();
    const second = await sendWith(renewed);
    const verdict = mayRetryWithNewToken(second, { fromCache: false, retried: true });
    return {
      result: second,
      token: renewed,
      retry: second.status === 401 ? verdict : { retry: true },
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

  private get timeouts(): TransportTimeouts {
    const { connectMs, headersMs, bodyMs } = DEFAULT_TIMEOUTS;
    return {
      connectMs: milliseconds(this.connectSeconds.value, connectMs),
      headersMs: milliseconds(this.answerSeconds.value, headersMs),
      bodyMs: milliseconds(this.silenceSeconds.value, bodyMs),
    };
  }
}

/** For the question alone: what is no URL is refused when it is sent. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
