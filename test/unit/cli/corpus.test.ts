import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inspectText } from '../../../src/cli/inspect';
import { decode } from '../../../src/manifest';

interface ExpectedDocument {
  readonly kind: string;
  readonly name: string;
  readonly enabled?: string;
  readonly consumes: readonly string[];
  readonly exposes: readonly { readonly product: string; readonly name: string; readonly separator?: string }[];
  readonly outboundHosts: readonly string[];
}

/** The folder of real manifests that test/unit/manifest/corpus.test.ts describes; read here as `inspect` reads it. */
const CORPUS = process.env['MANIFEST_CORPUS'] ?? path.join(import.meta.dirname, '../../../../shared/corpus');

if (existsSync(path.join(CORPUS, 'expected.json'))) {
  const expected = JSON.parse(readFileSync(path.join(CORPUS, 'expected.json'), 'utf8')) as Readonly<
    Record<string, readonly ExpectedDocument[]>
  >;
  describe('inspect on the corpus of real manifests', () => {
    for (const [name, documents] of Object.entries(expected)) {
      const text = decode(readFileSync(path.join(CORPUS, name)));
      const { report } = inspectText(name, text, 'nav');

      it(`${name} is read as an independent parser reads it`, () => {
        assert.deepEqual(
          report.documents.map(({ kind, name, enabled, consumes, exposes, outbound }) => ({
            kind,
            name: masked(name),
            enabled,
            consumes: consumes.map((scope) => masked(scope.name)),
            exposes: exposes.map(({ product, name, separator }) => ({
              product: masked(product),
              name: masked(name),
              ...(separator !== null && { separator: masked(separator) }),
            })),
            outboundHosts: outbound.flatMap(({ host }) => (host === null ? [] : [masked(host)])),
          })),
          documents.map(({ enabled, ...rest }) => ({
            ...rest,
            enabled: enabled === undefined ? null : enabled === 'true',
          })),
        );
      });

      it(`${name} has ranges that cut each value out of the file`, () => {
        const values = report.documents.flatMap(({ consumes, exposes, outbound }) => [
          ...[...consumes, ...exposes].map(({ name, range }) => ({ value: name, range })),
          ...outbound.map(({ host, ipv4, range }) => ({ value: host ?? ipv4, range })),
        ]);
        for (const { value, range } of values) assert.equal(text.slice(range.start, range.end), value);
      });
    }
  });
}

/** Inline tags as the independent parser saw them: `x` in their length. */
function masked(text: string | null): string | null {
  return text?.replace(/\{\{\{?.*?\}\}\}?/g, (tag) => 'x'.repeat(tag.length)) ?? null;
}
