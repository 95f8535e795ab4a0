import type { Fix, TextEdit } from '../finding';
import type { MapEntry, ScalarNode } from '../nodes';
import { entriesOf, itemsOf } from '../nodes';
import type { ManifestSource } from '../read';
import { replaceScalar } from './edits';
import { addItem, appendEntries, fillEntry } from './entries';
import { isPlatformVariable } from './env';
import { fix } from './fix';
import { distinctItems, hasAllKeys, isHidden, isNull, textsOf } from './judge';
import type { Breach, Circumstances, Rule } from './rule';
import { singleScopes } from './scopes';
import type { Writable } from './write';

/** Rules on whether the pod reaches what it consumes: scopes against hosts. */
export const reachRules: readonly Rule[] = [
  { code: 'NM019', severity: 'information', alsoInSchema: false, check: nothingOpen },
  { code: 'NM020', severity: 'information', alsoInSchema: false, check: hostNotOpen },
  { code: 'NM021', severity: 'information', alsoInSchema: false, check: hostOfOtherEnvironment },
];

const PATH = ['accessPolicy', 'outbound', 'external'];
const PATH_OF_APPS = ['accessPolicy', 'outbound', 'rules'];

/** Only workloads have outbound rules; on-prem nothing comes of them (nais/naiserator, fqdnpolicy.go). */
function hasOutboundRules({ manifest }: ManifestSource, { onPrem }: Circumstances): boolean {
  const isOnPrem = onPrem || manifest.webproxy?.value === true || manifest.vault?.value === true;
  return manifest.kind !== 'MaskinportenClient' && !isOnPrem;
}

/** Neither off, nor on only when a template says so. */
function isOn(source: ManifestSource): boolean {
  const switches = source.blocks.flatMap(({ value }) => entriesOf(value, 'enabled'));
  return switches.length > 0 && switches.every(({ value }) => value.kind === 'scalar' && value.value === true);
}

function* nothingOpen(source: ManifestSource, circumstances: Circumstances): Iterable<Breach<'NM019'>> {
  const [consumes] = source.consumes.filter(({ value }) => value.kind === 'list' && value.items.length > 0);
  if (consumes === undefined || !isOn(source) || !hasOutboundRules(source, circumstances) || mayOpenHosts(source)) {
    return;
  }
  const scopes = [...singleScopes(source)].map(({ scope }) => scope);
  const hosts = scopes.map((scope) => circumstances.knownScopes.hostsOf(scope, circumstances.target)[0] ?? '');
  const title = { kind: 'add-key', key: 'external', value: '' } as const;
  yield {
    range: consumes.key.range,
    data: {},
    fixes: fix(
      title,
      openOutboundRules(
        source,
        [...new Set(hosts.length > 0 ? hosts : [''])].map((host) => ({ host })),
      ),
      false,
    ),
  };
}

/** Whether there is an outbound host, or a template that may bring one. */
function mayOpenHosts(source: ManifestSource): boolean {
  return itemsOf(source.external).length > 0 || mayBeOpenedElsewhere(source);
}

/** Whether a template may bring rules that are not seen. */
export function mayHoldMoreRules(source: ManifestSource): boolean {
  return mayHoldMore(source, source.external, PATH);
}

/** The same of `outbound.rules`. */
export function mayHoldMoreApps(source: ManifestSource): boolean {
  return mayHoldMore(source, source.apps, PATH_OF_APPS);
}

function mayHoldMore(source: ManifestSource, entries: readonly MapEntry[], path: readonly string[]): boolean {
  return itemsOf(entries).length === 0
    ? mayBeOpenedElsewhere(source, path)
    : entries.some(({ key, value }) => source.templates.mayHoldMore({ start: key.outer.end, end: value.range.end }));
}

function mayBeOpenedElsewhere({ templates, root }: ManifestSource, path: readonly string[] = PATH): boolean {
  const spec = entriesOf(root, 'spec').at(-1);
  if (spec?.value.kind !== 'map') {
    return true;
  }
  return pathTo(spec, path).some(({ key, value }, depth) => {
    // Hosts that lack their dashes are for NM006.
    const isMap = value.kind === 'map' && depth < path.length;
    const isEmpty = isNull(value) || isMap || (value.kind === 'list' && value.items.length === 0);
    const end = value.kind === 'scalar' ? value.outer.end : value.range.end;
    const isWhole = value.kind === 'map' ? hasAllKeys(templates, value, key.outer.end) : true;
    return !isEmpty || !isWhole || templates.mayHoldMore({ start: key.outer.end, end });
  });
}

/** The entries along a path of keys, as far as it goes. */
function pathTo(from: MapEntry, keys: readonly string[]): readonly MapEntry[] {
  const path = [from];
  for (const key of keys) {
    const next = entriesOf(path.at(-1)?.value, key).at(-1);
    if (next === undefined) {
      break;
    }
    path.push(next);
  }
  return path;
}

