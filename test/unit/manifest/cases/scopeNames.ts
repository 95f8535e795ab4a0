import { application, consuming } from '../helpers';
import type { AnyRuleCases } from '../ruleCases';

const named = (name: string): string => consuming(`- name: ${name} # why`, '- name: spk:nav');
const flow = (name: string): string => application(`    scopes: {consumes: [{name: ${name}}, {name: spk:nav}]}`);

export const scopeNameCases: readonly AnyRuleCases[] = [
  {
    title: 'characters that no scope can have',
    code: 'NM009',
    severity: 'warning',
    alsoInSchema: false,
    finds: [
      [named('" ks:fiks"'), ' ks:fiks', { scope: ' ks:fiks', characters: [' '] }],
      [named('ks:\u200bfiks'), 'ks:\u200bfiks', { scope: 'ks:\u200bfiks', characters: ['\u200b'] }],
      [named('nav:søknad'), 'nav:søknad'],
    ],
    passes: [named('ks:fiks'), named('"ks:a ks:b"')],
    templated: [named('"{{a}} b"'), named('"é{{a}}"')],
    cures: [
      [named('" ks:fiks "'), named('"ks:fiks"')],
      [named('ks:fi\u200bks'), named('ks:fiks')],
      [flow("' ks:fiks'"), flow("'ks:fiks'")],
    ],
    incurable: [named('nav:søknad')],
  },
  {
    title: 'no prefix',
    code: 'NM011',
    severity: 'warning',
    alsoInSchema: false,
    finds: [[named('noe'), 'noe', { scope: 'noe' }]],
    passes: [named('ks:fiks'), named('move/dpo.read')],
    templated: [named('noe{{a}}'), named('{{a}}')],
    cures: [
      [named('skattemelding'), named('skatteetaten:skattemelding')],
      [flow('"skatteetaten/inntekt"'), flow('"skatteetaten:inntekt"')],
      [named('nav'), named('spk:nav'), 2],
    ],
    incurable: [named('noe')],
  },
  {
    title: 'unusual characters',
    code: 'NM012',
    severity: 'information',
    alsoInSchema: false,
    finds: [[named('Nav:a-B'), 'Nav:a-B', { scope: 'Nav:a-B', characters: ['N', '-', 'B'] }]],
    passes: [named('nav:ab'), named('altinn:maskinporten/delegationsSchemes.write')],
    templated: [named('Nav:{{a}}'), named('"{{a}}_b"')],
    cures: [
      [named('Skatteetaten:Inntekt'), named('skatteetaten:inntekt')],
      [flow('"ks:fi-ks"'), flow('"ks:fiks"')],
    ],
    incurable: [named('nav:a_b')],
  },
  {
    title: 'loose separators',
    code: 'NM013',
    severity: 'warning',
    alsoInSchema: false,
    finds: [[named('ks::fiks'), 'ks::fiks', { scope: 'ks::fiks', cleaned: 'ks:fiks' }]],
    passes: [named('nav:a/:bc'), named('ks:fiks')],
    templated: [named('"{{a}}::b"'), named('{{a}}/')],
    cures: [
      [named('ks:fiks/'), named('ks:fiks')],
      [flow("'/nav:a//b/'"), flow("'nav:a/b'")],
    ],
    incurable: [named('https://api.example.no/x'), named('"::"')],
  },
  {
    title: 'nearly a known scope',
    code: 'NM015',
    severity: 'information',
    alsoInSchema: false,
    finds: [
      [
        named('skatteetaten:intekt'),
        'skatteetaten:intekt',
        { scope: 'skatteetaten:intekt', known: 'skatteetaten:inntekt' },
      ],
    ],
    passes: [named('skatteetaten:inntekt'), named('nav:pensjon/v2/tpregisteret')],
    templated: [named('"skatteetaten:{{a}}intekt"')],
    cures: [
      [named('"skatteetaten:intekt"'), named('"skatteetaten:inntekt"')],
      [flow('ks:fikz'), flow('ks:fiks')],
    ],
  },
];
