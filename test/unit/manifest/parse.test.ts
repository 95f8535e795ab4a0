import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { readBlocks } from '../../../src/manifest/blocks';
import { splitDocuments } from '../../../src/manifest/documents';
import { PUBLISHED_SCOPES } from '../../../src/manifest/knownScopes';
import type { MaskedText } from '../../../src/manifest/mask';
import { maskTemplates } from '../../../src/manifest/mask';
import type { MapNode } from '../../../src/manifest/nodes';
import { readManifest } from '../../../src/manifest/read';
import { findingsIn } from '../../../src/manifest/rules';
import { WANTED } from '../../../src/manifest/wanted';
import { readYaml } from '../../../src/manifest/yamlTree';
import { mutatedManifest } from '../../fuzz/manifests';
import { writtenManifest } from './generated';
import { application, consuming } from './helpers';

const CORPUS = process.env['MANIFEST_CORPUS'] ?? path.join(__dirname, '../../../../shared/corpus');
const RUNS = Number(process.env['PARSE_RUNS'] ?? 500);

function documentsOf(text: string): readonly MaskedText[] {
  const templates = maskTemplates(text);
  return splitDocuments(templates.masked).map(({ start, end }) => templates.slice(start, end));
}

function judged(source: MaskedText, root: MapNode): unknown {
  const manifest = readManifest(source, { root, excessiveAlias: undefined });
  const circumstances = { target: 'dev', onPrem: false, scopePrefix: 'nav', knownScopes: PUBLISHED_SCOPES } as const;
  return manifest && { manifest: manifest.manifest, findings: findingsIn(manifest, circumstances) };
}

/** Whether the document took the quick way; that it then reads as `yaml` reads the whole of it is asserted. */
function comesOutAlike(source: MaskedText): boolean {
  const quick = readBlocks(source);
  const whole = readYaml(source, { text: source.masked, start: 0, depth: 0 }, WANTED);
  if (quick === undefined || whole === undefined || whole.broken || whole.node.kind !== 'map') {
    return false;
  }
  assert.deepEqual(quick, whole.node);
  assert.deepEqual(judged(source, quick), judged(source, whole.node));
  return true;
}

describe('reading by indentation', () => {
  it('gives what reading the whole gives, for written manifests in every style', () => {
    let quick = 0;
    fc.assert(
      fc.property(writtenManifest, (text) => {
        quick += documentsOf(text).filter(comesOutAlike).length;
      }),
      { numRuns: RUNS },
    );
    assert.ok(quick > RUNS / 2, `${quick} of ${RUNS}`);
  });

  it('gives what reading the whole gives, for mutated manifests that are still YAML', () => {
    let quick = 0;
    fc.assert(
      fc.property(mutatedManifest, (text) => {
        quick += documentsOf(text).filter(comesOutAlike).length;
      }),
      { numRuns: RUNS },
    );
    assert.ok(quick > RUNS / 10, `${quick} of ${RUNS}`);
  });

  it('is for block style; the whole is read where it cannot tell', () => {
    for (const text of [
      '{"apiVersion": "nais.io/v1"}',
      'base: &base {a: 1}\nx: *base\n',
      'a:\n\tb: 1\n',
      '? a\n: b\n',
      'a:\n  <<: {b: 1}\n',
      '%YAML 1.1\n',
    ]) {
      assert.equal(readBlocks(maskTemplates(text)), undefined, text);
    }
    for (const text of [application(), consuming('- name: ks:fiks', '- {name: "ks:x"}', '- "a\\n"')]) {
      assert.ok(readBlocks(maskTemplates(text)), text);
    }
  });
});

if (existsSync(CORPUS)) {
  const files = readdirSync(CORPUS).filter((file) => file.endsWith('.yaml'));
  describe(`reading ${files.length} real files by indentation`, () => {
    it('gives what reading the whole gives, and is possible for all of them', () => {
      for (const file of files) {
        for (const document of documentsOf(readFileSync(path.join(CORPUS, file), 'utf8'))) {
          assert.ok(comesOutAlike(document), file);
        }
      }
    });
  });
}
