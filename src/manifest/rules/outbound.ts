import type { Fix, HostProblem } from '../finding';
import type { Range } from '../model';
import type { MapEntry, MapNode, ScalarNode } from '../nodes';
import { entriesOf } from '../nodes';
import type { ManifestSource } from '../read';
import { replaceScalar } from './edits';
import { addEntries, removeEntry, removeItem } from './entries';
import { fix } from './fix';
import type { EntryItem } from './judge';
import {
  distinctItems,
  hasAllKeys,
  isNull,
  isTemplatedItem,
  isSplitTag,
  itemsOfLists,
  textsOf,
  visibleItem,
  writtenUnder,
} from './judge';
import { isKnownKey, nearestKey } from './keys';
import { bareHost, isHost, isIpv4 } from './hosts';
import type { Breach, Rule } from './rule';
import { namedEdits } from './wrapping';

/** Rules on the items of `accessPolicy.outbound.external`, one by one. */
export const outboundRules: readonly Rule[] = [
  { code: 'NM022', severity: 'error', alsoInSchema: true, check: noBareHost },
  { code: 'NM023', severity: 'warning', alsoInSchema: false, check: hostAndAddress },
  { code: 'NM024', severity: 'warning', alsoInSchema: false, check: neitherHostNorAddress },
  { code: 'NM025', severity: 'error', alsoInSchema: true, check: noAddress },
  { code: 'NM027', severity: 'hint', alsoInSchema: false, check: duplicateHosts },
  { code: 'NM028', severity: 'warning', alsoInSchema: false, check: addressAsHost },
];

const HTTPS_PORT = 443;

interface OutboundItem extends EntryItem {
  readonly map: MapNode;
  readonly quote: boolean;
}

function* outboundItems(source: ManifestSource): Iterable<OutboundItem> {
  for (const { item, entry } of distinctItems(source.external)) {
    if (item.value.kind === 'map' && !isSplitTag(source.templates.text, item.value)) {
      yield { item, entry, map: item.value, quote: entry.key.style === 'double' };
    }
  }
}

function* noBareHost(source: ManifestSource): Iterable<Breach<'NM022'>> {
  for (const outbound of outboundItems(source)) {
    for (const { range, text, value, scalar } of writtenUnder(source.templates, outbound.map, 'host')) {
      if (typeof value !== 'string' || !isHost(value)) {
        const problem = typeof value === 'string' ? hostProblem(value) : 'no-text';
        const fixes = typeof value === 'string' && scalar ? stripHost(source.templates.text, outbound, scalar) : [];
        yield { range, data: { host: text, problem }, fixes };
      }
    }
  }
}

function hostProblem(host: string): HostProblem {
  if (host.trim() === '') {
    return 'empty';
  }
  if (host.includes('*')) {
    return 'wildcard';
  }
  if (host.includes('/')) {
    return 'address';
  }
  return /:\d+$/.test(host) ? 'port' : isHost(host.replace(/\.$/, '')) ? 'trailing-dot' : 'characters';
}

/** Leaves the bare host, and moves a port that was in it to `ports`. */
function stripHost(text: string, { map, quote }: OutboundItem, host: ScalarNode): readonly Fix[] {
  const bare = bareHost(host.text);
  if (bare === undefined || isIpv4(bare.host)) {
    return [];
  }
  const title = { kind: 'remove-characters', result: bare.host } as const;
  const replacement = replaceScalar(host, bare.host);
  const ports = entriesOf(map, 'ports');
  if (bare.port === undefined || (bare.port === HTTPS_PORT && ports.length === 0)) {
    return fix(title, replacement, true);
  }
  // Which ports are meant, where both name some, is not ours to guess.
  return ports.length > 0
    ? []
    : fix(
        title,
        [addEntries(text, map, { ports: [{ port: bare.port }] }, { key: undefined, quote }), replacement],
        false,
      );
}

/** Neither generator makes a rule of such an item (nais/naiserator, fqdnpolicy.go and networkpolicy.go). */
function* hostAndAddress(source: ManifestSource): Iterable<Breach<'NM023'>> {
  const { text } = source.templates;
  for (const { map } of outboundItems(source)) {
    const [host, otherHost] = entriesOf(map, 'host');
    const [ipv4, otherIpv4] = entriesOf(map, 'ipv4');
    if (!isWritten(host) || !isWritten(ipv4) || otherHost !== undefined || otherIpv4 !== undefined) {
      continue;
    }
    // What a template chooses between is not both.
    if (source.templates.branchAt(host.key.range.start) !== source.templates.branchAt(ipv4.key.range.start)) {
      continue;
    }
    yield {
      range: ipv4.value.range,
      data: { host: host.value.text, ipv4: ipv4.value.text },
      fixes: [
        ...fix({ kind: 'remove-key', key: 'ipv4' }, removeEntry(text, map, ipv4), false),
        ...fix({ kind: 'remove-key', key: 'host' }, removeEntry(text, map, host), false),
      ],
    };
  }
}

function isWritten(entry: MapEntry | undefined): entry is MapEntry & { readonly value: ScalarNode } {
  return entry?.value.kind === 'scalar' && !entry.value.templated && entry.value.text !== '' && !isNull(entry.value);
}

