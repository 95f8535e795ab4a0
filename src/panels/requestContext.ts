import * as vscode from 'vscode';
import type { Target } from '../manifest';
import { isForAltinn } from '../maskinporten/altinn';
import type { EnvironmentKind, Token } from '../maskinporten/model';
import type { Language } from '../platform/language';
import type { Log } from '../platform/log';
import type { ChosenToken, RequestContext, TokenOption } from '../shared/composeMessages';
import type { RequestForm, RequestOrigin } from '../shared/requestForm';
import type { RequestPanelState } from '../shared/requestState';
import type { AltinnTokens } from '../state/altinnTokens';
import type { Environments } from '../state/environments';
import type { Requests } from '../state/requests';
import type { SandboxScenarios } from '../state/sandboxScenarios';
import type { Tokens } from '../state/tokens';
import type { KnownScopesSource } from '../workspace/knownScopes';
import type { Manifests } from '../workspace/manifests';
import type { Targets } from '../workspace/targets';
import { isNamed, type WorkloadReading, type WorkloadReadings } from '../workspace/workloadReadings';
import { environmentBadge } from './environmentBadge';
import { formFaults } from './formFaults';
import { keptForm } from './keptForm';
import { podLine, type PodSubject } from './podLine';
import type { RequestWishes } from './requestWishes';
import { optionLines } from './tokenOptions';
import { prefilledUrl, urlSuggestions, type SuggestionSources } from './urlSuggestions';

/** URLs that were sent before. */
export interface RecentUrls {
  recentUrls(): readonly string[];
}

export interface RequestContextServices {
  readonly tokens: Tokens;
  readonly altinnTokens: AltinnTokens;
  readonly requests: Requests;
  readonly environments: Environments;
  readonly scenarios: SandboxScenarios;
  readonly manifests: Manifests;
  readonly readings: WorkloadReadings;
  readonly targets: Targets;
  readonly knownScopes: KnownScopesSource;
  readonly language: Language;
  readonly log: Log;
  readonly recentUrls?: RecentUrls | undefined;
}

