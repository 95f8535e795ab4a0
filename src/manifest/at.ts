import type { ManifestDocument, ManifestFile } from './reading';
import type { ConsumedScope, EnvValue, ExposedScope, OutboundRule, Range } from './model';
import { touches } from './range';

/** What of a manifest stands at a place. `range` is the value there, or the whole item where the place is on a key. */
export type ManifestNode = { readonly document: ManifestDocument; readonly range: Range } & (
  | { readonly kind: 'consumed'; readonly scope: ConsumedScope }
  | { readonly kind: 'exposed'; readonly scope: ExposedScope }
  | { readonly kind: 'outbound'; readonly rule: OutboundRule }
);

/** The document of the file that holds `offset`, a UTF-16 offset into its text. */
export function findManifestAt(file: ManifestFile, offset: number): ManifestDocument | undefined {
  return file.documents.find(({ range }) => range.start <= offset && offset < range.end) ?? lastEndingAt(file, offset);
}

/** At the very end of the file nothing follows: the cursor there belongs to the last document. */
function lastEndingAt(file: ManifestFile, offset: number): ManifestDocument | undefined {
  const last = file.documents.at(-1);
  return last?.range.end === offset ? last : undefined;
}

/** The consumed scope, exposed scope or outbound rule at `offset`. */
export function nodeAt(file: ManifestFile, offset: number): ManifestNode | undefined {
  const document = findManifestAt(file, offset);
  if (document === undefined) {
    return undefined;
  }
  const { manifest } = document;
  const scope = manifest.consumes.find(({ range }) => touches(range, offset));
  if (scope) {
    return { kind: 'consumed', document, scope, range: narrowest(offset, [scope.name.range], scope.range) };
  }
  const exposed = manifest.exposes.find(({ range }) => touches(range, offset));
  if (exposed) {
    const { product, name, separator, consumers } = exposed;
    const values = [product, name, separator, ...consumers.flatMap((consumer) => [consumer.orgno, consumer.name])];
    const range = narrowest(offset, rangesOf(values), exposed.range);
    return { kind: 'exposed', document, scope: exposed, range };
  }
  const rule = manifest.outbound.find(({ range }) => touches(range, offset));
  return (
    rule && { kind: 'outbound', document, rule, range: narrowest(offset, rangesOf([rule.host, rule.ipv4]), rule.range) }
  );
}

/** The value of the environment variable at `offset`. */
export function envAt(file: ManifestFile, offset: number): EnvValue | undefined {
  return findManifestAt(file, offset)?.manifest.env.find(({ value }) => touches(value.range, offset));
}

function rangesOf(values: readonly ({ readonly range: Range } | undefined)[]): Range[] {
  return values.flatMap((value) => value?.range ?? []);
}

function narrowest(offset: number, values: readonly Range[], item: Range): Range {
  return values.find((range) => touches(range, offset)) ?? item;
}