function* neitherHostNorAddress(source: ManifestSource): Iterable<Breach<'NM024'>> {
  const { templates } = source;
  const { text } = templates;
  for (const { item, entry } of distinctItems(source.external)) {
    const { value } = item;
    if (entry.value.kind !== 'list' || isTemplatedItem(templates, item)) {
      continue;
    }
    if (value.kind === 'list') {
      yield { range: visibleItem(text, item), data: { problem: 'text' }, severity: 'error', alsoInSchema: true };
    } else if (value.kind === 'scalar' && value.value !== null) {
      const style = { flow: entry.value.flow, quoteKeys: entry.key.style === 'double', key: 'host' };
      const edits = isHost(value.text) ? namedEdits(text, item, value, style) : undefined;
      yield {
        range: value.range,
        data: { problem: 'text' },
        fixes: edits === undefined ? [] : fix({ kind: 'wrap-key', key: 'host' }, edits, true),
        severity: 'error',
        alsoInSchema: true,
      };
    } else if (value.kind === 'scalar' || (value.kind === 'map' && isWithoutTarget(source, value))) {
      const fixes = fix({ kind: 'remove-item' }, removeItem(text, item, entry.value), false);
      yield { range: visibleItem(text, item), data: { problem: 'empty' }, fixes };
    }
  }
}

function isWithoutTarget({ templates }: ManifestSource, map: MapNode): boolean {
  return (
    !isSplitTag(templates.text, map) &&
    hasAllKeys(templates, map, map.range.start) &&
    // A key that was meant to be one of them is for NM005.
    !map.entries.some(
      ({ key }) =>
        ['host', 'ipv4'].includes(nearestKey('external', key.text) ?? '') && !isKnownKey('external', key.text),
    ) &&
    [...entriesOf(map, 'host'), ...entriesOf(map, 'ipv4')].every(({ value }) => isNull(value))
  );
}

function* noAddress(source: ManifestSource): Iterable<Breach<'NM025'>> {
  for (const { map } of outboundItems(source)) {
    for (const { key, range, text: ipv4, scalar } of writtenUnder(source.templates, map, 'ipv4')) {
      if (isIpv4(ipv4)) {
        continue;
      }
      const network = /^(.*)\/32$/.exec(ipv4)?.[1];
      const isHostName = isHost(ipv4) && /[a-z]/i.test(ipv4);
      const fixes =
        scalar !== undefined && network !== undefined && isIpv4(network)
          ? fix({ kind: 'remove-characters', result: network }, { range, newText: network }, true)
          : isHostName && entriesOf(map, 'host').length === 0
            ? fix({ kind: 'rename-key', from: 'ipv4', to: 'host' }, { range: key.range, newText: 'host' }, false)
            : [];
      const problem = isHostName ? 'host-name' : ipv4.includes('/') ? 'network' : 'malformed';
      yield { range, data: { ipv4, problem }, fixes };
    }
  }
}

function* duplicateHosts(source: ManifestSource): Iterable<Breach<'NM027'>> {
  const { templates } = source;
  const firsts = new Map<
    /* branch and host */ string,
    { readonly range: Range; readonly ports: ReadonlySet<unknown> }
  >();
  for (const { item, list } of itemsOfLists(source.external)) {
    const map = item.value;
    if (map.kind !== 'map') {
      continue;
    }
    const ports = portsOf(map);
    const [host, other] = [...textsOf(map, 'host')];
    if (host === undefined || other !== undefined || ports === undefined || entriesOf(map, 'ipv4').length > 0) {
      continue;
    }
    const range = item.alias ? item.range : host.range;
    const key = `${templates.branchAt(range.start)} ${host.value.toLowerCase()}`;
    const first = firsts.get(key);
    if (first === undefined) {
      firsts.set(key, { range, ports });
    } else if ([...ports].some((port) => first.ports.has(port))) {
      const isNeedless = [...ports].every((port) => first.ports.has(port));
      const edit = isNeedless ? removeItem(templates.text, item, list) : undefined;
      yield {
        range,
        data: { host: host.value, first: first.range },
        fixes: fix({ kind: 'remove-item' }, edit, false),
      };
    }
  }
}

/** The ports that an item opens; nothing where a template or a mistake hides them. */
function portsOf(map: MapNode): ReadonlySet<unknown> | undefined {
  const [entry, other] = entriesOf(map, 'ports');
  if (entry === undefined || isNull(entry.value)) {
    return new Set([HTTPS_PORT]);
  }
  if (other !== undefined || entry.value.kind !== 'list') {
    return undefined;
  }
  const ports = entry.value.items.flatMap(({ value }) => entriesOf(value, 'port').map((port) => port.value));
  const numbers = ports.flatMap((port) => (port.kind === 'scalar' && !port.templated ? [port.value] : []));
  return numbers.length < entry.value.items.length ? undefined : new Set(numbers.length > 0 ? numbers : [HTTPS_PORT]);
}

function* addressAsHost(source: ManifestSource): Iterable<Breach<'NM028'>> {
  const { text } = source.templates;
  for (const { map, quote } of outboundItems(source)) {
    for (const { key, value } of entriesOf(map, 'host')) {
      if (value.kind === 'scalar' && !value.templated && isIpv4(value.text)) {
        // An address without ports opens every port, a host only this one.
        const ports = entriesOf(map, 'ports');
        const added = addEntries(text, map, { ports: [{ port: HTTPS_PORT }] }, { key: undefined, quote });
        const edits = [...(ports.length > 0 ? [] : [added]), { range: key.range, newText: 'ipv4' }];
        const hasAddress = entriesOf(map, 'ipv4').length > 0;
        yield {
          range: value.range,
          data: { host: value.text },
          fixes: hasAddress ? [] : fix({ kind: 'rename-key', from: 'host', to: 'ipv4' }, edits, false),
        };
      }
    }
  }
}