/** What a panel shows around its form: follows tokens, environment, scenarios, manifest and trust. */
export class RequestContexts implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable;
  private sampleUrl: string | undefined;

  /** `sampleSuffix` is what came after the address of the sandbox's API in the form that was kept. */
  constructor(
    private readonly origin: RequestOrigin,
    private readonly wishes: RequestWishes,
    private readonly sampleSuffix: string,
    private readonly services: RequestContextServices,
    private readonly onDidChange: () => void,
  ) {
    const { tokens, altinnTokens, scenarios, readings, targets, knownScopes, environments } = services;
    const sources = [tokens, altinnTokens, scenarios, readings, targets, knownScopes];
    this.subscriptions = vscode.Disposable.from(
      ...sources.map((service) => service.onDidChange(onDidChange)),
      environments.onDidChange(() => {
        onDidChange();
        void this.findSampleUrl();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        onDidChange();
        void this.findSampleUrl();
      }),
    );
    void this.findSampleUrl();
  }

  of(form: RequestForm): RequestContext {
    const { environments, tokens, language } = this.services;
    const { t } = language;
    const { current } = environments;
    const { isTrusted } = vscode.workspace;
    const ask = this.wishes.askFor(form);
    const token = ask && tokens.peek(ask);
    const sources = this.suggestionSources(form);
    const prefill = prefilledUrl(sources);
    const subject = this.podSubject();
    return {
      environment: environmentBadge(current, token, this.services),
      workload: this.origin.workload,
      options: this.options(form.scopes),
      chosen: ask && { ...this.chosen(form, token), options: optionLines(ask, t) },
      prefill: prefill === undefined || prefill !== this.sampleUrl ? prefill : prefill + this.sampleSuffix,
      suggestions: urlSuggestions(sources, t),
      faults: formFaults(form, { environment: current.kind, isTrusted }, t),
      pod: subject && podLine(form.url.trim(), subject, t),
      kept: this.kept(form),
    };
  }

  /** The workload whose pod is asked about; undefined without a manifest. */
  podSubject(): PodSubject | undefined {
    const reading = this.reading;
    if (!reading) return undefined;
    const { manifest, document, variables, source } = reading;
    return {
      manifest,
      outbound: variables === undefined ? document.facts.outbound : undefined,
      onPrem: this.services.targets.verdictOf(source.uri).onPrem,
    };
  }

  /** The workload as it was last read, with its place in the file. */
  get reading(): WorkloadReading | undefined {
    const { manifestUri, workload } = this.origin;
    const { manifests, readings } = this.services;
    const source = manifests.all.find(({ uri }) => uri.toString() === manifestUri);
    const found = source ? readings.in(source) : [];
    return workload === undefined ? found[0] : found.find((reading) => reading.workload === workload);
  }

  /** Where the sandbox's API is, as far as it is known. */
  get sampleAddress(): string | undefined {
    return this.sampleUrl;
  }

  private chosen({ asAltinn, scopes }: RequestForm, token: Token | undefined): Omit<ChosenToken, 'options'> {
    const { altinnTokens, environments } = this.services;
    const takesAltinn = token ? altinnTokens.takes(token) : environments.current.kind !== 'custom';
    const altinn = !takesAltinn ? 'no' : isForAltinn(scopes) ? 'likely' : 'possible';
    const sent = asAltinn ? token && altinnTokens.peek(token) : token;
    return { expiresAtMs: sent?.expiresAtMs, altinn };
  }

  private suggestionSources({ scopes }: RequestForm): SuggestionSources {
    const { environments, knownScopes, recentUrls } = this.services;
    const reading = this.reading;
    return {
      sampleUrl: environments.current.kind === 'sandbox' ? this.sampleUrl : undefined,
      scopes,
      target: this.target(environments.current.kind, reading),
      knownScopes: knownScopes.current,
      manifest: reading?.manifest,
      file: reading && (reading.variables ?? vscode.workspace.asRelativePath(reading.source.uri)),
      recent: recentUrls?.recentUrls() ?? [],
    };
  }

  /** Digdir's environments say it themselves; with others the manifest's target does. */
  private target(kind: EnvironmentKind, reading: WorkloadReading | undefined): Target {
    if (kind === 'prod') return 'prod';
    if (kind === 'test') return 'dev';
    return reading ? this.services.targets.verdictOf(reading.source.uri).target : 'unknown';
  }

  /** The scopes that the manifest consumes, one token each as Digdir advises, and what the form has chosen. */
  private options(chosen: readonly string[]): TokenOption[] {
    const consumes = this.services.readings.consumesOf(this.origin) ?? [];
    const declared = consumes.filter(isNamed).map(({ name }) => [name.value]);
    const offered = new Map([...declared, chosen].map((scopes) => [scopes.join(' '), scopes]));
    return [...offered.values()]
      .filter((scopes) => scopes.length > 0)
      .map((scopes) => ({
        scopes,
        expiresAtMs: this.services.tokens.peek(this.wishes.askOf(scopes))?.expiresAtMs,
      }));
  }

  private kept(form: RequestForm): RequestPanelState {
    const { environments } = this.services;
    const ask = this.wishes.askFor(form);
    const { sampleUrl } = this;
    const isSample = sampleUrl !== undefined && form.url.startsWith(sampleUrl);
    // What is sent to production may be of real people, whatever it looks like.
    const kept = keptForm(form, environments.current.kind !== 'prod');
    const { manifestUri, workload } = this.origin;
    return {
      version: 2,
      manifestUri,
      workload,
      form: isSample ? { ...kept, url: '' } : kept,
      ...(isSample && { sampleSuffix: keptForm({ ...form, url: form.url.slice(sampleUrl.length) }, false).url }),
      ...(ask?.resource !== undefined && { resource: ask.resource }),
      ...(ask?.consumerOrg !== undefined && { consumerOrg: ask.consumerOrg }),
    };
  }

  /** Starts the sandbox if need be: with it as the environment, a request has somewhere to go at once. */
  private async findSampleUrl(): Promise<void> {
    const { environments, requests, log } = this.services;
    if (environments.current.kind !== 'sandbox' || !vscode.workspace.isTrusted) return;
    try {
      this.sampleUrl = await requests.sampleApiUrl();
      this.onDidChange();
    } catch (error) {
      log.error('The sandbox could not be started.', error);
    }
  }

  dispose(): void {
    this.subscriptions.dispose();
  }
}
