import * as vscode from 'vscode';
import { sendTestRequest, type TestRequest, type TestResult } from '../http/testRequest';
import { ProblemError, problemOf } from '../maskinporten/problem';
import type { Transport } from '../maskinporten/transport';
import type { Confirmations } from '../platform/confirmations';
import type { RequestHistory } from './requestHistory';
import type { RequestSecrets } from './requestSecrets';
import type { SandboxHost } from './sandboxHost';
import type { TokenAsk, Tokens } from './tokens';

/** A request as the user composed it, and the token it is to carry, if any. */
export interface RequestWish {
  readonly request: Omit<TestRequest, 'token'>;
  readonly ask: TokenAsk | undefined;
}

/** Sends test requests; the token is fetched when needed and never leaves this side. */
export class Requests {
  constructor(
    private readonly transport: Transport,
    private readonly tokens: Tokens,
    private readonly sandbox: SandboxHost,
    private readonly confirmations: Confirmations,
    private readonly secrets: RequestSecrets,
    private readonly history: RequestHistory,
  ) {}

  /** Rejects with a ProblemError, or with the signal's reason. What was sent goes into the history. */
  async send(wish: RequestWish, signal: AbortSignal): Promise<TestResult> {
    if (!vscode.workspace.isTrusted) throw new ProblemError({ code: 'workspace/untrusted', step: 'api', sent: [] });
    const { request, ask } = wish;
    const headers = await this.secrets.filled(request.url, request.headers);
    if (!headers) throw new ProblemError({ code: 'request/value-missing', step: 'api', sent: [] });
    signal.throwIfAborted();
    // With the references as they are: the values that they stand for are kept already.
    const sent = { ...request, sentAtMs: Date.now(), wish: ask };
    try {
      const result = await this.sendFilled({ ...wish, request: { ...request, headers } }, signal);
      const { status, phases, wireBytes, body } = result;
      void this.history.add({ ...sent, outcome: status, tookMs: phases.doneMs, bytes: wireBytes ?? body.length });
      return result;
    } catch (error) {
      const problem = problemOf(error);
      // Anything else was refused before it was sent.
      if (problem?.step === 'api' && problem.code.startsWith('network/')) {
        void this.history.add({ ...sent, outcome: problem.code });
      }
      throw error;
    }
  }

  private async sendFilled({ request, ask }: RequestWish, signal: AbortSignal): Promise<TestResult> {
    if (!ask) return sendTestRequest(this.transport, request, signal);
    const { accessToken, environment } = await this.tokens.get(ask, signal);
    if (environment.kind === 'prod' && !(await this.confirmations.request(request.method, hostOf(request.url)))) {
      throw new ProblemError({ code: 'production/not-confirmed', step: 'api', sent: [] });
    }
    return sendTestRequest(this.transport, { ...request, token: { accessToken, environment } }, signal);
  }

  /** Where the sandbox's own protected API is; starts the sandbox. */
  async sampleApiUrl(): Promise<string> {
    return (await this.sandbox.start()).sampleApiUrl;
  }
}

/** For the question alone: what is no URL is refused when it is sent. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
