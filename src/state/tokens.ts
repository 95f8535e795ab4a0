import type { JSONWebKeySet } from 'jose';
import * as vscode from 'vscode';
import { TokenCache, wishKey } from '../maskinporten/cache';
import { MaskinportenClient } from '../maskinporten/client';
import { Discovery } from '../maskinporten/discovery';
import { PROD, TEST } from '../maskinporten/environments';
import type {
  ClientCredential,
  Environment,
  ResourceForm,
  Token,
  TokenRequest,
  TokenSource,
} from '../maskinporten/model';
import { ProblemError, problemOf, type Problem } from '../maskinporten/problem';
import { TexasSource } from '../maskinporten/texas';
import type { Transport } from '../maskinporten/transport';
import { TokenVerifier, type Verification } from '../maskinporten/verify';
import { ConfigValue } from '../platform/config';
import type { Confirmations } from '../platform/confirmations';
import type { Log } from '../platform/log';
import type { ScenarioTarget } from '../shared/scenario';
import { workloadKey, type WorkloadReference } from '../shared/workload';
import type { Credentials } from './credentials';
import { SANDBOX_ID, type ActiveEnvironment, type Environments } from './environments';
import type { SandboxHost } from './sandboxHost';

/** What the user asks for, and which workload of which manifest the wish came from. */
export interface TokenAsk extends TokenRequest, WorkloadReference {}

/** What a source of tokens can be made from. */
export type UsableCredential =
  | {
      readonly credential: ClientCredential;
      /** On whose behalf tokens are asked for where the request names nobody. */
      readonly consumerOrg?: string | undefined;
    }
  | { readonly endpoint: string; readonly environment: Environment };

