import assert from 'node:assert/strict';
import type { Manifest } from '../../../src/manifest';
import { findingsOf, findManifestAt, mightBeManifest, nodeAt, readFile } from '../../../src/manifest';
import { application, consuming, cut } from './helpers';

function manifestOf(text: string): Manifest {
  const file = readFile(text);
  assert.equal(file.kind, 'manifest');
  assert.equal(file.documents.length, 1);
  return file.documents[0]!.manifest;
}

function consumedBy(text: string): readonly string[] {
  return manifestOf(text).consumes.map(({ name }) => name.value);
}

const FULL = [
  'apiVersion: nais.io/v1alpha1 # version',
  'kind: Application',
  'metadata:',
  '  name: app',
  '  namespace: team',
  'spec:',
  '  maskinporten:',
  '    enabled: true # on',
  '    scopes:',
  '      consumes:',
  '        - name: "skatteetaten:inntekt" # one',
  "        - name: 'ks:fiks'",
  '        # nothing',
  '      exposes:',
  '        - name: pensjon/simulering.read',
  '          product: aap',
  '          enabled: false',
  '          atMaxAge: 45',
  '          separator: "/"',
  '          consumers:',
  '            - orgno: "889640782"',
  '              name: Nav',
  '            - orgno: 889640782',
  '',
  '  # outbound',
  '  accessPolicy:',
  '    outbound:',
  '      external:',
  '        - host: api.skatteetaten.no',
  '          ports:',
  '            - port: 8443',
  '        - ipv4: 10.0.0.1',
  '  env:',
  '    - name: URL',
  '      value: https://api.skatteetaten.no',
  '    - name: EMPTY',
  '',
].join('\n');

describe('a file', () => {
  it('that names neither an API of Nais nor Maskinporten is told by its text alone', () => {
    assert.equal(mightBeManifest('apiVersion: v1\nkind: ConfigMap\n'), false);
    assert.equal(readFile('apiVersion: v1\nkind: ConfigMap\n').kind, 'other');
    assert.equal(mightBeManifest(FULL), true);
  });
  it('with a top-level maskinporten and no kind has variables', () => {
    const file = readFile('maskinporten:\n  consumes:\n    - "altinn:serviceowner/reportees"\n');
    assert.equal(file.kind, 'variables');
    assert.deepEqual(file.documents, []);
    assert.deepEqual(findingsOf(file), []);
  });
  it('of a Helm chart is left alone', () => {
    for (const tag of ['{{- if .x }}', '{{ .Values.image }}', '{{ include "chart.name" . }}', '{{ $.Release.Name }}']) {
      assert.equal(readFile(`${consuming('- nav')}# ${tag}\n`).kind, 'helm', tag);
    }
  });
  it('with Handlebars of any kind is not taken for Helm', () => {
    for (const tag of [
      '{{! -x }}',
      '{{!-- .Values --}}',
      '{{x.Values}}',
      '{{~ a ~}}',
      '\\{{ .Values.x }}',
      '{{a-b}}',
    ]) {
      assert.equal(readFile(`${application()}# ${tag}\n`).kind, 'manifest', tag);
    }
  });
  it('of another API group is no manifest', () => {
    const text =
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  labels: {nais.io/x: maskinporten}\n';
    assert.equal(readFile(text).kind, 'other');
  });
  it('of another Nais kind is no manifest', () => {
    assert.equal(readFile('apiVersion: nais.io/v1\nkind: AzureAdApplication\nspec: {}\n').kind, 'other');
  });
});

