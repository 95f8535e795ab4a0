import type { ManifestKind } from '../model';
import type { MapEntry } from '../nodes';
import { entriesOf, scalarOf, valueOf } from '../nodes';
import type { ManifestSource } from '../read';
import { lineStartOf, replaceScalar } from './edits';
import { addEntries } from './entries';
import { fix } from './fix';
import { hasAllKeys, isNull } from './judge';
import type { Breach, Rule } from './rule';

/** Rules on the document as a whole, and on its text. */
export const documentRules: readonly Rule[] = [
  { code: 'NM070', severity: 'error', alsoInSchema: true, check: wrongVersion },
  { code: 'NM071', severity: 'warning', alsoInSchema: false, check: withoutNamespace },
  { code: 'NM080', severity: 'warning', alsoInSchema: false, check: splitBraces },
  { code: 'NM082', severity: 'warning', alsoInSchema: false, check: excessiveAliases },
];

/** The versions of the Nais CRDs (nais/liberator, config/crd/bases). */
const API_VERSIONS: Readonly<Record<ManifestKind, string>> = {
  Application: 'nais.io/v1alpha1',
  Naisjob: 'nais.io/v1',
  MaskinportenClient: 'nais.io/v1',
};

function* wrongVersion({ root, manifest: { kind } }: ManifestSource): Iterable<Breach<'NM070'>> {
  const [entry, other] = entriesOf(root, 'apiVersion');
  const isOneKind = entriesOf(root, 'kind').length === 1;
  const expected = API_VERSIONS[kind];
  if (entry?.value.kind !== 'scalar' || other !== undefined || !isOneKind || entry.value.templated) {
    return;
  }
  const { value } = entry;
  if (value.text !== expected) {
    const fixes = fix({ kind: 'replace', result: expected }, replaceScalar(value, expected), true);
    yield { range: value.range, data: { kind, apiVersion: value.text, expected }, fixes };
  }
}

function* withoutNamespace(source: ManifestSource): Iterable<Breach<'NM071'>> {
  const { templates, root } = source;
  const [metadata, other] = entriesOf(root, 'metadata');
  const namespaces = entriesOf(metadata?.value, 'namespace');
  const isWritten = namespaces.some(({ value }) => !isNull(value) && !(value.kind === 'scalar' && value.text === ''));
  const shown = metadata ?? entriesOf(root, 'kind')[0];
  if (shown === undefined || other !== undefined || isWritten || !isWholeMap(source, metadata)) {
    return;
  }
  const team = scalarOf(valueOf(metadata?.value, 'labels'), 'team');
  const value = metadata?.value;
  const edit =
    team === undefined || team.templated || team.text === '' || value?.kind !== 'map' || namespaces.length > 0
      ? undefined
      : addEntries(
          templates.text,
          value,
          { namespace: team.text },
          { key: metadata?.key, quote: shown.key.style === 'double' },
        );
  const name = entriesOf(metadata?.value, 'name')[0];
  const range = (namespaces[0] ?? name ?? shown).key.range;
  yield { range, data: {}, fixes: fix({ kind: 'add-key', key: 'namespace', value: team?.text ?? '' }, edit, false) };
}

/** Whether nothing of the metadata hides behind a template. */
function isWholeMap({ templates, root }: ManifestSource, metadata: MapEntry | undefined): boolean {
  if (metadata === undefined) {
    return hasAllKeys(templates, root, root.range.start);
  }
  const { key, value } = metadata;
  return value.kind === 'map'
    ? hasAllKeys(templates, value, key.outer.end)
    : isNull(value) && !templates.mayGoOnAfter(key.outer.end);
}

/** What Prettier makes of `{{x}}`: to it, that is a map in a map. As a whole value only, and not in comments. */
const SPLIT_BRACES =
  /(^[ \t]*|[:-][ \t]+)(\{[ \t]+\{)[ \t]*([\w@./-]+(?: [\w@./-]+)*)[ \t]*(\}[ \t]+\})[ \t]*(?=\r?$|#)/gm;

function* splitBraces({ templates: { text, masked, tags } }: ManifestSource): Iterable<Breach<'NM080'>> {
  // A tag that someone is still typing would end with the braces that are joined.
  const unclosed = tags.find((tag) => !text.slice(tag.start, tag.end).endsWith('}}'))?.start ?? text.length;
  for (const match of masked.matchAll(SPLIT_BRACES)) {
    const [, before = '', open = '', tag = '', close = ''] = match;
    const line = masked.slice(lineStartOf(masked, match.index), match.index + before.length);
    if (/(?:^|\s)#/.test(line)) {
      continue;
    }
    const start = match.index + before.length;
    const end = masked.indexOf(close, start) + close.length;
    const edits = [
      { range: { start, end: start + open.length }, newText: '{{' },
      { range: { start: end - close.length, end }, newText: '}}' },
    ];
    yield {
      range: { start, end },
      data: { tag: `{{ ${tag} }}` },
      fixes: fix({ kind: 'join-braces' }, edits, start < unclosed),
    };
  }
}

function* excessiveAliases({ excessiveAlias }: ManifestSource): Iterable<Breach<'NM082'>> {
  if (excessiveAlias !== undefined) {
    yield { range: excessiveAlias, data: {} };
  }
}
