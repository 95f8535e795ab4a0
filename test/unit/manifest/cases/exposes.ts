import { application } from '../helpers';
import type { AnyRuleCases } from '../ruleCases';
import { exposing, exposingFlow, exposingItem, exposingItems } from '../ruleCases';

const named = (name: string): string => exposing().replace('name: read', `name: ${name}`);

const product = (value: string): string => exposing().replace('product: aap', `product: ${value}`);

const separated = (value: string): string => exposing().replace('separator: "/"', `separator: ${value}`);

const delegating = (...lines: readonly string[]): string =>
  exposingItem('enabled: true', 'product: aap', 'name: read', ...lines);

const two = (first: string, second: string): string => exposingItems(`- {${first}}`, `- {${second}} # two`);

const read = 'enabled: true, product: aap, name: read';

export const exposesCases: readonly AnyRuleCases[] = [
  {
    title: 'an exposed scope without a required key',
    code: 'NM040',
    severity: 'error',
    alsoInSchema: true,
    finds: [
      [exposingItem('product: aap', 'name: read'), 'product: aap', { missing: ['enabled'] }],
      [exposingItem('product: aap', 'name: "{{name}}"'), 'product: aap', { missing: ['enabled'] }],
      [exposingItem('enabled: true'), 'enabled: true', { missing: ['name', 'product'] }],
      [exposingItem('enabled: true', 'product: aap', 'name:'), 'enabled: true', { missing: ['name'] }],
      [exposingItems('-'), '-', { missing: ['enabled', 'name', 'product'] }],
      [exposingItems('- [aap]'), '[aap]', { missing: ['enabled', 'name', 'product'] }],
      [exposingItems('- aap'), 'aap', { missing: ['enabled', 'name', 'product'] }],
    ],
    passes: [exposing(), exposingItem('enabled: true', 'produkt: aap', 'name: read'), exposingItems('[]')],
    templated: [
      exposingItem('{{{item}}}', 'name: read'),
      exposingItem('name: read', '{{> rest}}'),
      exposingItems('- {{item}}'),
      exposingItem('{{key}}: x', 'name: read'),
      exposingItems('- { { item } }'),
    ],
    cures: [
      [exposingItem('product: aap # c', 'name: read'), exposingItem('enabled: true', 'product: aap # c', 'name: read')],
      [exposingItem('enabled: true'), exposingItem('name: ""', 'product: ""', 'enabled: true')],
      [
        application('    scopes: {exposes: [{product: aap, name: read}]}'),
        application('    scopes: {exposes: [{enabled: true, product: aap, name: read}]}'),
      ],
      [
        application('    scopes: {"exposes": [{"product": "aap", "name": "read"}]}'),
        application('    scopes: {"exposes": [{"enabled": true, "product": "aap", "name": "read"}]}'),
      ],
    ],
    incurable: [exposingItem('enabled:', 'product: aap', 'name: read'), exposingItems('- aap')],
  },
  {
    title: 'a malformed product',
    code: 'NM041',
    severity: 'error',
    alsoInSchema: true,
    finds: [
      [product('AAP'), 'AAP', { product: 'AAP' }],
      [product('"a-p"'), 'a-p'],
      [product('12'), '12'],
      [product('[aap]'), '[aap]', { product: '[aap]' }],
      [product('""'), '""', { product: '' }],
    ],
    passes: [product('aap2'), product('"12"')],
    templated: [product('{{product}}'), product('"A{{product}}"')],
    cures: [
      [product('AAP # c'), product('aap # c')],
      [product("'sykepenger-tjenester'"), product("'sykepengertjenester'")],
      [product('trøndelag'), product('trondelag')],
      [product('12'), product('"12"')],
      [exposingFlow().replace('aap', '"A_p"'), exposingFlow().replace('aap', '"ap"')],
    ],
    incurable: [product('""'), product('"-"')],
  },
  {
    title: 'a malformed exposed name',
    code: 'NM042',
    severity: 'error',
    alsoInSchema: true,
    finds: [
      [named('a-b'), 'a-b', { name: 'a-b', isText: true, at: 1, character: '-' }],
      [named('a'), 'a', { name: 'a', isText: true, at: 1, character: undefined }],
      [named('"a😀"'), 'a😀', { name: 'a😀', isText: true, at: 1, character: '😀' }],
      [named('""'), '""', { name: '', isText: true, at: 0, character: undefined }],
      [named('12'), '12', { name: '12', isText: false, at: 2, character: undefined }],
      [named('yes'), 'yes', { name: 'yes', isText: false, at: 3, character: undefined }],
      [named('[read]'), '[read]', { name: '[read]', isText: false, at: 0, character: '[' }],
      [named(`${'a'.repeat(5000)}-`), `${'a'.repeat(5000)}-`],
    ],
    passes: ['ab', 'a/b.c', 'v3/alderspensjon', 'a/:bc', '"søknad"'].map(named),
    templated: [named('{{name}}'), named('[{{name}}]'), named('"A{{name}}"'), named('{{#if a}}A{{/if}}')],
    cures: [
      [named('"Read.All" # c'), named('"read.all" # c')],
      [named('12'), named('"12"')],
      [named('yes # c'), named('"yes" # c')],
      [exposingFlow().replace('name: read', 'name: READ'), exposingFlow()],
    ],
    incurable: [named('a-b'), named('""')],
  },
  {
    title: 'a separator that is none',
    code: 'NM043',
    severity: 'error',
    alsoInSchema: true,
    finds: [
      [separated('"-"'), '-', { separator: '-' }],
      [separated('""'), '""', { separator: '' }],
      [separated('//'), '//'],
      [separated('[/]'), '[/]'],
    ],
    passes: [separated('"/"'), separated(':').replace('separator: :', 'separator: ":"'), separated('.'), separated('')],
    templated: [separated('{{separator}}'), separated('"{{separator}}"')],
    cures: [
      [separated('"-" # c'), separated('"/" # c')],
      [exposingFlow("separator: '_'"), exposingFlow('separator: "/"')],
    ],
  },
  {
    title: 'delegation without a slash',
    code: 'NM044',
    severity: 'error',
    alsoInSchema: false,
    finds: [
      [delegating('delegationSource: altinn'), 'delegationSource', {}],
      [delegating('delegationSource: altinn', 'separator: ":"'), ':'],
    ],
    passes: [delegating('delegationSource: altinn', 'separator: /'), delegating('delegationSource:'), delegating()],
    templated: [
      delegating('delegationSource: {{source}}'),
      delegating('delegationSource: altinn', 'separator: "{{separator}}"'),
      delegating('delegationSource: altinn', '{{{more}}}'),
    ],
    cures: [
      [
        delegating('delegationSource: altinn # c'),
        delegating('delegationSource: altinn # c').replace('- enabled', '- separator: "/"\n          enabled'),
      ],
      [
        delegating('delegationSource: altinn', "separator: '.' # c"),
        delegating('delegationSource: altinn', 'separator: "/" # c'),
      ],
      [
        exposingFlow('delegationSource: altinn'),
        exposingFlow('delegationSource: altinn').replace('{enabled', '{separator: "/", enabled'),
      ],
    ],
    incurable: [delegating('delegationSource: altinn', 'separator:')],
  },
  {
    title: 'a separator that is not written',
    code: 'NM045',
    severity: 'hint',
    alsoInSchema: false,
    finds: [
      [delegating(), 'read', { scope: 'nav:aap:read', separator: ':' }],
      [delegating().replace('read', 'v1/read'), 'v1/read', { scope: 'nav:aap/v1/read', separator: '/' }],
    ],
    passes: [exposing(), delegating('delegationSource: altinn')],
    templated: [
      delegating().replace('read', '{{name}}'),
      delegating().replace('aap', '"{{product}}"'),
      delegating('{{{separator}}}'),
      delegating('separator: {{separator}}'),
    ],
    cures: [
      [delegating(), delegating().replace('- enabled', '- separator: ":"\n          enabled')],
      [exposingFlow('atMaxAge: 30'), exposingFlow('atMaxAge: 30').replace('{enabled', '{separator: ":", enabled')],
      [
        delegating().replace('read', 'v1/read'),
        delegating().replace('read', 'v1/read').replace('- enabled', '- separator: "/"\n          enabled'),
      ],
    ],
  },
  {
    title: 'the prefix of another tenant',
    code: 'NM045',
    severity: 'hint',
    alsoInSchema: false,
    options: { scopePrefix: 'ssb' },
    finds: [[delegating(), 'read', { scope: 'ssb:aap:read', separator: ':' }]],
    passes: [],
    templated: [],
  },
  {
    title: 'two items that give the same scope',
    code: 'NM057',
    severity: 'warning',
    alsoInSchema: false,
    finds: [
      [two(`${read}, separator: /`, `${read}, separator: "/"`), 'read'],
      [two(read, `${read}, separator: ":"`), 'read'],
      [exposingItems(`- &a {${read}}`, '- *a'), '*a'],
    ],
    passes: [two(read, `${read}, separator: /`), exposing()],
    templated: [
      two('enabled: true, product: aap, name: "{{a}}"', 'enabled: true, product: aap, name: "{{a}}"'),
      exposingItems('{{#if a}}', `- {${read}}`, '{{else}}', `- {${read}}`, '{{/if}}'),
      two(read, `${read}, separator: "{{s}}"`),
    ],
    cures: [
      [two(read, read), exposingItems(`- {${read}}`, '# two')],
      [exposingItems(`- &a {${read}}`, '- *a # c'), exposingItems(`- &a {${read}}`, '# c')],
      [application(`    scopes: {exposes: [{${read}}, {${read}}]}`), application(`    scopes: {exposes: [{${read}}]}`)],
      [
        exposingItems('- name: read', '  product: aap', '# c', '- product: aap', '  name: read', '- name: x'),
        exposingItems('- name: read', '  product: aap', '# c', '- name: x'),
      ],
    ],
  },
  {
    title: 'a scope that is switched off',
    code: 'NM058',
    severity: 'information',
    alsoInSchema: false,
    finds: [
      [exposing().replace('true\n          product', 'false\n          product'), 'false', { scope: 'nav:aap/read' }],
      [exposingItem('enabled: no', 'name: "{{name}}"', 'product: aap'), 'no', { scope: undefined }],
    ],
    passes: [exposing()],
    templated: [exposingItem('enabled: {{on}}', 'name: read', 'product: aap')],
  },
  {
    title: 'Norwegian letters in an exposed name',
    code: 'NM059',
    severity: 'warning',
    alsoInSchema: false,
    finds: [[named('søknad/åpen'), 'søknad/åpen', { name: 'søknad/åpen', characters: ['ø', 'å'] }]],
    passes: [named('soknad'), named('Søknad')],
    templated: [named('"ø{{name}}"')],
    cures: [
      [named('"søknad/værløs" # c'), named('"soknad/vaerlos" # c')],
      [exposingFlow().replace('read', 'måned'), exposingFlow().replace('read', 'maned')],
    ],
  },
];