describe('a manifest', () => {
  it('is read in all its parts', () => {
    const manifest = manifestOf(FULL);
    assert.equal(manifest.kind, 'Application');
    assert.equal(manifest.apiVersion, 'nais.io/v1alpha1');
    assert.equal(manifest.name?.value, 'app');
    assert.equal(manifest.namespace?.value, 'team');
    assert.equal(manifest.maskinporten?.enabled?.value, true);
    assert.deepEqual(
      manifest.consumes.map(({ name }) => name.value),
      ['skatteetaten:inntekt', 'ks:fiks'],
    );
    const [exposed] = manifest.exposes;
    assert.equal(exposed?.product.value, 'aap');
    assert.equal(exposed.name.value, 'pensjon/simulering.read');
    assert.equal(exposed.enabled?.value, false);
    assert.equal(exposed.atMaxAgeSeconds?.value, 45);
    assert.equal(exposed.separator?.value, '/');
    assert.deepEqual(
      exposed.consumers.map(({ orgno, name }) => [orgno.value, name?.value]),
      [
        ['889640782', 'Nav'],
        ['889640782', undefined],
      ],
    );
    const [host, address] = manifest.outbound;
    assert.equal(host?.host?.value, 'api.skatteetaten.no');
    assert.deepEqual(
      host.ports.map(({ value }) => value),
      [8443],
    );
    assert.equal(address?.ipv4?.value, '10.0.0.1');
    assert.deepEqual(
      manifest.env.map(({ name, value }) => [name.value, value.value]),
      [['URL', 'https://api.skatteetaten.no']],
    );
  });

  it('has ranges that cut its values out of the text, and its items without comments and blank lines', () => {
    const manifest = manifestOf(FULL);
    for (const { name } of manifest.consumes) {
      assert.equal(cut(FULL, name.range), name.value);
    }
    assert.equal(cut(FULL, manifest.consumes[0]!.range), 'name: "skatteetaten:inntekt"');
    assert.ok(cut(FULL, manifest.exposes[0]!.range).endsWith('- orgno: 889640782'));
    assert.equal(cut(FULL, manifest.outbound[1]!.range), 'ipv4: 10.0.0.1');
    assert.ok(cut(FULL, manifest.maskinporten!.range).startsWith('maskinporten:'));
    assert.ok(cut(FULL, manifest.maskinporten!.range).endsWith('- orgno: 889640782'));
    assert.equal(cut(FULL, manifest.maskinporten!.keyRange), 'maskinporten');
  });

  it('is read with the line ends of Windows and a byte order mark', () => {
    const text = `\uFEFF${FULL.replaceAll('\n', '\r\n')}`;
    const manifest = manifestOf(text);
    assert.deepEqual(
      manifest.consumes.map(({ name }) => cut(text, name.range)),
      ['skatteetaten:inntekt', 'ks:fiks'],
    );
    assert.equal(cut(text, manifest.outbound[0]!.host!.range), 'api.skatteetaten.no');
    assert.equal(manifest.range.start, 1);
  });

  it('may be JSON', () => {
    const scopes = { consumes: [{ name: 'ks:fiks' }] };
    const metadata = { name: 'job', namespace: 'team' };
    const accessPolicy = { outbound: { external: [{ host: 'api.example.no' }] } };
    const spec = { maskinporten: { enabled: true, scopes }, accessPolicy };
    const value = { apiVersion: 'nais.io/v1', kind: 'Naisjob', metadata, spec };
    for (const text of [JSON.stringify(value), JSON.stringify(value, undefined, '\t')]) {
      const manifest = manifestOf(text);
      assert.equal(manifest.kind, 'Naisjob');
      assert.deepEqual(
        manifest.consumes.map(({ name }) => cut(text, name.range)),
        ['ks:fiks'],
      );
      assert.deepEqual(findingsOf(readFile(text)), []);
    }
  });

  it('of kind MaskinportenClient has its scopes right under spec', () => {
    const text =
      'apiVersion: nais.io/v1\nkind: MaskinportenClient\nmetadata: {namespace: team}\nspec:\n  secretName: s\n  scopes:\n    consumes:\n      - name: ks:fiks\n';
    const manifest = manifestOf(text);
    assert.equal(cut(text, manifest.maskinporten!.keyRange), 'scopes');
    assert.equal(manifest.consumes[0]?.name.value, 'ks:fiks');
    assert.deepEqual(findingsOf(readFile(text)), []);
  });

  for (const [written, value] of [
    ['yes', true],
    ['on', true],
    ['True', true],
    ['y', true],
    ['off', false],
    ['No', false],
    ['"true"', undefined],
    ['{{enabled}}', undefined],
  ] as const) {
    it(`with enabled: ${written} reads it as YAML 1.1 does`, () => {
      const text = `apiVersion: nais.io/v1alpha1\nkind: Application\nspec:\n  maskinporten:\n    enabled: ${written}\n`;
      assert.equal(manifestOf(text).maskinporten?.enabled?.value, value);
    });
  }

  it('reads octal numbers as YAML 1.1 does', () => {
    const text = application('    scopes: {exposes: [{name: ab, product: c, atMaxAge: 050}]}');
    assert.equal(manifestOf(text).exposes[0]?.atMaxAgeSeconds?.value, 40);
  });

  it('follows anchors, aliases and merge keys', () => {
    const text = [
      'base: &base {name: "ks:fiks"}',
      consuming(
        '- *base',
        '- {<<: *base}',
        '- <<: [*base]',
        '  name: ks:other',
        '- name: &scope spk:nav',
        '- name: *scope',
      ),
    ].join('\n');
    assert.deepEqual(consumedBy(text), ['ks:fiks', 'ks:fiks', 'ks:other', 'spk:nav', 'spk:nav']);
  });

  it('survives aliases that name what they stand in, and those that name nothing', () => {
    assert.deepEqual(consumedBy(consuming('- &a {name: *a}', '- *nothing', '- name: ks:fiks')), ['ks:fiks']);
  });

  it('survives aliases that would expand beyond any bound', () => {
    const levels = Array.from({ length: 30 }, (_, level) =>
      level === 0
        ? 'a0: &a0 {x: 1}'
        : `a${level}: &a${level} {<<: [*a${level - 1}, *a${level - 1}], b: [*a${level - 1}, *a${level - 1}]}`,
    );
    const text = `${levels.join('\n')}\n${consuming('- *a29', '- name: ks:fiks')}`;
    assert.deepEqual(consumedBy(text), ['ks:fiks']);
  });

  it('shows both branches of a template', () => {
    const text = consuming('{{#if a}}', '- name: ks:a', '{{else}}', '- name: ks:b', '{{/if}}');
    assert.deepEqual(consumedBy(text), ['ks:a', 'ks:b']);
  });

  it('shows lists under the same key in both branches', () => {
    const lines = ['    {{#if a}}', '    scopes: {consumes: [{name: "ks:a"}]}', '    {{else}}'];
    const text = application(...lines, '    scopes: {consumes: [{name: "ks:b"}]}', '    {{/if}}');
    assert.deepEqual(consumedBy(text), ['ks:a', 'ks:b']);
  });

  it('gives a templated value as it stands in the file', () => {
    const text = consuming('- name: "nav:{{product}}/x"', '- name: {{scope}}');
    assert.deepEqual(
      manifestOf(text).consumes.map(({ name }) => [name.value, name.templated, cut(text, name.range)]),
      [
        ['nav:{{product}}/x', true, 'nav:{{product}}/x'],
        ['{{scope}}', true, '{{scope}}'],
      ],
    );
  });

  it('is read as far as it goes when the YAML is broken', () => {
    assert.deepEqual(consumedBy(`${consuming('- name: ks:fiks')}  x: [\n y: "\n`), ['ks:fiks']);
    assert.deepEqual(consumedBy(consuming('- name: ks:fiks', '- name: "ks:oth', '- name: ks:x')), ['ks:fiks', 'ks:x']);
  });

  it('that nests beyond any reason is read without what nests, and ends no process', () => {
    for (const nest of ['[', '{a: ', '- ']) {
      const deep = nest.repeat(20_000);
      assert.deepEqual(consumedBy(`${consuming('- name: ks:fiks')}  x: \n    ${deep}`), ['ks:fiks'], nest);
      assert.deepEqual(consumedBy(consuming('- name: ks:fiks', `- name: ${deep}`, '- name: ks:x')), [
        'ks:fiks',
        'ks:x',
      ]);
      assert.equal(readFile(`apiVersion: nais.io/v1\nkind: Naisjob\nx: &a y\nz:\n  ${deep}`).kind, 'other');
    }
  });
});

