import * as vscode from 'vscode';
import { exposedScopeName, ownerOf, type ConsumedScope, type ExposedScope, type OutboundRule } from '../manifest';
import type { WorkloadReference } from '../shared/workload';
import type { TokenAsk } from '../state/tokens';
import { wordProblemShort } from '../words/shortProblem';
import { wordProblem } from '../words/problems';
import { wordTokenState } from '../words/tokenState';
import { LeafNode, type GroupNode, type NodeContext, type WorkloadPlace } from './nodes';

/** How long tokens of an exposed scope live unless the manifest says otherwise (nais/liberator, digdirator_types.go). */
const DEFAULT_LIFETIME_SECONDS = 30;

/** What Nais opens for a host without ports (Nais reference, accessPolicy.outbound). */
const HTTPS_PORT = 443;

/** A consumed scope. It carries what the commands of its row need. */
export class ConsumedNode extends LeafNode {
  /** Nothing where only a template knows the scope. */
  readonly ask: TokenAsk | undefined;
  readonly copyText: string | undefined;
  /** The page about the scope's API, where it is publicly known. */
  readonly documentation: string | undefined;

  constructor(
    context: NodeContext,
    key: string,
    parent: GroupNode,
    place: WorkloadPlace,
    private readonly scope: ConsumedScope,
  ) {
    super(context, key, parent, place, scope.range);
    const { value, templated } = scope.name;
    this.copyText = templated || value === '' ? undefined : value;
    this.ask = this.copyText === undefined ? undefined : { ...referenceTo(place), scopes: [this.copyText] };
    this.documentation = context.knownScopes.current.get(value)?.documentation;
  }

  protected get texts(): readonly (string | undefined)[] {
    const { value } = this.scope.name;
    return [value, ownerOf(value)?.name];
  }

  override item(): vscode.TreeItem {
    const { t } = this.context;
    const { value, templated, rendered = false } = this.scope.name;
    const owner = ownerOf(value)?.name;
    const item = this.leaf({
      label: value === '' ? t('(no name)') : value,
      kind: t('consumed scope'),
      templated,
      rendered,
      ...this.token,
      scenarios: this.scenarios,
      details: [...this.refusal, ...(owner === undefined ? [] : [t('Owned by {owner}.', { owner })])],
    });
    const states = [this.copyText === undefined ? 'unknownScope' : 'consumedScope'];
    if (this.documentation !== undefined) states.push('documented');
    if (this.scenarios.length > 0) states.push('scenario');
    item.contextValue = states.join(' ');
    return item;
  }

  private get scenarios(): readonly string[] {
    const scope = this.copyText;
    return scope === undefined ? [] : this.context.wordScenarios({ workload: referenceTo(this.place), scope });
  }

  /** What the last answer was about, when it was no token. */
  private get refusal(): readonly string[] {
    const { t, tokens } = this.context;
    const problem = this.ask && tokens.lastProblem(this.ask);
    if (!problem) return [];
    const { title, cause, cure } = wordProblem(problem, t);
    return [title, cause, cure];
  }

  /** Whether there is a token. */
  private get token() {
    const { t, tokens } = this.context;
    const nowMs = Date.now();
    const problem = this.ask && tokens.lastProblem(this.ask);
    if (problem) {
      return {
        description: wordProblemShort(problem, t),
        icon: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
      };
    }
    const token = this.ask && tokens.peek(this.ask);
    return {
      description: wordTokenState(token, nowMs, t),
      icon:
        token !== undefined && nowMs < token.expiresAtMs
          ? new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'))
          : new vscode.ThemeIcon('circle-outline'),
    };
  }
}

function referenceTo({ source, workload }: WorkloadPlace): WorkloadReference {
  return { manifestUri: source.uri.toString(), workload };
}

/** An exposed scope, by the name that it has at Digdir. */
export class ExposedNode extends LeafNode {
  constructor(
    context: NodeContext,
    key: string,
    parent: GroupNode,
    place: WorkloadPlace,
    private readonly scope: ExposedScope,
  ) {
    super(context, key, parent, place, scope.range);
  }

  get copyText(): string | undefined {
    return this.isTemplated ? undefined : this.fullName;
  }

  protected get texts(): readonly (string | undefined)[] {
    return [this.fullName, ...this.scope.consumers.flatMap(({ name, orgno }) => [name?.value, orgno.value])];
  }

  override item(): vscode.TreeItem {
    const { t } = this.context;
    const { consumers, atMaxAgeSeconds } = this.scope;
    const who = consumers.length === 1 ? t('1 consumer') : t('{count} consumers', { count: consumers.length });
    const seconds = atMaxAgeSeconds?.templated ? undefined : (atMaxAgeSeconds?.value ?? DEFAULT_LIFETIME_SECONDS);
    const item = this.leaf({
      label: this.fullName,
      kind: t('exposed scope'),
      description: seconds === undefined ? who : `${who} · ${t('{count} s', { count: seconds })}`,
      icon: new vscode.ThemeIcon('broadcast'),
      templated: this.isTemplated,
      rendered: [this.scope.product, this.scope.name].some(({ rendered }) => rendered),
      details: [
        ...consumers.map(({ name, orgno }) => [name?.value, orgno.value].filter(Boolean).join(' · ')),
        ...(seconds === undefined ? [] : [t('Its tokens live {seconds} seconds.', { seconds })]),
      ],
    });
    item.contextValue = this.isTemplated ? 'unknownScope' : 'exposedScope';
    return item;
  }

  private get isTemplated(): boolean {
    return this.scope.product.templated || this.scope.name.templated;
  }

  private get fullName(): string {
    return exposedScopeName(this.scope, this.context.organisation.scopePrefix);
  }
}

/** A host or an address that the pod may reach. */
export class OutboundNode extends LeafNode {
  readonly copyText: string | undefined;
  protected readonly texts: readonly (string | undefined)[];

  constructor(
    context: NodeContext,
    key: string,
    parent: GroupNode,
    place: WorkloadPlace,
    private readonly rule: OutboundRule,
  ) {
    super(context, key, parent, place, rule.range);
    const target = rule.host ?? rule.ipv4;
    this.copyText = target?.templated || target?.value === '' ? undefined : target?.value;
    this.texts = [target?.value];
  }

  override item(): vscode.TreeItem {
    const { t } = this.context;
    const { host, ipv4, ports } = this.rule;
    const target = host ?? ipv4;
    const item = this.leaf({
      label: target?.value ?? t('(no host)'),
      kind: t('outbound host'),
      description:
        ports.length > 0
          ? ports.flatMap(({ value }) => value ?? '?').join(', ')
          : host
            ? String(HTTPS_PORT)
            : t('every port'),
      icon: new vscode.ThemeIcon('server'),
      templated: target?.templated === true,
      rendered: target?.rendered === true,
    });
    item.contextValue = this.copyText === undefined ? 'unknownHost' : 'host';
    return item;
  }
}