/** Tokens of the current environment: asked for once, kept in memory, and the last refusal beside them. */
export class Tokens implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly discovery: Discovery;
  private readonly verifier: TokenVerifier;
  private readonly cache: TokenCache;
  private readonly sources = new Map</* environment and workload */ string, TokenSource>();
  private readonly problems = new Map</* source and wish */ string, Problem>();
  /** Texas has a cache of its own, so ours keeps none of its tokens: what was shown last is kept here. */
  private readonly shown = new Map</* source and wish */ string, Token>();
  private readonly resourceForm = new ConfigValue<ResourceForm>('grant.resourceForm', 'string');
  private readonly subscription: vscode.Disposable;
  private latest: { readonly token: Token; readonly environmentId: string } | undefined;
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly transport: Transport,
    private readonly environments: Environments,
    private readonly credentials: Credentials,
    private readonly sandbox: SandboxHost,
    private readonly confirmations: Confirmations,
    private readonly log: Log,
  ) {
    this.discovery = new Discovery(transport);
    this.verifier = new TokenVerifier(transport);
    this.cache = new TokenCache();
    this.subscription = credentials.onDidChange((id) => {
      this.dropSourcesOf(id);
    });
  }

  /** The token that arrived last in the current environment, for the status bar. */
  get newest(): Token | undefined {
    return this.latest?.environmentId === this.environments.current.id ? this.latest.token : undefined;
  }

  /** Rejects with a ProblemError, or with the signal's reason when the user gave up. */
  async get(ask: TokenAsk, signal: AbortSignal): Promise<Token> {
    const environment = this.environments.current;
    const key = this.keyOf(environment, ask);
    const scopes = ask.scopes.join(' ');
    try {
      if (environment.kind === 'prod' && !(await this.confirmations.token(environment, ask.scopes))) {
        throw new ProblemError({ code: 'production/not-confirmed', step: 'grant', sent: [] });
      }
      const source = await this.source(environment, ask);
      const token = await this.cache.get(source, ask, signal);
      this.problems.delete(key);
      if (source.cachesItself === true) keepLatest(this.shown, key, token);
      if (token !== this.latest?.token) {
        this.latest = { token, environmentId: environment.id };
        this.log.info(`Token for ${scopes} from ${token.environment.issuer} (${environment.label}).`);
      }
      return token;
    } catch (error) {
      const problem = problemOf(error);
      if (problem) {
        keepLatest(this.problems, key, problem);
        this.log.warn(`No token for ${scopes} (${environment.label}): ${problem.code} at ${problem.step}.`);
      } else if (!signal.aborted) {
        this.log.error(`No token for ${scopes} (${environment.label}).`, error);
      }
      throw error;
    } finally {
      this.changed.fire();
    }
  }

  /** The token in memory for this wish, expired or not; nothing is asked for. */
  peek(ask: TokenAsk): Token | undefined {
    const { current } = this.environments;
    const source = this.sources.get(this.sourceKey(current, ask));
    return source && (this.cache.peek(source, ask) ?? this.shown.get(this.keyOf(current, ask)));
  }

  /** Why the last wish of this kind failed, unless a later one was granted. */
  lastProblem(ask: TokenAsk): Problem | undefined {
    return this.problems.get(this.keyOf(this.environments.current, ask));
  }

  /** Checks the signature against the keys of the environment that gave the token. Rejects only with the signal's reason. */
  async verify(token: Token, signal: AbortSignal): Promise<Verification> {
    return this.verifyText(token.accessToken, token.environment, signal);
  }

  /** The same for any token, against the keys of an environment that may well be another than its own. */
  async verifyText(accessToken: string, environment: Environment, signal: AbortSignal): Promise<Verification> {
    try {
      if (!vscode.workspace.isTrusted) throw new ProblemError({ code: 'workspace/untrusted', step: 'jwks', sent: [] });
      const { issuer, jwksUri } = await this.discovery.metadata(environment, signal);
      return await this.verifier.verify(accessToken, { issuer, jwksUri }, signal);
    } catch (error) {
      const problem = problemOf(error);
      if (!problem) throw error;
      return { verified: false, reason: 'keys-unavailable', problem };
    }
  }

  /** Whose keys may be fetched without a question: Digdir's two, and those that gave tokens or have a credential here. */
  get knownEnvironments(): readonly Environment[] {
    const used = [...this.sources.values()].map(({ environment }) => environment);
    return [TEST, PROD, ...this.credentials.profiles.map(({ environment }) => environment), ...used];
  }

  /** Asks the issuer of a new credential for its metadata. Rejects with a ProblemError. */
  async checkIssuer(environment: Environment, signal: AbortSignal): Promise<void> {
    await this.discovery.metadata(environment, signal);
  }

  /**
   * Asks for a token with a credential that is not kept yet, and keeps neither. Rejects with a ProblemError, or with the
   * signal's reason.
   */
  async tryOut(
    candidate: UsableCredential & { readonly name: string },
    scopes: readonly string[],
    signal: AbortSignal,
  ): Promise<void> {
    if (!vscode.workspace.isTrusted) throw new ProblemError({ code: 'workspace/untrusted', step: 'grant', sent: [] });
    const source = this.sourceFrom(candidate, 'trial');
    const { kind } = source.environment;
    if (
      kind === 'prod' &&
      !(await this.confirmations.token({ id: `trial ${candidate.name}`, label: candidate.name }, scopes))
    ) {
      throw new ProblemError({ code: 'production/not-confirmed', step: 'grant', sent: [] });
    }
    await source.getToken({ scopes }, signal);
  }

  forgetAll(): void {
    this.cache.forget();
    this.shown.clear();
    this.problems.clear();
    this.latest = undefined;
    this.changed.fire();
  }

  /**
   * Forgets what the sandbox gave and refused before it was made to answer otherwise: to one workload, for one of its
   * scopes, or, where none is named, to all.
   */
  forgetSandbox({ workload, scope }: ScenarioTarget = {}): void {
    const isConcerned = (key: string) =>
      key.startsWith(`${SANDBOX_ID} `) && (!workload || key.includes(` ${workloadKey(workload)}`));
    for (const [key, source] of this.sources) {
      if (!isConcerned(key)) continue;
      this.cache.forget(source, scope);
      if (scope === undefined) this.sources.delete(key);
    }
    for (const key of this.problems.keys()) {
      // A wish has its scopes in it as JSON. One too many that is forgotten is asked for again.
      if (isConcerned(key) && (scope === undefined || key.includes(JSON.stringify(scope)))) this.problems.delete(key);
    }
    const newest = this.latest?.environmentId === SANDBOX_ID ? this.latest.token : undefined;
    if (newest && (scope === undefined || newest.requestedScopes.includes(scope))) this.latest = undefined;
    this.changed.fire();
  }

  /** The keys by which the environment's tokens are signed, asked for now. Rejects with a ProblemError. */
  async publishedKeys(environment: Environment, signal: AbortSignal): Promise<JSONWebKeySet> {
    const { jwksUri } = await this.discovery.metadata(environment, signal);
    return this.verifier.publishedKeys(jwksUri, signal);
  }

  /**
   * Where the tokens of an environment come from, without the cache above it and without a question: whoever asks here
   * for production has asked the user. Rejects with a ProblemError.
   */
  async source(environment: ActiveEnvironment, ask: WorkloadReference): Promise<TokenSource> {
    if (!vscode.workspace.isTrusted) throw new ProblemError({ code: 'workspace/untrusted', step: 'grant', sent: [] });
    const key = this.sourceKey(environment, ask);
    if (environment.id === SANDBOX_ID) await this.sandbox.start(); // with the manifests as they are now
    const known = this.sources.get(key);
    if (known) return known;
    const source =
      environment.id === SANDBOX_ID
        ? this.sourceFrom({ credential: await this.sandbox.credentialFor(workloadKey(ask)) }, key)
        : this.sourceFrom(await this.storedCredential(environment), key);
    this.sources.set(key, source);
    return source;
  }

  private async storedCredential(environment: ActiveEnvironment): Promise<UsableCredential> {
    const reading = await this.credentials.read(environment.id);
    if (reading.kind === 'found' || reading.kind === 'texas') return reading;
    throw new ProblemError({
      code: 'credential/unavailable',
      step: 'grant',
      sent: [],
      name: environment.label,
      reason: reading.kind,
    });
  }

  private sourceFrom(usable: UsableCredential, id: string): TokenSource {
    const { transport, discovery } = this;
    if ('endpoint' in usable) {
      return new TexasSource({ transport, endpoint: usable.endpoint, environment: usable.environment, id });
    }
    const { credential, consumerOrg } = usable;
    const resourceForm = this.resourceForm.value;
    const source = new MaskinportenClient({ transport, discovery, credential, id, resourceForm });
    return consumerOrg === undefined ? source : onBehalfOf(consumerOrg, source);
  }

  /** What a changed credential gave before is not what it gives now. */
  private dropSourcesOf(id: string): void {
    for (const [key, source] of this.sources) {
      if (!key.startsWith(`${id} `)) continue;
      this.cache.forget(source);
      this.sources.delete(key);
      for (const wish of this.shown.keys()) if (wish.startsWith(`${key} `)) this.shown.delete(wish);
    }
    for (const key of this.problems.keys()) if (key.startsWith(`${id} `)) this.problems.delete(key);
    this.changed.fire();
  }

  /** Names a wish among those of all environments. */
  private keyOf(environment: ActiveEnvironment, ask: TokenAsk): string {
    return `${this.sourceKey(environment, ask)} ${wishKey(ask)}`;
  }

  /**
   * A credential is one client for all workloads; in the sandbox each workload is a client of its own. How a resource is
   * written makes another grant of it, and so perhaps another token.
   */
  private sourceKey({ id }: ActiveEnvironment, ask: WorkloadReference): string {
    return `${id} ${this.resourceForm.value} ${id === SANDBOX_ID ? workloadKey(ask) : ''}`;
  }

  dispose(): void {
    this.cache.forget();
    this.shown.clear();
    this.subscription.dispose();
    this.resourceForm.dispose();
    this.changed.dispose();
  }
}

const MOST_KEPT = 1000;

/** Keeps the newest; the oldest goes when there are too many. */
function keepLatest<T>(kept: Map<string, T>, key: string, value: T): void {
  kept.delete(key);
  kept.set(key, value);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
}

/** A source for a supplier that asks on behalf of the same organisation as a rule. */
function onBehalfOf(consumerOrg: string, source: TokenSource): TokenSource {
  const { id, environment, clientId } = source;
  return {
    id: `${id} ${consumerOrg}`,
    environment,
    clientId,
    getToken: (request, signal) => source.getToken({ consumerOrg, ...request }, signal),
  };
}
