import type { MaskedText } from './mask';
import type {
  ConsumedScope,
  EnvValue,
  ExposedScope,
  Manifest,
  ManifestKind,
  MaskinportenBlock,
  OutboundApp,
  OutboundRule,
  Range,
  ScopeConsumer,
  SourceValue,
} from './model';
import type { ListItem, ListNode, MapEntry, MapNode, Node, ScalarNode } from './nodes';
import { entriesOf, itemsOf, outerRange, scalarOf, valueOf } from './nodes';
import type { ParsedDocument } from './parse';

/**
 * One manifest with the nodes that its Maskinporten part was read from. Every range in it is relative to the
 * document, so that it holds as long as the document's text does, wherever the document moves in its file.
 */
export interface ManifestSource {
  readonly templates: MaskedText;
  readonly manifest: Manifest;
  readonly root: MapNode;
  /** `spec.maskinporten`; none for a MaskinportenClient, whose `spec` has the scopes itself. */
  readonly blocks: readonly MapEntry[];
  /** Each may stand more than once, in different branches of a template. */
  readonly scopes: readonly MapEntry[];
  readonly consumes: readonly MapEntry[];
  readonly exposes: readonly MapEntry[];
  /** `accessPolicy.outbound.external`. */
  readonly external: readonly MapEntry[];
  /** `accessPolicy.outbound.rules`. */
  readonly apps: readonly MapEntry[];
  readonly env: readonly MapEntry[];
  /** From this alias on, aliases were not followed. */
  readonly excessiveAlias: Range | undefined;
  /** What rules make of all this, each of it once, by the function that makes it; only while they run. */
  readonly derived?: Map<unknown, unknown>;
}

const KINDS: ReadonlySet<string> = new Set<ManifestKind>(['Application', 'Naisjob', 'MaskinportenClient']);

/** Reads a document of a kind that can have Maskinporten scopes (Nais CRDs, group `nais.io`); nothing of others. */
export function readManifest(
  templates: MaskedText,
  { root, excessiveAlias }: ParsedDocument,
): ManifestSource | undefined {
  const kind = scalarOf(root, 'kind');
  const apiVersion = scalarOf(root, 'apiVersion')?.text ?? '';
  if (kind === undefined || !isManifestKind(kind.text) || !apiVersion.startsWith('nais.io/')) {
    return undefined;
  }
  const spec = valueOf(root, 'spec');
  const metadata = valueOf(root, 'metadata');
  const blocks = kind.text === 'MaskinportenClient' ? [] : entriesOf(spec, 'maskinporten');
  const holders = kind.text === 'MaskinportenClient' ? [spec] : blocks.map(({ value }) => value);
  const scopes = holders.flatMap((node) => entriesOf(node, 'scopes'));
  const consumes = scopes.flatMap(({ value }) => entriesOf(value, 'consumes'));
  const exposes = scopes.flatMap(({ value }) => entriesOf(value, 'exposes'));
  const outbound = entriesOf(spec, 'accessPolicy').flatMap(({ value }) => entriesOf(value, 'outbound'));
  const external = outbound.flatMap(({ value }) => entriesOf(value, 'external'));
  const apps = outbound.flatMap(({ value }) => entriesOf(value, 'rules'));
  const env = entriesOf(spec, 'env');
  const manifest: Manifest = {
    kind: kind.text,
    apiVersion,
    range: { start: 0, end: templates.text.length },
    name: sourceText(scalarOf(metadata, 'name')),
    namespace: sourceText(scalarOf(metadata, 'namespace')),
    maskinporten: maskinportenBlock((kind.text === 'MaskinportenClient' ? scopes : blocks).at(-1)),
    consumes: [...itemsOf(scopes), ...itemsOf(consumes)].flatMap(consumedScope),
    exposes: exposedScopes(exposes),
    outbound: itemsOf(external).flatMap(outboundRule),
    outboundApps: itemsOf(apps).flatMap(outboundApp),
    env: itemsOf(env).flatMap(envValue),
    port: sourceNumber(scalarOf(spec, 'port')),
    webproxy: sourceBoolean(scalarOf(spec, 'webproxy')),
    vault: sourceBoolean(scalarOf(valueOf(spec, 'vault'), 'enabled')),
  };
  return { templates, manifest, root, blocks, scopes, consumes, exposes, external, apps, env, excessiveAlias };
}

/** Values for a templated manifest, as nais/deploy takes them in `VARS`: what a manifest has, but at the top. */
export function hasVariables(root: MapNode): boolean {
  return entriesOf(root, 'maskinporten').length > 0 && entriesOf(root, 'kind').length === 0;
}

