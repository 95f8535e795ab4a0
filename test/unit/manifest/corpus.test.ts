import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FindingCode, Manifest, SourceValue } from '../../../src/manifest';
import { findingsOf, guessTarget, maskTemplates, readFile } from '../../../src/manifest';

interface ExpectedDocument {
  readonly kind: string;
  readonly name: string;
  readonly enabled?: string;
  readonly consumes: readonly string[];
  readonly exposes: readonly { readonly product: string; readonly name: string; readonly separator?: string }[];
  readonly outboundHosts: readonly string[];
}

/**
 * A folder of real manifests with `expected.json`, what an independent parser read from each after masking. They are
 * others' files, measured and not shipped, so these tests exist only where the folder does.
 */
const CORPUS = process.env['MANIFEST_CORPUS'] ?? path.join(__dirname, '../../../../shared/corpus');

/** What is wrong with them: Digdir closed this host on 10 June 2024. */
const TRUE_WARNINGS: Readonly<Record<string, readonly (readonly [FindingCode, string])[]>> = {
  '003.yaml': [['NM029', 'ver2.maskinporten.no']],
};

/** What else is said of them where they lie. */
const REMARKS: Readonly<Record<string, readonly (readonly [FindingCode, string])[]>> = {
  // It consumes scopes of other apps of the cluster; whether it calls them there, it does not say.
  '021.yaml': [['NM019', 'consumes']],
  '030.yaml': [['NM030', 'MASKINPORTEN_WELL_KNOWN_URL']],
};

/** Where each lies in its repository: that tells what it is for. */
function pathsIn(index: string): ReadonlyMap<string, string> {
  const [, ...rows] = index.trim().split('\n');
  return new Map(rows.map((row) => row.split(',')).map(([file = '', , lies = '']) => [file, lies]));
}

if (existsSync(path.join(CORPUS, 'expected.json'))) {
  const expected = JSON.parse(readFileSync(path.join(CORPUS, 'expected.json'), 'utf8')) as Readonly<
    Record<string, readonly ExpectedDocument[]>
  >;
  const paths = pathsIn(readFileSync(path.join(CORPUS, 'index.csv'), 'utf8'));
  describe('the corpus of real manifests', () => {
    for (const [name, documents] of Object.entries(expected)) {
      const text = readFileSync(path.join(CORPUS, name), 'utf8');

      it(`${name} is read as an independent parser reads it`, () => {
        const masked = (value: SourceValue | undefined): string | undefined =>
          value && maskTemplates(text).masked.slice(value.range.start, value.range.end);
        assert.deepEqual(
          readFile(text).documents.map(({ manifest }) => summary(manifest, masked)),
          documents.map(({ enabled, ...rest }) => ({ ...rest, enabled: enabled === 'true' })),
        );
      });

      it(`${name} has ranges that cut its values out of the text`, () => {
        for (const { manifest } of readFile(text).documents) {
          for (const { value, range } of textsOf(manifest)) {
            // YAML folds the line breaks of a long value into spaces.
            assert.equal(text.slice(range.start, range.end).replace(/\s*\n\s*/g, ' '), value);
          }
        }
      });

      it(`${name} gives no error, and no warning but a known one`, () => {
        const findings = findingsOf(readFile(text)).filter(
          ({ severity }) => severity === 'error' || severity === 'warning',
        );
        assert.deepEqual(
          findings.map(({ code, range }) => [code, text.slice(range.start, range.end)]),
          TRUE_WARNINGS[name] ?? [],
        );
      });

      it(`${name} gives nothing but what is known of it, and the names of exposed scopes, where it lies`, () => {
        const lies = paths.get(name);
        assert.ok(lies);
        const told = findingsOf(readFile(text), guessTarget(lies)).filter(({ code }) => code !== 'NM045');
        assert.deepEqual(
          told.map(({ code, range }) => [code, text.slice(range.start, range.end)]),
          [...(TRUE_WARNINGS[name] ?? []), ...(REMARKS[name] ?? [])],
        );
      });
    }
  });
}

function summary(manifest: Manifest, masked: (value: SourceValue | undefined) => string | undefined): unknown {
  return {
    kind: manifest.kind,
    name: masked(manifest.name),
    enabled: manifest.maskinporten?.enabled?.value,
    consumes: manifest.consumes.map(({ name }) => masked(name)),
    exposes: manifest.exposes.map(({ product, name, separator }) => ({
      product: masked(product),
      name: masked(name),
      ...(separator && { separator: masked(separator) }),
    })),
    outboundHosts: manifest.outbound.flatMap(({ host }) => masked(host) ?? []),
  };
}

function textsOf(manifest: Manifest): readonly SourceValue[] {
  const { name, namespace, consumes, exposes, outbound, env } = manifest;
  return [
    name,
    namespace,
    ...consumes.map((scope) => scope.name),
    ...exposes.flatMap((scope) => [scope.product, scope.name, scope.separator]),
    ...exposes.flatMap((scope) => scope.consumers.flatMap((consumer) => [consumer.orgno, consumer.name])),
    ...outbound.flatMap((rule) => [rule.host, rule.ipv4]),
    ...env.flatMap((variable) => [variable.name, variable.value]),
  ].filter((value) => value !== undefined);
}
