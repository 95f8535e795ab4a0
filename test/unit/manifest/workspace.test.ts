import assert from 'node:assert/strict';
import type { Finding, WorkspaceOptions } from '../../../src/manifest';
import { guessTarget, readFile, renderFile, workspaceFindings } from '../../../src/manifest';
import { parse } from '../../../src/manifest/handlebars';
import { applyFix, cut } from './helpers';
import { variablesOf } from './render/support';

function manifest(name: string, ...lines: readonly string[]): string {
  return [
    'apiVersion: nais.io/v1alpha1',
    'kind: Application',
    'metadata:',
    `  name: ${name}`,
    '  namespace: team',
    'spec:',
    '  accessPolicy: {outbound: {external: [{host: api.example.no}]}}',
    '  maskinporten:',
    '    enabled: true',
    '    scopes:',
    ...lines.map((line) => `      ${line}`),
    '',
  ].join('\n');
}

const consumer = manifest('client', 'consumes:', '- name: nav:aap/read');

function exposer(...consumers: readonly string[]): string {
  return manifest(
    'api',
    'exposes:',
    '- name: read',
    '  product: aap',
    '  enabled: true',
    '  separator: "/"',
    ...consumers,
  );
}

type Texts = Readonly<Record<string, string>>;

function findingsIn(texts: Texts, options?: WorkspaceOptions): ReadonlyMap<string, readonly Finding[]> {
  const files = Object.entries(texts).map(([id, text]) => ({ id, file: readFile(text), ...guessTarget(id) }));
  return workspaceFindings(files, options);
}

function only(texts: Texts, id: string, options?: WorkspaceOptions): Finding {
  const [finding, ...others] = findingsIn(texts, options).get(id) ?? [];
  assert.ok(finding);
  assert.deepEqual(others, []);
  return finding;
}

/** Applies the finding's fix, asserts that the finding is gone, and gives the new text. */
function fixed(texts: Texts, id: string): string {
  const result = applyFix(texts[id] ?? '', only(texts, id).fixes[0]);
  assert.deepEqual(findingsIn({ ...texts, [id]: result }).get(id), undefined);
  return result;
}

describe('NM060, a scope of the organisation’s own that is not granted to it', () => {
  const others = ['  consumers:', '    - orgno: "991825827"', '      name: Digdir'];

  it('is found on the exposed name', () => {
    const texts = { 'a.yaml': exposer(...others), 'b.yaml': consumer };
    const finding = only(texts, 'a.yaml');
    assert.equal(finding.code, 'NM060');
    assert.equal(finding.severity, 'information');
    assert.equal(cut(texts['a.yaml'], finding.range), 'read');
    assert.deepEqual(finding.data, { scope: 'nav:aap/read', consumer: 'client', organisation: '889640782' });
  });
  it('is found in the second document of a file, at its place', () => {
    const text = `${consumer}---\n${exposer(...others)}`;
    assert.equal(cut(text, only({ 'a.yaml': text }, 'a.yaml').range), 'read');
    assert.equal(
      fixed({ 'a.yaml': text }, 'a.yaml'),
      `${consumer}---\n${exposer(...others, '    - orgno: "889640782"')}`,
    );
  });
  it('adds the organisation to the consumers', () => {
    const added = '    - orgno: "889640782"';
    assert.equal(fixed({ 'a.yaml': exposer(...others), b: consumer }, 'a.yaml'), exposer(...others, added));
    const flow = exposer('  consumers: [{orgno: "991825827"}] # all');
    const expected = exposer('  consumers: [{orgno: "991825827"}, {orgno: "889640782"}] # all');
    assert.equal(fixed({ 'a.yaml': flow, b: consumer }, 'a.yaml'), expected);
    assert.ok(
      fixed({ 'a.yaml': exposer(), b: consumer }, 'a.yaml').includes('- consumers:\n          - orgno: "889640782"\n'),
    );
  });
  it('is not found where the organisation is a consumer, or all are', () => {
    for (const lines of [['  consumers: [{orgno: "889640782"}]'], ['  accessibleForAll: true']]) {
      assert.equal(findingsIn({ a: exposer(...lines), b: consumer }).size, 0, lines[0]);
    }
  });
  it('is not found where a template may make it one', () => {
    for (const lines of [
      ['  consumers: {{consumers}}'],
      ['  consumers:', '    {{#each consumers}}', '    - orgno: "{{this}}"', '    {{/each}}'],
      ['  accessibleForAll: {{open}}'],
      ['  consumers:', '    - orgno: "991825827"', '    {{{more}}}'],
    ]) {
      assert.equal(findingsIn({ a: exposer(...lines), b: consumer }).size, 0, lines.join('\n'));
    }
  });
  it('is not found between test and production', () => {
    assert.equal(findingsIn({ 'nais-dev.yaml': exposer(...others), 'nais-prod.yaml': consumer }).size, 0);
    assert.equal(findingsIn({ 'nais-dev.yaml': exposer(...others), 'app-dev.yaml': consumer }).size, 1);
  });
  it('goes by the tenant’s own number and prefix', () => {
    const texts = { a: exposer('  consumers: [{orgno: "889640782"}]'), b: consumer.replace('nav:', 'ssb:') };
    const finding = only(texts, 'a', { organisation: '971526920', scopePrefix: 'ssb' });
    assert.deepEqual(finding.data, { scope: 'ssb:aap/read', consumer: 'client', organisation: '971526920' });
    assert.equal(findingsIn(texts).size, 0);
  });
});

