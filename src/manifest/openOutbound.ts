import { readFile } from './file';
import type { TextEdit } from './finding';
import type { MapEntry, MapNode } from './nodes';
import { entriesOf, itemsOf } from './nodes';
import { shifted } from './range';
import type { ManifestSource } from './read';
import { addEntries, addItem } from './rules/entries';
import { isIpv4 } from './rules/hosts';
import { distinctItems, textsOf } from './rules/judge';
import { openOutboundRules } from './rules/reach';
import type { Writable } from './rules/write';

const HTTPS_PORT = 443;

/**
 * Opens a host, or an IPv4 address, and a port for the pod: the rule is added, in the style of those that stand there,
 * or gets the port if there is one for the host already. Nothing where it cannot be written without guessing. `start` is
 * where the document starts in the file.
 */
export function openOutbound(
  text: string,
  start: number,
  { host, port }: { readonly host: string; readonly port: number },
): TextEdit | undefined {
  const document = readFile(text).documents.find((candidate) => candidate.start === start);
  if (document === undefined || document.manifest.kind === 'MaskinportenClient') {
    return undefined;
  }
  const { source } = document;
  const edit = edits(source, host, port);
  return edit && shifted(edit, document.start);
}

function edits(source: ManifestSource, host: string, port: number): TextEdit | undefined {
  const isAddress = isIpv4(host);
  const existing = [...distinctItems(source.external)].find(
    ({ item }) =>
      item.value.kind === 'map' &&
      [...textsOf(item.value, isAddress ? 'ipv4' : 'host')].some((text) => text.value.toLowerCase() === host) &&
      entriesOf(item.value, isAddress ? 'host' : 'ipv4').length === 0,
  );
  if (existing?.item.value.kind === 'map') {
    return addPort(source, existing.item.value, existing.entry, port);
  }
  // Without ports an address opens every one of them, a host 443 alone.
  const ports = port === HTTPS_PORT && !isAddress ? {} : { ports: [{ port }] };
  const item: Writable = isAddress ? { ipv4: host, ...ports } : { host, ...ports };
  const [entry, other] = source.external;
  if (entry !== undefined && itemsOf(source.external).length > 0) {
    return other === undefined ? addItem(source.templates, entry, item) : undefined;
  }
  return openOutboundRules(source, [item]);
}

/** A host without ports has 443, which must be named when another is. */
function addPort({ templates }: ManifestSource, map: MapNode, list: MapEntry, port: number): TextEdit | undefined {
  const [ports, other] = entriesOf(map, 'ports');
  if (ports !== undefined) {
    return other === undefined ? addItem(templates, ports, { port }) : undefined;
  }
  const added = { ports: [{ port: HTTPS_PORT }, { port }] };
  return addEntries(templates.text, map, added, { key: undefined, quote: list.key.style === 'double' });
}