function isManifestKind(kind: string): kind is ManifestKind {
  return KINDS.has(kind);
}

/** The name of an item of `consumes`, in today's syntax and in the older ones. */
export function consumedNameOf(item: Node): ScalarNode | undefined {
  return item.kind === 'scalar' ? item : (scalarOf(item, 'name') ?? scalarOf(item, 'scope'));
}

function consumedScope(item: ListItem): ConsumedScope[] {
  const name = sourceText(consumedNameOf(item.value));
  return name === undefined ? [] : [{ name, range: item.range }];
}

function exposedScopes(entries: readonly MapEntry[]): ExposedScope[] {
  const consumersOf = new Map<Node, readonly ScopeConsumer[]>();
  return itemsOf(entries).flatMap((item): ExposedScope[] => {
    const product = sourceText(scalarOf(item.value, 'product'));
    const name = sourceText(scalarOf(item.value, 'name'));
    if (product === undefined || name === undefined) {
      return [];
    }
    const consumers = entriesOf(item.value, 'consumers').flatMap(({ value }) => {
      const known = consumersOf.get(value) ?? (value.kind === 'list' ? scopeConsumers(value) : []);
      consumersOf.set(value, known);
      return known;
    });
    return [
      {
        product,
        name,
        separator: sourceText(scalarOf(item.value, 'separator')),
        enabled: sourceBoolean(scalarOf(item.value, 'enabled')),
        atMaxAgeSeconds: sourceNumber(scalarOf(item.value, 'atMaxAge')),
        consumers,
        range: item.range,
      },
    ];
  });
}

function scopeConsumers(list: ListNode): ScopeConsumer[] {
  return list.items.flatMap(({ value }) => {
    const orgno = sourceText(scalarOf(value, 'orgno'));
    return orgno === undefined ? [] : [{ orgno, name: sourceText(scalarOf(value, 'name')) }];
  });
}

function outboundRule(item: ListItem): OutboundRule[] {
  if (item.value.kind !== 'map') {
    return [];
  }
  return [
    {
      host: sourceText(scalarOf(item.value, 'host')),
      ipv4: sourceText(scalarOf(item.value, 'ipv4')),
      ports: itemsOf(entriesOf(item.value, 'ports')).flatMap(
        ({ value }) => sourceNumber(scalarOf(value, 'port')) ?? [],
      ),
      range: item.range,
    },
  ];
}

function outboundApp({ value, range }: ListItem): OutboundApp[] {
  const application = sourceText(scalarOf(value, 'application'));
  const namespace = sourceText(scalarOf(value, 'namespace'));
  return application === undefined
    ? []
    : [{ application, namespace, cluster: sourceText(scalarOf(value, 'cluster')), range }];
}

function envValue(item: ListItem): EnvValue[] {
  const name = sourceText(scalarOf(item.value, 'name'));
  const value = sourceText(scalarOf(item.value, 'value'));
  return name === undefined || value === undefined ? [] : [{ name, value }];
}

function maskinportenBlock(entry: MapEntry | undefined): MaskinportenBlock | undefined {
  if (entry === undefined) {
    return undefined;
  }
  const keyRange = entry.key.range;
  const start = entry.key.outer.start;
  // A block that came through an alias stands before its key.
  const end = Math.max(entry.key.outer.end, outerRange(entry.value).end);
  return { range: { start, end }, keyRange, enabled: sourceBoolean(scalarOf(entry.value, 'enabled')) };
}

/** Null is the absence of a value, not a text. */
function sourceText(node: ScalarNode | undefined): SourceValue | undefined {
  return node === undefined || (node.value === null && !node.templated)
    ? undefined
    : { value: node.text, range: node.range, templated: node.templated };
}

function sourceBoolean(node: ScalarNode | undefined): SourceValue<boolean | undefined> | undefined {
  return node && { value: literal(node, 'boolean'), range: node.range, templated: node.templated };
}

function sourceNumber(node: ScalarNode | undefined): SourceValue<number | undefined> | undefined {
  return node && { value: literal(node, 'number'), range: node.range, templated: node.templated };
}

function literal(node: ScalarNode, type: 'boolean'): boolean | undefined;
function literal(node: ScalarNode, type: 'number'): number | undefined;
function literal(node: ScalarNode, type: 'boolean' | 'number'): unknown {
  return !node.templated && typeof node.value === type ? node.value : undefined;
}