describe('a file of several documents', () => {
  const job = consuming('- name: ks:fiks').replace('Application', 'Naisjob').replace('v1alpha1', 'v1');
  const config = 'kind: ConfigMap\nmetadata: {annotations: {nais.io/x: y}}\n';

  it('gives its manifests, each in its place', () => {
    const text = `# first\n---\n${FULL}---  # second\n${config}...\n---\n${job}`;
    const file = readFile(text);
    assert.deepEqual(
      file.documents.map(({ manifest }) => manifest.kind),
      ['Application', 'Naisjob'],
    );
    for (const { manifest, range } of file.documents) {
      assert.deepEqual(manifest.range, range);
      for (const { name } of manifest.consumes) {
        assert.equal(cut(text, name.range), name.value);
      }
    }
    assert.equal(cut(text, file.documents[1]!.range), job);
  });

  it('may end a document without beginning one', () => {
    const file = readFile(`${FULL}...\n${job}`);
    assert.deepEqual(
      file.documents.map(({ manifest }) => manifest.consumes.length),
      [2, 1],
    );
  });

  it('may begin a document with a tag on a line of its own', () => {
    const file = readFile(`{{{labels}}}\n${job}---\n{{{labels}}}\n${job}`);
    assert.deepEqual(
      file.documents.map(({ manifest }) => manifest.kind),
      ['Naisjob', 'Naisjob'],
    );
    assert.equal(file.documents[0]?.source, file.documents[1]?.source);
  });

  it('may begin a document on the line of its marker', () => {
    const file = readFile('--- {apiVersion: nais.io/v1, kind: Naisjob}\n--- |\n nais.io/\n');
    assert.equal(file.documents.length, 1);
    assert.equal(file.documents[0]?.manifest.kind, 'Naisjob');
  });

  it('is read again only where it changed', () => {
    const before = readFile(`${FULL}---\n${job}---\n${config}`);
    const after = readFile(`${FULL}# more\n---\n${job}---\n${config}`, before);
    assert.notEqual(after.documents[0]?.source, before.documents[0]?.source);
    assert.equal(after.documents[1]?.source, before.documents[1]?.source);
    assert.equal(after.documents[1]?.manifest.consumes[0]?.name.value, 'ks:fiks');
    assert.equal(cut(after.text, after.documents[1].manifest.consumes[0].name.range), 'ks:fiks');
  });

  it('keeps a document that neither changed nor moved as the same object', () => {
    const before = readFile(`${FULL}---\n${job}`);
    const after = readFile(`${FULL}---\n${job}# more\n`, before);
    assert.equal(after.documents[0], before.documents[0]);
    assert.notEqual(after.documents[1], before.documents[1]);
  });

  it('moves the findings of a document with it', () => {
    const broken = consuming('- name: ks:fiks', '- name: ks:fiks', '- name: ks::x');
    const before = readFile(`${job}---\n${broken}`);
    const moved = `${job}# some text\n---\n${broken}`;
    const after = readFile(moved, before);
    assert.deepEqual(findingsOf(after), findingsOf(readFile(moved)));
    assert.equal(findingsOf(after).length, 2);
    assert.notDeepEqual(findingsOf(after), findingsOf(before));
  });

  it('is read again where a template comment from elsewhere reaches into it', () => {
    const before = readFile(`${FULL}---\n${job}`);
    const after = readFile(`${FULL}{{!--\n---\n${job}--}}\n`, before);
    assert.equal(after.documents.length, 1);
  });
});

