import assert from 'node:assert/strict';
import { editDistance } from '../../../src/manifest/editDistance';
import { application, applyFix, codes, consuming, cut, findings, fixed, only } from './helpers';

function exposing(consumer: string): string {
  return application(
    `    scopes: {exposes: [{enabled: true, separator: /, name: ab, product: c, consumers: [${consumer}]}]}`,
  );
}

describe('NM005, unknown keys', () => {
  for (const [parent, text, key, nearest] of [
    ['maskinporten', application('    scope: {}'), 'scope', 'scopes'],
    ['maskinporten', application('    Scopes: {}'), 'Scopes', 'scopes'],
    ['maskinporten', application('    consumes: []'), 'consumes', undefined],
    ['scopes', application('    scopes:', '      consume: []'), 'consume', 'consumes'],
    ['scopes', application('    scopes: {expose: []}'), 'expose', 'exposes'],
    ['consumes', consuming('- scope: ks:fiks'), 'scope', 'name'],
    ['consumes', consuming('- {Name: ks:fiks}'), 'Name', 'name'],
    [
      'exposes',
      application('    scopes: {exposes: [{enabled: true, separator: /, name: ab, produkt: c}]}'),
      'produkt',
      'product',
    ],
    [
      'exposes',
      application('    scopes: {exposes: [{enabled: true, separator: /, name: ab, product: c, atmaxage: 30}]}'),
      'atmaxage',
      'atMaxAge',
    ],
    [
      'exposes',
      application('    scopes: {exposes: [{enabled: true, separator: /, name: ab, product: c, foo: d}]}'),
      'foo',
      undefined,
    ],
    ['consumers', exposing('{org: "889640782"}'), 'org', 'orgno'],
    ['consumers', exposing('{orgNo: "889640782"}'), 'orgNo', 'orgno'],
  ] as const) {
    it(`finds ${key} in ${parent}, ${nearest === undefined ? 'near to nothing' : `near to ${nearest}`}`, () => {
      const finding = only('NM005', text);
      assert.deepEqual(finding.data, { key, parent, nearest });
      assert.equal(cut(text, finding.range), key);
      assert.equal(finding.severity, 'error');
      assert.equal(finding.alsoInSchema, parent === 'maskinporten' || parent === 'scopes');
      if (nearest === undefined) {
        assert.deepEqual(finding.fixes, []);
      } else {
        const { start, end } = finding.range;
        assert.equal(fixed('NM005', text), text.slice(0, start) + nearest + text.slice(end));
      }
    });
  }

  it('knows every key of the Nais CRDs', () => {
    const text = application(
      '    scopes:',
      '      consumes: [{name: ks:fiks}]',
      '      exposes:',
      '        - {enabled: true, name: ab, product: c, separator: /, atMaxAge: 30, allowedIntegrations: [maskinporten],',
      '           accessibleForAll: false, delegationSource: altinn, visibility: public,',
      '           consumers: [{name: Nav, orgno: "889640782"}]}',
    );
    assert.deepEqual(codes(text), []);
  });
  it('keeps the quotes of a key', () => {
    const fixedText = fixed('NM005', application('    "scope": {}'));
    assert.ok(fixedText.includes('    "scopes": {}'));
  });
  it('is silent on templated keys, on merge keys and on what is merged', () => {
    assert.deepEqual(codes(application('    {{key}}: x', '    {{#if a}}scope: {}{{/if}}')), []);
    const merging = application(
      '    scopes:',
      '      consumes:',
      '        - &a {scopes: b, name: ks:fiks}',
      '        - <<: *a',
      '          name: ks:other',
    );
    assert.deepEqual(
      findings(merging).map(({ code }) => code),
      ['NM005'],
    );
  });
  it('is found once on a map that aliases repeat', () => {
    assert.deepEqual(codes(consuming('- &a {name: ks:fiks, foo: b}', '- {name: spk:nav, <<: *a}')), ['NM005']);
    const exposed = '&a {enabled: true, separator: /, name: ab, product: c, foo: d}';
    assert.deepEqual(codes(application(`    scopes: {exposes: [${exposed}, *a]}`)), ['NM005', 'NM057']);
  });
  it('is silent on a quote that someone has just typed', () => {
    assert.deepEqual(codes(`${consuming('- name: ks:fiks')}    "`), []);
    assert.deepEqual(codes(`${application()}    scopes: {"`), []);
  });
  it('offers no name that the map has already', () => {
    assert.deepEqual(only('NM005', consuming('- {name: ks:fiks, nam: ks:fiks}')).fixes, []);
  });
  it('holds only a slip of the finger for safe', () => {
    assert.equal(only('NM005', application('    scope: {}')).fixes[0]?.safe, true);
    assert.equal(only('NM005', consuming('- scope: ks:fiks')).fixes[0]?.safe, false);
  });
  it('does not look beside the block', () => {
    assert.deepEqual(codes(`${consuming('- name: ks:fiks')}  scope: x\n  azure: {scopes: []}\n`), []);
  });
});

