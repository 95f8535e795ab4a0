import {
  exposedScopeName,
  readFile,
  type ConsumedScope,
  type ExposedScope,
  type Manifest,
  type ManifestKind,
  type OutboundRule,
  type Range,
} from '../manifest';
import type { Fault } from './faults';
import { positionsIn } from './positions';
import type { Render } from './variables';

/**
 * What `inspect` prints of a file as JSON: part of the command's contract. `null` stands for what is not written, or
 * has another type than it must. Each `range` covers the text of the item's name or address, in UTF-16 units of the file
 * as read, a byte order mark included. `templated` says that a template has a hand in one of the item's values: they
 * are then what stands in the file, tags and all.
 */
export interface InspectReport {
  readonly file: string;
  readonly documents: readonly InspectedDocument[];
}

interface InspectedDocument {
  readonly kind: ManifestKind;
  readonly name: string | null;
  readonly namespace: string | null;
  readonly enabled: boolean | null;
  readonly consumes: readonly { readonly name: string; readonly templated: boolean; readonly range: Range }[];
  readonly exposes: readonly {
    readonly product: string;
    readonly name: string;
    /** As written. */
    readonly separator: string | null;
    /** The name at Digdir, with the separator that Digdirator puts where none is written. */
    readonly fullName: string;
    readonly templated: boolean;
    readonly range: Range;
  }[];
  readonly outbound: readonly {
    readonly host: string | null;
    readonly ipv4: string | null;
    readonly ports: readonly (number | null)[];
    readonly templated: boolean;
    readonly range: Range;
  }[];
}

export interface Inspected {
  readonly report: InspectReport;
  /** The same for people: `file:line:column: what value`. */
  readonly lines: readonly string[];
  /** What kept the variables from being filled in: then all is as the template has it. */
  readonly faults?: readonly Fault[];
}

/** Reads one file of any content; a file that is no manifest has no documents. `scopePrefix` is the cluster's, as `nav`.
 * With `render`, values are those that the variables give; ranges stay the file's. */
export function inspectText(file: string, text: string, scopePrefix: string, render?: Render): Inspected {
  const read = readFile(text);
  const rendered = read.kind === 'manifest' ? render?.(read) : undefined;
  const failure = rendered?.failure;
  const manifests =
    rendered === undefined || failure !== undefined
      ? read.documents.map(({ manifest }) => manifest)
      : rendered.manifests;
  const documents = manifests.map((manifest) => documentOf(manifest, scopePrefix));
  const positionOf = positionsIn(manifests.length > 0 ? text : '');
  const lines = manifests
    .flatMap((manifest) => linesOf(manifest, scopePrefix))
    .map(({ offset, what }) => {
      const { line, column } = positionOf(offset);
      return `${file}:${line}:${column}: ${what}`;
    });
  const inspected = { report: { file, documents }, lines };
  return failure === undefined
    ? inspected
    : { ...inspected, faults: [{ kind: 'not-rendered', path: file, finding: failure }] };
}

function documentOf(manifest: Manifest, scopePrefix: string): InspectedDocument {
  return {
    kind: manifest.kind,
    name: manifest.name?.value ?? null,
    namespace: manifest.namespace?.value ?? null,
    enabled: manifest.maskinporten?.enabled?.value ?? null,
    consumes: manifest.consumes.map(({ name }) => ({
      name: name.value,
      templated: name.templated,
      range: rangeOf(name.range),
    })),
    exposes: manifest.exposes.map((exposed) => ({
      product: exposed.product.value,
      name: exposed.name.value,
      separator: exposed.separator?.value ?? null,
      fullName: exposedScopeName(exposed, scopePrefix),
      templated: [exposed.product, exposed.name, exposed.separator].some((value) => value?.templated),
      range: rangeOf(exposed.name.range),
    })),
    outbound: manifest.outbound.map((rule) => ({
      host: rule.host?.value ?? null,
      ipv4: rule.ipv4?.value ?? null,
      ports: rule.ports.map(({ value }) => value ?? null),
      templated: [rule.host, rule.ipv4, ...rule.ports].some((value) => value?.templated),
      range: rangeOf(addressRange(rule)),
    })),
  };
}

function linesOf(manifest: Manifest, scopePrefix: string): { offset: number; what: string }[] {
  const consumed = ({ name }: ConsumedScope) => ({ offset: name.range.start, what: `consumes ${name.value}` });
  const exposed = (scope: ExposedScope) => ({
    offset: scope.name.range.start,
    what: `exposes ${exposedScopeName(scope, scopePrefix)}`,
  });
  const outbound = (rule: OutboundRule) => ({
    offset: addressRange(rule).start,
    what: words('outbound', rule.host?.value ?? rule.ipv4?.value, ...rule.ports.map(({ value }) => value)),
  });
  return [
    {
      offset: manifest.name?.range.start ?? manifest.range.start,
      what: words(manifest.kind, manifest.name?.value),
    },
    ...manifest.consumes.map(consumed),
    ...manifest.exposes.map(exposed),
    ...manifest.outbound.map(outbound),
  ];
}

function words(...parts: readonly (string | number | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(' ');
}

/** A rule with neither host nor ipv4 has nothing but itself to point at. */
function addressRange({ host, ipv4, range }: OutboundRule): Range {
  return host?.range ?? ipv4?.range ?? range;
}

function rangeOf({ start, end }: Range): Range {
  return { start, end };
}