describe('NM061, a scope that the same workload consumes elsewhere', () => {
  const dev = manifest('app', 'consumes:', '- name: ks:fiks', '- name: spk:nav');
  const prod = manifest('app', 'consumes:', '- name: ks:fiks # why');

  it('is not found between the documents of one file, which are deployed together', () => {
    assert.equal(findingsIn({ 'nais.yaml': `${dev}---\n${prod}` }).size, 0);
  });
  it('is found where it is missing, and names the other file', () => {
    const texts = { 'nais-dev.yaml': dev, 'nais-prod.yaml': prod };
    const finding = only(texts, 'nais-prod.yaml');
    assert.equal(finding.code, 'NM061');
    assert.equal(finding.severity, 'hint');
    assert.equal(cut(prod, finding.range), 'consumes');
    assert.deepEqual(finding.data, { scope: 'spk:nav', other: 'nais-dev.yaml' });
    assert.equal(findingsIn(texts).has('nais-dev.yaml'), false);
  });
  it('is added', () => {
    const texts = { 'nais-dev.yaml': dev, 'nais-prod.yaml': prod };
    const expected = manifest('app', 'consumes:', '- name: ks:fiks # why', '- name: spk:nav');
    assert.equal(fixed(texts, 'nais-prod.yaml'), expected);
    const flow = { a: dev, b: manifest('app', 'consumes: [{name: ks:fiks}]') };
    assert.equal(fixed(flow, 'b'), manifest('app', 'consumes: [{name: ks:fiks}, {name: spk:nav}]'));
  });
  it('is found twenty times at most: who lacks more did not forget them', () => {
    const items = Array.from({ length: 30 }, (_, index) => `- name: ks:fiks${index}`);
    const found = findingsIn({ a: manifest('app', 'consumes:', ...items), b: prod });
    assert.equal(found.get('b')?.length, 20);
  });
  it('is not found between workloads of other names, kinds and namespaces', () => {
    assert.equal(findingsIn({ a: dev, b: prod.replace('name: app', 'name: other') }).size, 0);
    assert.equal(findingsIn({ a: dev, b: prod.replace('namespace: team', 'namespace: other') }).size, 0);
    assert.equal(findingsIn({ a: dev, b: prod.replace('Application', 'Naisjob') }).size, 0);
  });
  it('is not found where a template makes the name or a scope', () => {
    const named = (text: string): string => text.replace('name: app', 'name: {{app}}');
    assert.equal(findingsIn({ a: named(dev), b: named(prod) }).size, 0);
    assert.equal(findingsIn({ a: dev, b: manifest('app', 'consumes:', '- name: "{{scope}}"') }).size, 0);
    assert.equal(findingsIn({ a: dev, b: manifest('app', 'consumes:', '- name: ks:fiks', '{{{more}}}') }).size, 0);
  });
  it('is silenced by a comment and by a severity', () => {
    const silent = prod.replace(
      '      consumes',
      '      # nais-maskinporten-disable-next-line NM061 -- not in prod\n      consumes',
    );
    assert.equal(findingsIn({ a: dev, b: silent }).size, 0);
    assert.equal(findingsIn({ a: dev, b: prod }, { severities: { NM061: 'off' } }).size, 0);
    assert.equal(only({ a: dev, b: prod }, 'b', { severities: { NM061: 'warning' } }).severity, 'warning');
  });
});

describe('the rules across the workspace, of manifests that variables fill in', () => {
  function filledIn(text: string, variables: string) {
    const chosen = { name: 'dev.yaml', variables: variablesOf(variables), mayBeMore: false };
    return renderFile(readFile(text), chosen, parse);
  }

  it('find by the values (NM060), and say with which file', () => {
    const text = exposer().replace('name: read', 'name: {{what}}');
    const files = [
      { id: 'api.yaml', file: filledIn(text, 'what: read'), variables: 'dev.yaml' },
      { id: 'client.yaml', file: readFile(consumer) },
    ];
    const [finding, ...others] = workspaceFindings(files).get('api.yaml') ?? [];
    assert.deepEqual(others, []);
    assert.equal(finding?.code, 'NM060');
    assert.equal(finding.variables, 'dev.yaml');
    assert.equal(cut(text, finding.range), '{{what}}');
    assert.match(applyFix(text, finding.fixes[0]), /- consumers:\s+- orgno: "889640782"\s+name: \{\{what\}\}/);
    const otherwise = [{ ...files[0]!, file: filledIn(text, 'what: write') }, files[1]!];
    assert.deepEqual([...workspaceFindings(otherwise)], []);
  });

  it('find the same workload by the name that they make (NM061)', () => {
    const dev = manifest('{{app}}', 'consumes:', '- name: nav:aap/read', '- name: {{scope}}');
    const prod = manifest('client', 'consumes:', '- name: nav:aap/read');
    const files = [
      { id: 'dev-app.yaml', file: filledIn(dev, 'app: client\nscope: ks:fiks'), variables: 'dev.yaml' },
      { id: 'prod-app.yaml', file: readFile(prod) },
    ];
    const [finding, ...others] = workspaceFindings(files).get('prod-app.yaml') ?? [];
    assert.deepEqual(others, []);
    assert.deepEqual(
      [finding?.code, finding?.data, finding?.variables],
      ['NM061', { scope: 'ks:fiks', other: 'dev-app.yaml' }, 'dev.yaml'],
    );
  });

  it('say of no variables where the values play no part', () => {
    const files = [
      { id: 'api.yaml', file: filledIn(exposer(), 'other: value'), variables: 'dev.yaml' },
      { id: 'client.yaml', file: readFile(consumer) },
    ];
    const [finding] = workspaceFindings(files).get('api.yaml') ?? [];
    assert.equal(finding?.code, 'NM060');
    assert.equal(finding.variables, undefined);
  });
});
