import assert from 'node:assert/strict';
import type { FindingCode } from '../../../src/manifest';
import { application, applyFix, codes, consuming, cut, fixed, only } from './helpers';

const named = (name: string): string => consuming(`- name: ${name} # why`, '- name: spk:nav');
const inFlow = (name: string): string => application(`    scopes: {consumes: [{name: ${name}}, {name: spk:nav}]}`);

function becomes(code: FindingCode, before: string, after: string): void {
  assert.equal(fixed(code, named(before)), named(after));
  assert.equal(fixed(code, inFlow(before)), inFlow(after));
}

describe('a good scope', () => {
  for (const scope of [
    'ks:fiks',
    'nav:aareg/v1/arbeidsforhold/otp',
    'nav:pensjonopptjening:ekstern.afp.beholdningsgrunnlag.beregn.read',
    'digdir:dialogporten.serviceprovider.changetransmissions',
    'altinn:maskinporten/delegationsSchemes.write',
    'move/dpo.read',
    'entur:skyss.1',
    '889640782:a',
  ]) {
    it(`is ${scope}`, () => {
      assert.deepEqual(codes(named(scope)), []);
      assert.deepEqual(codes(named(`"${scope}"`)), []);
    });
  }
});

describe('templated scopes', () => {
  it('are never judged', () => {
    const names = [
      '"{{a}} b"',
      'Nav:{{a}}',
      '{{a}}/',
      '"é{{a}}"',
      '{{#if a}}nav{{/if}}',
      'nav{{! a }}x',
      '{{a}}::b',
      'nav {{else}}',
    ];
    for (const name of names) {
      assert.deepEqual(codes(consuming(`- name: ${name}`)), [], name);
    }
  });
});

describe('NM009, characters that no scope can have', () => {
  for (const [name, characters] of [
    ['ks:fi ks', [' ']],
    ['" ks:fiks"', [' ']],
    ['"ks:fiks\\t"', ['\t']],
    [`'"ks:fiks"'`, ['"']],
    [`'ks:\\fiks'`, ['\\']],
    ['ks:fiks\u00a0', ['\u00a0']],
    ['ks:\u200bfiks', ['\u200b']],
    ['nav:søknad', ['ø']],
    ['nav:a😀', ['😀']],
  ] as const) {
    it(`are found in ${JSON.stringify(name)}`, () => {
      const text = consuming(`- name: ${name}`);
      const finding = only('NM009', text);
      assert.deepEqual(finding.data.characters, characters);
      assert.equal(finding.severity, 'warning');
    });
  }
  it('are removed', () => {
    becomes('NM009', '" ks:fiks "', '"ks:fiks"');
    becomes('NM009', "' ks:fiks'", "'ks:fiks'");
    becomes('NM009', 'ks:fi\u200bks', 'ks:fiks');
    becomes('NM009', `'"ks:fiks"'`, `'ks:fiks'`);
    becomes('NM009', `'"it''s:x"'`, `'it''s:x'`);
  });
  it('are removed with a block scalar', () => {
    const text = consuming('- name: |', '    ks:fiks', '', '- name: spk:nav');
    assert.equal(fixed('NM009', text), consuming('- name: ks:fiks', '', '- name: spk:nav'));
  });
  it('are safe to remove around a scope, not within', () => {
    assert.equal(only('NM009', named('" ks:fiks"')).fixes[0]?.safe, true);
    assert.equal(only('NM009', named('ks:fi ks')).fixes[0]?.safe, false);
  });
  it('stay where they are letters of a word', () => {
    assert.deepEqual(only('NM009', named('nav:søknad')).fixes, []);
  });
});

describe('NM011, no prefix', () => {
  it('is found', () => {
    const text = named('noe');
    const finding = only('NM011', text);
    assert.equal(cut(text, finding.range), 'noe');
    assert.equal(finding.severity, 'warning');
    assert.deepEqual(finding.fixes, []);
  });
  it('is found once, whatever else is in the scope', () => {
    assert.deepEqual(codes(named('"a b"')), ['NM009', 'NM011']);
  });
  it('gets the prefix of each known scope of that name', () => {
    becomes('NM011', 'skattemelding', 'skatteetaten:skattemelding');
    const { fixes } = only('NM011', named('nav'));
    assert.deepEqual(
      fixes.map(({ title }) => 'result' in title && title.result),
      ['gabler:nav', 'opf:nav', 'spk:nav', 'stbsbl:nav', 'stbsbp:nav'],
    );
    assert.ok(fixes.every(({ safe }) => !safe));
  });
  it('gets the colon that a slash stands for', () => {
    becomes('NM011', '"skatteetaten/inntekt"', '"skatteetaten:inntekt"');
  });
});

