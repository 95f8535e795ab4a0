import * as vscode from 'vscode';
import type { TokenRequest, TokenSource } from '../maskinporten/model';
import { ProblemError } from '../maskinporten/problem';
import { ConfigValue } from '../platform/config';
import type { Confirmations } from '../platform/confirmations';
import type { Log } from '../platform/log';
import type { SandboxEvent, TexasServer } from '../sandbox';
import type { WorkloadReference } from '../shared/workload';
import type { Credentials } from './credentials';
import { SANDBOX_ID, type ActiveEnvironment } from './environments';
import type { SandboxScenarios } from './sandboxScenarios';
import type { Tokens } from './tokens';

/** Whose tokens are served, and for which workload: fixed for as long as the endpoint runs. */
export interface EndpointPlan {
  readonly environment: ActiveEnvironment;
  readonly workload: WorkloadReference;
  /** The workload's name as it is shown. */
  readonly label: string;
}

/** The endpoint while it runs. */
export interface RunningEndpoint extends EndpointPlan {
  readonly tokenEndpoint: string;
  readonly introspectionEndpoint: string;
}

/** One answer to an app. */
export interface EndpointAsk {
  readonly what: 'token' | 'introspection';
  readonly status: number;
  readonly scopes: readonly string[];
  /** Texas's word for a refusal. */
  readonly error: string | undefined;
}

export type EndpointStart =
  | { readonly kind: 'started'; readonly endpoint: RunningEndpoint }
  | { readonly kind: 'not-confirmed' }
  | { readonly kind: 'port-taken' | 'port-refused'; readonly port: number };

export interface EndpointParts {
  readonly tokens: Tokens;
  readonly credentials: Credentials;
  readonly scenarios: SandboxScenarios;
  readonly confirmations: Confirmations;
  readonly log: Log;
}

interface Serving {
  readonly endpoint: RunningEndpoint;
  readonly server: TexasServer;
}

/**
 * Texas's API on loopback, for the developer's own app: one at a time in each window, and gone with it. Its source is
 * the environment that was current at the start, and stays that when another is chosen.
 */
export class LocalTokenEndpoint implements vscode.Disposable {
  private readonly port = new ConfigValue('localTokenEndpoint.port', 0);
  private readonly allowedHosts = new ConfigValue<readonly string[]>('localTokenEndpoint.allowedHosts', []);
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly asked = new vscode.EventEmitter<EndpointAsk>();
  private readonly stopped = new vscode.EventEmitter<RunningEndpoint>();
  private readonly following: vscode.Disposable;
  private serving: Serving | undefined;
  private starting: Promise<EndpointStart> | undefined;
  private served = 0;
  private refused = 0;
  readonly onDidChange = this.changed.event;
  readonly onDidAsk = this.asked.event;
  /** Tells that it stopped without being told to: its credential is gone, or is one for another issuer now. */
  readonly onDidLoseSource = this.stopped.event;

  constructor(private readonly parts: EndpointParts) {
    const { credentials, scenarios } = parts;
    this.following = vscode.Disposable.from(
      credentials.onDidChange((id) => {
        this.followCredential(id);
      }),
      // A pod's Texas would go on with what it has; here somebody has just asked to see another answer.
      scenarios.onDidChange(() => {
        if (this.running?.environment.id === SANDBOX_ID) this.serving?.server.forget();
      }),
    );
  }

  get running(): RunningEndpoint | undefined {
    return this.serving?.endpoint;
  }

  /** Tokens that it has given since its start, and asks that it refused. */
  get counts(): { readonly served: number; readonly refused: number } {
    return { served: this.served, refused: this.refused };
  }

  /**
   * Starts it, and asks before production. The one that runs already is stopped first, save when two starts come
   * together: then both get the same. Rejects with a ProblemError where there is no source.
   */
  async start(plan: EndpointPlan): Promise<EndpointStart> {
    this.starting ??= this.launch(plan).finally(() => (this.starting = undefined));
    return this.starting;
  }

  async stop(): Promise<void> {
    const { serving } = this;
    if (!serving) return;
    this.serving = undefined;
    this.changed.fire();
    await serving.server.stop();
    this.parts.log.info('The local token endpoint has stopped.');
  }

  private async launch(plan: EndpointPlan): Promise<EndpointStart> {
    const { tokens, confirmations, log } = this.parts;
    const { environment, workload } = plan;
    const first = await tokens.source(environment, workload); // fails before anything is asked or opened
    if (first.environment.kind === 'prod' && !(await confirmations.tokenEndpoint(environment))) {
      return { kind: 'not-confirmed' };
    }
    await this.stop();
    const { startTexas } = await import('../sandbox/index');
    const port = this.port.value;
    let server: TexasServer;
    try {
      server = await startTexas({
        source: this.sourceLike(first, plan),
        trusted: {
          issuer: first.environment.issuer,
          keys: (signal) => tokens.publishedKeys(first.environment, signal),
        },
        port,
        allowedHosts: this.allowedHosts.value,
      });
    } catch (error) {
      const failure = portFailure(error, port);
      if (!failure) throw error;
      return failure;
    }
    const { tokenEndpoint, introspectionEndpoint } = server;
    const endpoint = { ...plan, tokenEndpoint, introspectionEndpoint };
    this.serving = { endpoint, server };
    this.served = 0;
    this.refused = 0;
    server.onEvent((event) => {
      this.tell(event);
    });
    const { host } = new URL(tokenEndpoint);
    log.info(`The local token endpoint runs on ${host}, with tokens of ${first.environment.issuer}.`);
    this.changed.fire();
    return { kind: 'started', endpoint };
  }

  /**
   * The environment's source as it is at each ask, so that a key that was imported again, and a manifest that was edited,
   * are followed; but never to another issuer than the one that the user started it for.
   */
  private sourceLike({ id, environment, clientId }: TokenSource, plan: EndpointPlan): TokenSource {
    const { tokens } = this.parts;
    return {
      id: `local ${id}`,
      environment,
      clientId,
      getToken: async (request: TokenRequest, signal: AbortSignal) => {
        const source = await tokens.source(plan.environment, plan.workload);
        if (source.environment.issuer !== environment.issuer) {
          throw new ProblemError({ code: 'production/not-confirmed', step: 'grant', sent: [] });
        }
        return source.getToken(request, signal);
      },
    };
  }

  private tell({ kind, status, scope, code }: SandboxEvent): void {
    const what = kind === 'introspection' ? 'introspection' : 'token';
    if (what === 'token') {
      if (status === 200) this.served += 1;
      else this.refused += 1;
    }
    const scopes = (scope ?? '').split(' ').filter((each) => each !== '');
    this.asked.fire({ what, status, scopes, error: code });
    this.changed.fire();
  }

  private followCredential(id: string): void {
    const { running } = this;
    if (running?.environment.id !== id) return;
    const profile = this.parts.credentials.profile(id);
    if (profile?.environment.issuer === running.environment.issuer) return;
    void this.stop().then(() => {
      this.stopped.fire(running);
    });
  }

  dispose(): void {
    void this.serving?.server.stop();
    this.serving = undefined;
    for (const part of [this.following, this.port, this.allowedHosts, this.changed, this.asked, this.stopped]) {
      part.dispose();
    }
  }
}

/** EACCES is what a port below 1024 gets from an ordinary user; some systems reserve others. */
function portFailure(error: unknown, port: number): EndpointStart | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return { kind: 'port-taken', port };
  return code === 'EACCES' || code === 'ERR_SOCKET_BAD_PORT' ? { kind: 'port-refused', port } : undefined;
}
