/** A half-open stretch of the file's text, in UTF-16 units of the file as read (a BOM counts as one). */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * A scalar as written in the file. `range` covers the text between the quotes, where there are any.
 * A templated text is what stands in the file, tags and all.
 */
export interface SourceValue<T = string> {
  readonly value: T;
  readonly range: Range;
  /** A Handlebars tag stands in or beside the text: the value is known only at deploy, so no rule judges it. */
  readonly templated: boolean;
  /** A tag had a hand in the text before it was rendered with variables: then `range` covers what stands in the file for it. */
  readonly rendered?: true;
}

export type ManifestKind = 'Application' | 'Naisjob' | 'MaskinportenClient';

/**
 * One item of `scopes.consumes`: a scope that the workload asks Maskinporten for.
 * An item of an older syntax (a plain string, or a list right under `scopes`) counts: it is what its author means.
 */
export interface ConsumedScope {
  readonly name: SourceValue;
  /** The whole list item, without the dash. */
  readonly range: Range;
}

export interface ScopeConsumer {
  readonly orgno: SourceValue;
  readonly name: SourceValue | undefined;
}

/** One item of `scopes.exposes`: a scope that the workload offers to other organisations. */
export interface ExposedScope {
  readonly product: SourceValue;
  readonly name: SourceValue;
  readonly separator: SourceValue | undefined;
  /** No boolean where it is templated or has another type; so with the numbers. */
  readonly enabled: SourceValue<boolean | undefined> | undefined;
  readonly atMaxAgeSeconds: SourceValue<number | undefined> | undefined;
  readonly consumers: readonly ScopeConsumer[];
  readonly range: Range;
}

/** One item of `accessPolicy.outbound.external`. An empty `ports` means TCP 443 for a host, every port for an ipv4. */
export interface OutboundRule {
  readonly host: SourceValue | undefined;
  readonly ipv4: SourceValue | undefined;
  readonly ports: readonly SourceValue<number | undefined>[];
  readonly range: Range;
}

/**
 * One item of `accessPolicy.outbound.rules`: an app in a cluster that the workload may call. `*` stands for all; without a
 * namespace it is the workload's own (nais/naiserator, networkpolicy.go).
 */
export interface OutboundApp {
  readonly application: SourceValue;
  readonly namespace: SourceValue | undefined;
  readonly cluster: SourceValue | undefined;
  readonly range: Range;
}

export interface EnvValue {
  readonly name: SourceValue;
  readonly value: SourceValue;
}

/** The `maskinporten` block of a workload, or the `scopes` block of a MaskinportenClient. */
export interface MaskinportenBlock {
  /** The key of the block and its whole value. */
  readonly range: Range;
  readonly keyRange: Range;
  readonly enabled: SourceValue<boolean | undefined> | undefined;
}

/** One YAML document of a kind that can have Maskinporten scopes. */
export interface Manifest {
  readonly kind: ManifestKind;
  readonly apiVersion: string;
  /** The document within the file, without the `---` lines. */
  readonly range: Range;
  readonly name: SourceValue | undefined;
  readonly namespace: SourceValue | undefined;
  readonly maskinporten: MaskinportenBlock | undefined;
  readonly consumes: readonly ConsumedScope[];
  readonly exposes: readonly ExposedScope[];
  readonly outbound: readonly OutboundRule[];
  readonly outboundApps?: readonly OutboundApp[] | undefined;
  readonly env: readonly EnvValue[];
  /** The port that the app listens on. */
  readonly port?: SourceValue<number | undefined> | undefined;
  /** `webproxy`, and `vault.enabled`: both are only there on-prem. */
  readonly webproxy?: SourceValue<boolean | undefined> | undefined;
  readonly vault?: SourceValue<boolean | undefined> | undefined;
}

/** What a file turned out to be, by its content. */
export type FileKind =
  | 'manifest'
  /** Values for a templated manifest: a top-level `maskinporten` without `kind`. */
  | 'variables'
  /** A Helm chart's template: left alone. */
  | 'helm'
  | 'other';
