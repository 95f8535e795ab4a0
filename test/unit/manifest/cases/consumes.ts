import { application, consuming } from '../helpers';
import type { AnyRuleCases } from '../ruleCases';

const flow = (items: string): string => application(`    scopes: {consumes: [${items}]} # all`);

export const consumesCases: readonly AnyRuleCases[] = [
  {
    title: 'a plain item',
    code: 'NM007',
    severity: 'error',
    alsoInSchema: true,
    finds: [
      [consuming('- "ks:fiks"'), 'ks:fiks', { scope: 'ks:fiks' }],
      [consuming('- 12'), '12', { scope: '12' }],
    ],
    passes: [consuming('- name: ks:fiks'), consuming('-')],
    templated: [consuming('- {{scope}}'), consuming('- "{{scope}}"'), consuming('- ks:{{scope}}')],
    cures: [
      [consuming('- ks:fiks # c'), consuming('- name: ks:fiks # c')],
      [consuming('- 12'), consuming('- name: "12"')],
      [flow('{name: a:b}, "ks:fiks"'), flow('{name: a:b}, {name: "ks:fiks"}')],
    ],
    incurable: [consuming('- &anchor ks:fiks'), consuming('- |', '  ks:fiks')],
  },
  {
    title: 'an item without a name',
    code: 'NM008',
    severity: 'error',
    alsoInSchema: true,
    finds: [
      [consuming('- {}'), '{}', { problem: 'missing' }],
      [consuming('-', '- name: ks:fiks'), '-', { problem: 'missing' }],
      [consuming('- name:'), 'name', { problem: 'missing' }],
      [consuming('- name: 12'), '12', { problem: 'not-a-string' }],
      [consuming('- name: [ks:fiks]'), '[ks:fiks]', { problem: 'not-a-string' }],
      [consuming('- - ks:fiks'), '- ks:fiks', { problem: 'missing' }],
    ],
    passes: [consuming('- name: ks:fiks'), consuming('- scope: ks:fiks')],
    templated: [consuming('- name: {{scope}}'), consuming('- {{{item}}}'), consuming('-', '  {{> name}}')],
    cures: [
      [consuming('- foo: x # c'), consuming('- name: ""', '  foo: x # c')],
      [consuming('-', '- name: ks:fiks'), consuming('- name: ""', '- name: ks:fiks')],
      [flow('{}'), flow('{name: ""}')],
      [consuming('- name: 12 # c'), consuming('- name: "12" # c')],
    ],
    incurable: [consuming('- name: [ks:fiks]')],
  },
  {
    title: 'an empty name',
    code: 'NM008',
    severity: 'warning',
    alsoInSchema: false,
    finds: [[consuming('- name: ""'), '""', { problem: 'empty' }]],
    passes: [],
    templated: [consuming('- name: "{{#if a}}{{/if}}"')],
    incurable: [consuming('- name: ""')],
  },
  {
    title: 'several scopes in one name',
    code: 'NM010',
    severity: 'warning',
    alsoInSchema: false,
    finds: [[consuming('- name: "ks:a, ks:b"'), 'ks:a, ks:b', { scopes: ['ks:a', 'ks:b'] }]],
    passes: [consuming('- name: ks:a', '- name: ks:b'), consuming('- name: ks:a b')],
    templated: [consuming('- name: ks:a {{b}}'), consuming('- name: "ks:a ks:{{b}}"')],
    cures: [
      [
        consuming('- name: ks:a ks:b # c', '- name: ks:d'),
        consuming('- name: ks:a # c', '- name: ks:b', '- name: ks:d'),
      ],
      [flow('{name: "ks:a ks:b"}'), flow('{name: "ks:a"}, {name: "ks:b"}')],
    ],
    incurable: [consuming('- {name: "ks:a ks:b", foo: x}')],
  },
  {
    title: 'a scope that is consumed twice',
    code: 'NM014',
    severity: 'warning',
    alsoInSchema: false,
    finds: [
      [consuming('- name: ks:a', '- name: "ks:a"'), 'ks:a'],
      [consuming('- &a {name: ks:a}', '- *a'), '*a'],
    ],
    passes: [consuming('- name: ks:a', '- name: ks:b'), consuming('- name: ks:a', '- name: ks:A')],
    templated: [
      consuming('- name: {{a}}', '- name: {{a}}'),
      consuming('{{#if a}}', '- name: ks:a', '{{else}}', '- name: ks:a', '{{/if}}'),
    ],
    cures: [
      [consuming('- name: ks:a', '# b', '- name: ks:a # c'), consuming('- name: ks:a', '# b', '# c')],
      [consuming('- &a {name: ks:a}', '- *a'), consuming('- &a {name: ks:a}')],
      [flow('{name: ks:a}, {name: ks:a}'), flow('{name: ks:a}')],
    ],
    incurable: [consuming('- name: ks:a', '- {name: ks:a, foo: b}')],
  },
];