describe('what stands at a place', () => {
  const file = readFile(FULL);
  const at = (text: string, after = 0): ReturnType<typeof nodeAt> => nodeAt(file, FULL.indexOf(text, after) + 1);

  it('is a consumed scope, on its name and on its key', () => {
    const onName = at('ks:fiks');
    assert.equal(onName?.kind, 'consumed');
    assert.equal(cut(FULL, onName.range), 'ks:fiks');
    const onKey = at("name: 'ks:fiks'");
    assert.equal(onKey && cut(FULL, onKey.range), "name: 'ks:fiks'");
  });
  it('is an exposed scope, with the value under the place', () => {
    const node = at('"889640782"');
    assert.equal(node?.kind, 'exposed');
    assert.equal(node.scope.product.value, 'aap');
    assert.equal(cut(FULL, node.range), '889640782');
  });
  it('is an outbound rule', () => {
    const node = at('api.skatteetaten.no');
    assert.equal(node?.kind, 'outbound');
    assert.equal(cut(FULL, node.range), 'api.skatteetaten.no');
  });
  it('is nothing elsewhere', () => {
    assert.equal(at('outbound:'), undefined);
    assert.equal(at('# nothing'), undefined);
    assert.equal(nodeAt(readFile('a: b'), 1), undefined);
  });
  it('belongs to the document there, to the end of the file', () => {
    assert.equal(findManifestAt(file, FULL.length), file.documents[0]);
    assert.equal(findManifestAt(file, FULL.length + 1), undefined);
    assert.equal(at('ks:fiks')?.document, file.documents[0]);
  });
});