describe('the distance of two keys', () => {
  for (const [a, b, distance] of [
    ['', '', 0],
    ['name', 'name', 0],
    ['', 'abc', 3],
    ['naem', 'name', 1],
    ['nme', 'name', 1],
    ['nname', 'name', 1],
    ['kitten', 'sitting', 3],
    ['ca', 'abc', 3],
  ] as const) {
    it(`of "${a}" and "${b}" is ${distance}`, () => {
      assert.equal(editDistance(a, b), distance);
      assert.equal(editDistance(b, a), distance);
    });
  }
});

describe('NM006, scopes as a list', () => {
  it('is found on the key', () => {
    const text = application('    scopes:', '      - name: ks:fiks');
    const finding = only('NM006', text);
    assert.equal(cut(text, finding.range), 'scopes');
    assert.equal(finding.severity, 'error');
    assert.equal(finding.alsoInSchema, true);
  });
  it('is not found on a map, on nothing, and on what a template makes', () => {
    for (const scopes of ['{}', '', '{{scopes}}', '{consumes: []}']) {
      assert.ok(!codes(application(`    scopes: ${scopes}`)).includes('NM006'));
    }
  });
  it('is put below consumes in block style, with its comments', () => {
    const text = application(
      '    scopes: # all',
      '      # first',
      '      - name: ks:fiks # one',
      '      {{#if a}}',
      '      - scope: "spk:nav"',
      '      {{/if}}',
      '',
      '      # last',
      "      - 'opf:nav'",
      '      - gabler:nav',
    );
    assert.equal(
      fixed('NM006', text),
      application(
        '    scopes: # all',
        '      # first',
        '      consumes:',
        '        - name: ks:fiks # one',
        '      {{#if a}}',
        '        - name: "spk:nav"',
        '      {{/if}}',
        '',
        '        # last',
        "        - name: 'opf:nav'",
        '        - name: gabler:nav',
      ),
    );
  });
  it('is put below consumes where the list is as far left as its key', () => {
    const text = application('    scopes:', '    - name: ks:fiks', '    - {scope: ks:other}');
    assert.equal(
      fixed('NM006', text),
      application('    scopes:', '      consumes:', '      - name: ks:fiks', '      - {name: ks:other}'),
    );
  });
  it('is put below consumes with the line ends of Windows', () => {
    const text = application('    scopes:', '        - ks:fiks', '        - ks:other').replaceAll('\n', '\r\n');
    const expected = [
      '    scopes:',
      '        consumes:',
      '            - name: ks:fiks',
      '            - name: ks:other',
    ];
    assert.equal(fixed('NM006', text), application(...expected).replaceAll('\n', '\r\n'));
  });
  it('is put below consumes in flow style', () => {
    const text = application('    scopes: [ks:fiks, "spk:nav", {scope: opf:nav}, {name: a:b}] # all');
    const expected = '    scopes: {consumes: [{name: ks:fiks}, {name: "spk:nav"}, {name: opf:nav}, {name: a:b}]} # all';
    assert.equal(fixed('NM006', text), application(expected));
  });
  it('is put below consumes in JSON', () => {
    const json = (scopes: string): string =>
      `{"apiVersion":"nais.io/v1","kind":"Naisjob","metadata":{"namespace":"team"},"spec":{"maskinporten":{"enabled":true,"scopes":${scopes}}}}`;
    const result = fixed('NM006', json('["ks:fiks",{"name":"spk:nav"}]'));
    assert.equal(result, json('{"consumes": [{"name": "ks:fiks"},{"name":"spk:nav"}]}'));
    assert.doesNotThrow(() => JSON.parse(result) as unknown);
  });
  it('has no fix where a template hides what an item is', () => {
    assert.deepEqual(only('NM006', application('    scopes:', '      - {{scope}}')).fixes, []);
  });
  it('is found in a MaskinportenClient', () => {
    const client = (scopes: string): string =>
      `apiVersion: nais.io/v1\nkind: MaskinportenClient\nmetadata: {namespace: team}\nspec:\n  scopes:\n${scopes}  secretName: s\n`;
    const text = client('  - ks:fiks\n');
    assert.equal(applyFix(text, only('NM006', text).fixes[0]), client('    consumes:\n    - name: ks:fiks\n'));
  });
});
