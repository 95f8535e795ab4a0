import type { ManifestKind, Range } from './model';
import type { ManifestDocument } from './reading';
import { exposedScopeName } from './scopeName';

/** What of a manifest is in an outline. */
export type SymbolSubject =
  | { readonly kind: 'workload'; readonly name: string | undefined; readonly workload: ManifestKind }
  | { readonly kind: 'consumes' | 'exposes' | 'outbound' }
  | { readonly kind: 'consumed' | 'exposed' | 'host'; readonly name: string; readonly templated: boolean };

export interface ManifestSymbol {
  readonly subject: SymbolSubject;
  /** All that belongs to it; within the range of what holds it. */
  readonly range: Range;
  /** What names it, within `range`. */
  readonly nameRange: Range;
  readonly children: readonly ManifestSymbol[];
}

/** The outline of a manifest: what it consumes, exposes and opens. Ranges are the file's. */
export function symbolsOf(
  { manifest, listKeys, range }: Pick<ManifestDocument, 'manifest' | 'listKeys' | 'range'>,
  scopePrefix: string,
): ManifestSymbol {
  const consumed = manifest.consumes.map(({ name, range }) =>
    leaf({ kind: 'consumed', name: name.value, templated: name.templated }, range, name.range),
  );
  const exposed = manifest.exposes.map((scope) => {
    const templated = scope.product.templated || scope.name.templated;
    const name = templated ? scope.name.value : exposedScopeName(scope, scopePrefix);
    return leaf({ kind: 'exposed', name, templated }, scope.range, scope.name.range);
  });
  const hosts = manifest.outbound.flatMap(({ host, ipv4, range }) => {
    const target = host ?? ipv4;
    return target ? [leaf({ kind: 'host', name: target.value, templated: target.templated }, range, target.range)] : [];
  });
  return {
    subject: { kind: 'workload', name: manifest.name?.value, workload: manifest.kind },
    range,
    nameRange: manifest.name?.range ?? { start: range.start, end: range.start },
    children: [
      ...group('consumes', listKeys.consumes, consumed),
      ...group('exposes', listKeys.exposes, exposed),
      ...group('outbound', listKeys.outbound, hosts),
    ].sort((a, b) => a.range.start - b.range.start),
  };
}

function leaf(subject: SymbolSubject, range: Range, nameRange: Range): ManifestSymbol {
  return { subject, range: spanning([range, nameRange]), nameRange, children: [] };
}

/** The key with all its items; by the items alone, where an older syntax has no such key. */
function group(
  kind: 'consumes' | 'exposes' | 'outbound',
  keys: readonly Range[],
  children: readonly ManifestSymbol[],
): readonly ManifestSymbol[] {
  const [first] = children;
  if (first === undefined) {
    return [];
  }
  const range = spanning([...keys, ...children.map((child) => child.range)]);
  return [{ subject: { kind }, range, nameRange: keys[0] ?? first.nameRange, children }];
}

function spanning(ranges: readonly Range[]): Range {
  return {
    start: Math.min(...ranges.map(({ start }) => start)),
    end: Math.max(...ranges.map(({ end }) => end)),
  };
}