/** Adds what is missing of `accessPolicy.outbound.external`. A host may be empty, for its author to fill in. */
export function openOutboundRules(
  { templates, root }: ManifestSource,
  items: readonly Writable[],
): TextEdit | undefined {
  const spec = entriesOf(root, 'spec').at(-1);
  const path = spec === undefined ? [] : pathTo(spec, PATH);
  const last = path.at(-1);
  if (last === undefined) {
    return undefined;
  }
  const quote = last.key.style === 'double';
  const [first, ...others] = PATH.slice(path.length - 1);
  if (first === undefined) {
    return fillEntry(templates.text, last, items, quote);
  }
  const entries = { [first]: others.reduceRight<Writable>((value, key) => ({ [key]: value }), items) };
  return last.value.kind === 'map' && last.value.entries.length > 0
    ? appendEntries(templates, last.value, entries, { key: last.key, quote })
    : fillEntry(templates.text, last, entries, quote);
}

/** The owner's API, as far as it is known, should be among the hosts. */
function* hostNotOpen(source: ManifestSource, circumstances: Circumstances): Iterable<Breach<'NM020'>> {
  const { target, knownScopes } = circumstances;
  if (!isOn(source) || !hasOutboundRules(source, circumstances) || itemsOf(source.external).length === 0) {
    return;
  }
  const open = openHostNames(source);
  if (open === undefined) {
    return;
  }
  for (const { scope, name } of singleScopes(source)) {
    const hosts = knownScopes.hostsOf(scope, target);
    if (hosts.length > 0 && !hosts.some((host) => open.has(host))) {
      yield { range: name.range, data: { scope, hosts, target }, fixes: addHosts(source, hosts) };
    }
  }
}

/** The hosts of the outbound rules, in lower case; nothing where a template may bring more. */
function openHostNames({ templates, external }: ManifestSource): ReadonlySet<string> | undefined {
  const open = new Set<string>();
  for (const { value } of itemsOf(external)) {
    const hosts = entriesOf(value, 'host');
    if (
      value.kind === 'unread' ||
      hosts.some((host) => isHidden(templates.text, host.value)) ||
      templates.isTemplated(value.range)
    ) {
      return undefined;
    }
    for (const host of textsOf(value, 'host')) {
      open.add(host.value.toLowerCase());
    }
  }
  return external.some(({ key, value }) => templates.mayHoldMore({ start: key.outer.end, end: value.range.end }))
    ? undefined
    : open;
}

/**
 * The host that has to be opened for a scope that is about to be consumed, and the edit that does it. Nothing where the
 * scope's API is not known for the target, is open, may be open, or needs no rule.
 */
export function openingFor(
  source: ManifestSource,
  circumstances: Circumstances,
  scope: string,
): { readonly host: string; readonly edit: TextEdit } | undefined {
  const hosts = circumstances.knownScopes.hostsOf(scope, circumstances.target);
  const open = openHostNames(source);
  const [host] = hosts;
  const [entry, other] = source.external;
  if (
    host === undefined ||
    open === undefined ||
    other !== undefined ||
    hosts.some((known) => open.has(known)) ||
    !hasOutboundRules(source, circumstances)
  ) {
    return undefined;
  }
  const hasItems = itemsOf(source.external).length > 0;
  if (!hasItems && mayOpenHosts(source)) {
    return undefined;
  }
  const edit =
    hasItems && entry !== undefined
      ? addItem(source.templates, entry, { host })
      : openOutboundRules(source, [{ host }]);
  return edit && { host, edit };
}

function addHosts({ templates, external }: ManifestSource, hosts: readonly string[]): readonly Fix[] {
  const [entry, other] = external;
  return entry === undefined || other !== undefined
    ? []
    : hosts.flatMap((host) => fix({ kind: 'add-host', host }, addItem(templates, entry, { host }), false));
}

/** In a branch of a template either environment may be meant. */
function* hostOfOtherEnvironment(source: ManifestSource, circumstances: Circumstances): Iterable<Breach<'NM021'>> {
  const { target, knownScopes } = circumstances;
  if (target === 'unknown') {
    return;
  }
  for (const { written, host } of [...outboundHosts(source), ...addressHosts(source)]) {
    const role = source.templates.branchAt(written.range.start) === 0 ? knownScopes.roleOf(host) : undefined;
    if (role !== undefined && role.target !== target) {
      const fixes = role.counterparts.flatMap((result) =>
        fix({ kind: 'replace', result }, replaceScalar(written, written.text.replace(host, result)), false),
      );
      yield { range: written.range, data: { host, counterparts: role.counterparts, target }, fixes };
    }
  }
}

interface WrittenHost {
  readonly written: ScalarNode;
  readonly host: string;
}

function* outboundHosts(source: ManifestSource): Iterable<WrittenHost> {
  for (const { item } of distinctItems(source.external)) {
    for (const written of textsOf(item.value, 'host')) {
      yield { written, host: written.value };
    }
  }
}

/** Addresses in `env`. What the platform sets itself is for NM030; an address elsewhere may be a link for people. */
function* addressHosts(source: ManifestSource): Iterable<WrittenHost> {
  for (const { item } of distinctItems(source.env)) {
    const [name] = textsOf(item.value, 'name');
    for (const written of textsOf(item.value, 'value')) {
      const host = /^https:\/\/([^/:?#]+)/.exec(written.value)?.[1];
      const isPlatforms = name !== undefined && isPlatformVariable(name.value);
      if (host !== undefined && !isPlatforms && written.style !== 'block') {
        yield { written, host };
      }
    }
  }
}
