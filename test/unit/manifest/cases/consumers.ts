import type { AnyRuleCases } from '../ruleCases';
import { exposing, exposingFlow, exposingItems } from '../ruleCases';

const consumer = (...lines: readonly string[]): string =>
  exposing('consumers:', ...lines.map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`));
const inFlow = (consumers: string): string => exposingFlow(`consumers: [${consumers}]`);

export const consumersCases: readonly AnyRuleCases[] = [
  {
    title: 'a number without quotes',
    code: 'NM052',
    severity: 'error',
    alsoInSchema: true,
    finds: [[consumer('orgno: 889640782'), '889640782', { orgno: '889640782' }]],
    passes: [consumer('orgno: "889640782"'), consumer("orgno: '889640782'"), consumer('orgno: 889 640 782')],
    templated: [consumer('orgno: {{orgno}}'), consumer('orgno: 8896{{orgno}}')],
    cures: [
      [consumer('name: Nav', 'orgno: 889640782 # c'), consumer('name: Nav', 'orgno: "889640782" # c')],
      [inFlow('{orgno: 889640782, name: Nav}'), inFlow('{orgno: "889640782", name: Nav}')],
      [consumer('orgno: 889_640_782'), consumer('orgno: "889640782"')],
      [consumer('orgno: 012345678'), consumer('orgno: "012345678"')],
    ],
  },
  {
    title: 'what is not nine digits',
    code: 'NM053',
    severity: 'error',
    alsoInSchema: true,
    finds: [
      [consumer('orgno: "889 640 782"'), '889 640 782', { orgno: '889 640 782', problem: 'malformed' }],
      [consumer('orgno: "88964078"'), '88964078'],
      [consumer('orgno: ""'), '""', { orgno: '', problem: 'malformed' }],
      [consumer('name: Nav'), 'name: Nav', { orgno: '', problem: 'missing' }],
      [consumer('name: "{{name}}"'), 'name: "{{name}}"', { orgno: '', problem: 'missing' }],
      [consumer('orgno:'), 'orgno:', { orgno: '', problem: 'missing' }],
      [consumer('orgno: ["889640782"]'), '["889640782"]', { orgno: '["889640782"]', problem: 'malformed' }],
      [exposing('consumers: [["889640782"]]'), '["889640782"]', { orgno: '', problem: 'missing' }],
      [exposing('consumers: ["889640782"]'), '"889640782"', { orgno: '889640782', problem: 'missing' }],
    ],
    passes: [consumer('orgno: "889640782"'), consumer('orgno: 889640782'), consumer('orgnr: "889640782"')],
    templated: [
      consumer('orgno: "{{orgno}}"'),
      consumer('{{{consumer}}}', 'name: Nav'),
      exposing('consumers:', '  - {{consumer}}'),
      exposing('consumers:', '  {{#each consumers}}', '  - {{{this}}}', '  {{/each}}'),
    ],
    cures: [
      [consumer('orgno: "889 640 782" # c'), consumer('orgno: "889640782" # c')],
      [consumer("orgno: '0192:889640782'"), consumer("orgno: '889640782'")],
      [inFlow('{orgno: NO889640782MVA}'), inFlow('{orgno: "889640782"}')],
      [exposing('consumers:', '  - "889640782" # c'), exposing('consumers:', '  - orgno: "889640782" # c')],
      [inFlow('889640782'), inFlow('{orgno: "889640782"}')],
    ],
    incurable: [consumer('orgno: "88964078"'), consumer('name: Nav')],
  },
  {
    title: 'a wrong check digit',
    code: 'NM054',
    severity: 'warning',
    alsoInSchema: false,
    finds: [
      [consumer('orgno: "123456789"'), '123456789', { orgno: '123456789' }],
      [inFlow("{orgno: '999888777'}"), '999888777'],
    ],
    passes: [consumer('orgno: "889640782"'), consumer('orgno: "12345678"'), consumer('orgno: 123456789')],
    templated: [consumer('orgno: "12345678{{n}}"')],
    incurable: [consumer('orgno: "123456789"')],
  },
  {
    title: 'a consumer twice',
    code: 'NM055',
    severity: 'hint',
    alsoInSchema: false,
    finds: [
      [inFlow('{orgno: "889640782"}, {orgno: "991825827"}, {orgno: "889640782"}'), '889640782'],
      [inFlow('&a {orgno: "889640782"}, *a'), '*a'],
      [exposing('consumers: [&a {orgno: "889640782"}, {<<: *a, name: Nav}]'), '889640782'],
    ],
    passes: [
      inFlow('{orgno: "889640782"}, {orgno: "991825827"}'),
      exposingItems(
        '- {enabled: true, product: aap, name: read, consumers: &all [{orgno: "889640782"}]}',
        '- {enabled: true, product: aap, name: write, consumers: *all}',
      ),
    ],
    templated: [
      inFlow('{orgno: "{{a}}"}, {orgno: "{{a}}"}'),
      exposing('consumers:', '{{#if a}}', '- orgno: "889640782"', '{{else}}', '- orgno: "889640782"', '{{/if}}'),
    ],
    cures: [
      [
        exposing(
          'consumers:',
          '- orgno: "889640782"',
          '# c',
          '- name: Nav',
          '  orgno: "889640782"',
          '- orgno: "991825827"',
        ),
        exposing('consumers:', '- orgno: "889640782"', '# c', '- orgno: "991825827"'),
      ],
      [inFlow('{orgno: "889640782"}, {orgno: "889640782"}'), inFlow('{orgno: "889640782"}')],
      [
        exposing('consumers:', '- &nav {orgno: "889640782"}', '- *nav # c'),
        exposing('consumers:', '- &nav {orgno: "889640782"}', '# c'),
      ],
    ],
  },
];
