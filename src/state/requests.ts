import * as vscode from 'vscode';
import { sendTestRequest, type TestRequest, type TestResult } from '../http/testRequest';
import type { EnvironmentKind } from '../maskinporten/model';
import { ProblemError, problemOf } from '../maskinporten/problem';
import type { Transport } from '../maskinporten/transport';
import type { Confirmations } from '../platform/confirmations';
import type { AltinnTokens } from './altinnTokens';
import type { Environments } from './environments';
import type { RequestHistory } from './requestHistory';
import type { RequestSecrets } from './requestSecrets';
import type { SandboxHost } from './sandboxHost';
import type { TokenAsk, Tokens } from './tokens';

/** A request as the user composed it, and the token it is to carry, if any. */
export interface RequestWish {
  readonly request: Omit<TestRequest, 'token'>;
  readonly ask: TokenAsk | undefined;
  /** The token is exchanged for one of Altinn's, which goes along in its place. */
  readonly asAltinn?: boolean | undefined;
}

/** Who knows the values that headers refer to, and who remembers what was sent. */
export interface RequestKeepers {
  readonly secrets: Pick<RequestSecrets, 'filled'>;
  readonly history: Pick<RequestHistory, 'add'>;
}

/** Sends test requests; the token is fetched when needed and never leaves this side. */
export class Requests {
  constructor(
    private readonly transport: Transport,
    private readonly tokens: Tokens,
    private readonly altinnTokens: AltinnTokens,
    private readonly sandbox: SandboxHost,
    private readonly environments: Pick<Environments, 'current'>,
    private readonly confirmations: Confirmations,
    private readonly keepers: RequestKeepers,
  ) {}

  /** Rejects with a ProblemError, or with the signal's reason. What was sent goes into the history. */
  async send(wish: RequestWish, signal: AbortSignal): Promise<TestResult> {
    if (!vscode.workspace.isTrusted) throw new ProblemError({ code: 'workspace/untrusted', step: 'api', sent: [] });
    const { secrets, history } = this.keepers;
    const { request, ask } = wish;
    const headers = await secrets.filled(request.url, request.headers);
    if (!headers) throw new ProblemError({ code: 'request/value-missing', step: 'api', sent: [] });
    signal.throwIfAborted();
    // With the references as they are: the values that they stand for are kept already.
    const sent = { ...request, sentAtMs: Date.now(), wish: ask && { ...ask, asAltinn: wish.asAltinn } };
    try {
      const result = await this.sendFilled({ ...wish, request: { ...request, headers } }, signal);
      const { status, phases, wireBytes, body } = result;
      void history.add({ ...sent, outcome: status, tookMs: phases.doneMs, bytes: wireBytes ?? body.length });
      return result;
    } catch (error) {
      const problem = problemOf(error);
      // Anything else was refused before it was sent.
      if (problem?.step === 'api' && problem.code.startsWith('network/')) {
        void history.add({ ...sent, outcome: problem.code });
      }
      throw error;
    }
  }

  private async sendFilled({ request, ask, asAltinn }: RequestWish, signal: AbortSignal): Promise<TestResult> {
    if (!ask) {
      await this.confirm(this.environments.current.kind, request, 'no-token');
      return sendTestRequest(this.transport, request, signal);
    }
    const { accessToken, environment } = await (asAltinn
      ? this.altinnTokens.tokenFor(ask, signal)
      : this.tokens.get(ask, signal));
    await this.confirm(environment.kind, request, 'token');
    return sendTestRequest(this.transport, { ...request, token: { accessToken, environment } }, signal);
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

  /** Where the sandbox's own protected API is; starts the sandbox. */
  async sampleApiUrl(): Promise<string> {
    return (await this.sandbox.start()).sampleApiUrl;
  }
}

/** For the question alone: what is no URL is refused when it is sent. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