describe('NM012, unusual characters', () => {
  for (const [name, characters] of [
    ['nav:Ab', ['A']],
    ['nav:a-b', ['-']],
    ['nav:a_b_c', ['_']],
    ['Nav:a-B', ['N', '-', 'B']],
  ] as const) {
    it(`are found in ${name}`, () => {
      const finding = only('NM012', named(name));
      assert.deepEqual(finding.data.characters, characters);
      assert.equal(finding.severity, 'information');
      assert.deepEqual(finding.fixes, []);
    });
  }
  it('are replaced only where the result is a known scope', () => {
    becomes('NM012', 'Skatteetaten:Inntekt', 'skatteetaten:inntekt');
    becomes('NM012', '"ks:fi-ks"', '"ks:fiks"');
    becomes('NM012', 'altinn:maskinporten/delegations-schemes.write', 'altinn:maskinporten/delegationsSchemes.write');
  });
});

describe('NM013, loose separators', () => {
  for (const [name, cleaned] of [
    ['ks:fiks/', 'ks:fiks'],
    ['ks:fiks.', 'ks:fiks'],
    ['"ks:fiks:"', 'ks:fiks'],
    ['/ks:fiks', 'ks:fiks'],
    ['ks::fiks', 'ks:fiks'],
    ['ks://fiks', 'ks:/fiks'],
    ['nav:a//b..c', 'nav:a/b.c'],
  ] as const) {
    it(`are found in ${name}`, () => {
      const finding = only('NM013', consuming(`- name: ${name}`));
      assert.deepEqual(finding.data.cleaned, cleaned);
      assert.equal(finding.severity, 'warning');
    });
  }
  it('are not found in a colon after a slash, which Nais allows', () => {
    assert.deepEqual(codes(named('nav:a/:bc')), []);
  });
  it('are found once in a scope that an alias repeats', () => {
    assert.deepEqual(codes(consuming('- &a {name: ks::fiks}', '- *a')), ['NM013', 'NM014']);
  });
  it('are cleaned', () => {
    becomes('NM013', 'ks::fiks', 'ks:fiks');
    becomes('NM013', "'/nav:a//b/'", "'nav:a/b'");
  });
  it('are not cleaned away from an address', () => {
    assert.deepEqual(only('NM013', named('https://api.example.no/x')).fixes, []);
  });
  it('that leave nothing have no fix', () => {
    assert.deepEqual(only('NM013', named('"::"')).fixes, []);
  });
  it('are safe to clean where a prefix is left', () => {
    const text = named('":fiks"');
    const finding = only('NM013', text);
    assert.equal(finding.fixes[0]?.safe, false);
    assert.deepEqual(codes(applyFix(text, finding.fixes[0])), ['NM011']);
  });
});

describe('NM015, nearly a known scope', () => {
  for (const [name, known] of [
    ['skatteetaten:intekt', 'skatteetaten:inntekt'],
    ['skateetaten:inntekt', 'skatteetaten:inntekt'],
    ['altinn:serviceowners/reportees', 'altinn:serviceowner/reportees'],
    ['ks:fikz', 'ks:fiks'],
  ] as const) {
    it(`is found in ${name}, near to ${known}`, () => {
      const finding = only('NM015', named(name));
      assert.deepEqual(finding.data, { scope: name, known });
      assert.equal(finding.severity, 'information');
      assert.equal(finding.fixes[0]?.safe, false);
      becomes('NM015', name, known);
      becomes('NM015', `"${name}"`, `"${known}"`);
    });
  }
  for (const name of [
    'skatteetaten:inntekt',
    'nav:pensjon/v2/tpregisteret',
    'entur:skyss.2',
    'ks:fix',
    'klp:nav',
    'nav:bidrag/v1/bidragskrav',
    'digdir:dialogporten.serviceprovider.changetransmission.all',
  ]) {
    it(`is not found in ${name}`, () => {
      assert.deepEqual(codes(named(name)), []);
    });
  }
  it('is not found in what another rule speaks of', () => {
    assert.deepEqual(codes(named('skatteetaten:Intekt')), ['NM012']);
    assert.deepEqual(codes(named('skatteetaten::intekt')), ['NM013']);
  });
  it('is never judged where a template takes part', () => {
    assert.deepEqual(codes(named('"skatteetaten:{{a}}intekt"')), []);
  });
});
