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
import { findingsOf, readFile } from '../../../src/manifest';
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

  it('leaves a text over several lines to the parser, whatever its lines look like', () => {
    for (const name of ['a\n  - b', 'a\n  b', '"a\n  - name: b"', '|\n  name: b', '>-\n  - b\n  # c']) {
      assert.ok(
        comesOutAlike(
          maskTemplates(`apiVersion: nais.io/v1\nkind: Naisjob\nmetadata:\n  name: ${name.replaceAll('\n', '\n  ')}\n`),
        ),
        name,
      );
    }
  });

  it('is for block style; the whole is read where it cannot tell', () => {
    for (const text of [
      '{"apiVersion": "nais.io\\/v1"}',
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

describe('while someone types', () => {
  const consumed = (text: string): readonly string[] =>
    readFile(text).documents.flatMap(({ manifest }) => manifest.consumes.map(({ name }) => name.value));
  const whole = [
    'apiVersion: nais.io/v1alpha1',
    'kind: Application',
    'metadata:',
    '  name: app',
    '  namespace: team',
    'spec:',
    '  image: x',
    '  maskinporten:',
    '    enabled: true',
    '    scopes:',
    '      consumes:',
    '        - name: ks:a',
    '        - name: ks:b',
    '        - name: ks:c',
    '  accessPolicy:',
    '    outbound:',
    '      external:',
    '        - host: a.no',
    '',
  ];
  const all = ['ks:a', 'ks:b', 'ks:c'];
  const edited = (line: string, ...typed: readonly string[]): string =>
    whole.flatMap((each) => (each === line ? typed : [each])).join('\n');

  for (const [state, text, scopes] of [
    ['a quote is open in a value above', edited('  image: x', '  image: "x'), all],
    ['a bracket is open in a value above', edited('  image: x', '  image: [x'), all],
    ['a brace is open in a value above', edited('  image: x', '  image: {x: '), all],
    ['a key is begun at the top', edited('spec:', 'sta', 'spec:'), all],
    ['a key is begun in spec', edited('  image: x', '  image: x', '  por'), all],
    ['a key is begun in the block', edited('    enabled: true', '    enabled: true', '    sco'), all],
    ['a key stands too far to the right', edited('  image: x', '  image: x', '     port: 80'), all],
    ['a key stands too far to the left', edited('    enabled: true', '    enabled: true', '   x: y'), all],
    ['a value is begun in front of a block', edited('    scopes:', '    scopes: c'), all],
    ['the quote of a name is open', edited('        - name: ks:b', '        - name: "ks:b'), ['ks:a', 'ks:c']],
    [
      'the quotes of two names are open',
      edited('        - name: ks:b', '        - name: "ks:b', "        - name: 'x"),
      ['ks:a', 'ks:c'],
    ],
    [
      'a key is begun above all others',
      edited('apiVersion: nais.io/v1alpha1', 'x', 'apiVersion: nais.io/v1alpha1'),
      all,
    ],
    ['a key is begun above the others', edited('    enabled: true', '    ena', '    enabled: true'), all],
    [
      'an item is begun',
      edited('        - name: ks:b', '        - name: ks:b', '        - n'),
      ['ks:a', 'ks:b', 'n', 'ks:c'],
    ],
    ['an item is a bare dash', edited('        - name: ks:b', '        - name: ks:b', '        -'), all],
    ['an item of flow style is open', edited('        - name: ks:b', '        - name: ks:b', '        - {name: '), all],
    ['an item stands one too far to the left', edited('        - name: ks:b', '       - name: ks:b'), ['ks:a', 'ks:c']],
    [
      'the colon of a name is not there yet',
      edited('        - name: ks:b', '        - name'),
      ['ks:a', 'name', 'ks:c'],
    ],
  ] as const) {
    it(`${state}: what stands around it is still read`, () => {
      assert.deepEqual(consumed(text), scopes);
      assert.equal(readFile(text).documents[0]?.manifest.outbound[0]?.host?.value, 'a.no');
      assert.equal(readFile(text).documents[0]?.manifest.maskinporten?.enabled?.value, true);
    });
  }

  it('nothing is said to be missing where something could not be read', () => {
    const codesOf = (text: string): readonly string[] => findingsOf(readFile(text)).map(({ code }) => code);
    assert.deepEqual(codesOf(edited('    enabled: true')), ['NM001']);
    assert.deepEqual(codesOf(edited('    enabled: true', '    enabl')), []);
    assert.deepEqual(codesOf(edited('  namespace: team')), ['NM071']);
    assert.deepEqual(codesOf(edited('  namespace: team', '  namesp')), []);
    assert.deepEqual(codesOf(edited('        - name: ks:b', '        - foo: x')), ['NM005', 'NM008']);
    assert.deepEqual(codesOf(edited('        - name: ks:b', '        - foo: x', '          nam')), ['NM005']);
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
