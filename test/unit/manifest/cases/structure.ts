import { application, consuming } from '../helpers';
import type { AnyRuleCases } from '../ruleCases';
import { client, exposing, exposingFlow, exposingItems, opening, openingFlow, workload } from '../ruleCases';

const scoped = (...lines: readonly string[]): string =>
  application('    scopes: # why', ...lines.map((line) => `      ${line}`));

export const structureCases: readonly AnyRuleCases[] = [
  {
    title: 'an unknown key in a list',
    code: 'NM005',
    severity: 'error',
    alsoInSchema: false,
    finds: [
      [consuming('- {Name: ks:fiks}'), 'Name', { key: 'Name', parent: 'consumes', nearest: 'name' }],
      [exposing('atmaxage: 30'), 'atmaxage', { key: 'atmaxage', parent: 'exposes', nearest: 'atMaxAge' }],
      [exposing('consumers: [{org: "889640782"}]'), 'org', { key: 'org', parent: 'consumers', nearest: 'orgno' }],
      [opening('- hostname: a.no'), 'hostname', { key: 'hostname', parent: 'external', nearest: 'host' }],
      [opening('- host: a.no', '  port: 22'), 'port', { key: 'port', parent: 'external', nearest: 'ports' }],
      [exposing('consumers: [&a {orgno: "889640782", foo: x}, *a]'), 'foo'],
    ],
    passes: [consuming('- name: ks:fiks'), exposing('atMaxAge: 30'), opening('- {host: a.no, ports: [{port: 22}]}')],
    templated: [
      consuming('- {{key}}: ks:fiks'),
      exposing('{{#if a}}{{key}}: x{{/if}}'),
      opening('- {{key}}: a.no'),
      opening('- { { rule } }'),
    ],
    cures: [
      [consuming('- scope: ks:fiks # c'), consuming('- name: ks:fiks # c')],
      [exposing('visiblity: private # c'), exposing('visibility: private # c')],
      [exposingFlow("'AtMaxAge': 30"), exposingFlow("'atMaxAge': 30")],
      [opening('- hostname: a.no # c', '  ports: []'), opening('- host: a.no # c', '  ports: []')],
      [openingFlow('{"Host": a.no}'), openingFlow('{"host": a.no}')],
      [
        opening('- host: a.no', '  port: 22 # c', '- host: b.no'),
        opening('- host: a.no', '  ports:', '    - port: 22 # c', '- host: b.no'),
      ],
      [openingFlow('{host: a.no, port: 22}'), openingFlow('{host: a.no, ports: [{port: 22}]}')],
    ],
    incurable: [consuming('- {name: ks:fiks, foo: x}'), opening('- {host: a.no, Host: b.no}')],
  },
  {
    title: 'an unknown key of a map',
    code: 'NM005',
    severity: 'error',
    alsoInSchema: true,
    finds: [
      [application('    scope: {}'), 'scope', { key: 'scope', parent: 'maskinporten', nearest: 'scopes' }],
      [scoped('consume: []'), 'consume', { key: 'consume', parent: 'scopes', nearest: 'consumes' }],
      [
        workload('accessPolicy: {outbond: {}}'),
        'outbond',
        { key: 'outbond', parent: 'accessPolicy', nearest: 'outbound' },
      ],
      [
        workload('accessPolicy:', '  outbound:', '    externals: []'),
        'externals',
        { key: 'externals', parent: 'outbound', nearest: 'external' },
      ],
    ],
    passes: [scoped('consumes: []'), workload('accessPolicy: {inbound: {foo: x}, outbound: {rules: [{foo: x}]}}')],
    templated: [
      scoped('{{key}}: []'),
      workload('accessPolicy: {outbound: {{outbound}}}'),
      workload('accessPolicy: {{p}}'),
    ],
    cures: [
      [scoped('consume: # c', '  - name: ks:fiks'), scoped('consumes: # c', '  - name: ks:fiks')],
      [application('    scopes: {expose: []} # c'), application('    scopes: {exposes: []} # c')],
    ],
  },
  {
    title: 'an unknown key of a MaskinportenClient',
    code: 'NM005',
    severity: 'error',
    alsoInSchema: false,
    finds: [
      [client('secretName: s', 'foo: x'), 'foo', { key: 'foo', parent: 'spec', nearest: undefined }],
      [client('secretname: s'), 'secretname', { key: 'secretname', parent: 'spec', nearest: 'secretName' }],
      [client('secretName: s', 'maskinporten: {enabled: true}'), 'maskinporten'],
    ],
    passes: [client('secretName: s', 'clientName: c', 'scopes: {consumes: []}'), workload('foo: x')],
    templated: [client('secretName: s', '{{key}}: x')],
    cures: [[client('SecretName: s # c'), client('secretName: s # c')]],
  },
  {
    title: 'a list or a plain value where a map belongs',
    code: 'NM006',
    severity: 'error',
    alsoInSchema: true,
    finds: [
      [
        application('    scopes: [ks:fiks]'),
        'scopes',
        { key: 'scopes', expected: 'map', keys: ['consumes', 'exposes'] },
      ],
      [application('    scopes: ks:fiks'), 'scopes'],
      [workload('maskinporten: true'), 'maskinporten'],
      [workload('maskinporten: [enabled]'), 'maskinporten'],
      [workload('accessPolicy: []'), 'accessPolicy'],
      [workload('accessPolicy: {outbound: [{host: a.no}]}'), 'outbound'],
      [client('secretName: s', 'scopes: [{name: ks:fiks}]'), 'scopes'],
    ],
    passes: [application('    scopes:'), workload('maskinporten:'), workload('accessPolicy: {outbound: {}}')],
    templated: [
      application('    scopes: {{scopes}}'),
      workload('maskinporten: "{{on}}"'),
      workload('accessPolicy: { { policy } }'),
      workload('accessPolicy:', '  {{{policy}}}'),
    ],
    cures: [
      [scoped('- name: ks:fiks # c'), scoped('consumes:', '  - name: ks:fiks # c')],
      [application('    scopes: [ks:fiks] # c'), application('    scopes: {consumes: [{name: ks:fiks}]} # c')],
      [workload('maskinporten: true # c', 'port: 1'), workload('maskinporten:', '  enabled: true # c', 'port: 1')],
    ],
    incurable: [application('    scopes: ks:fiks'), workload('accessPolicy: []'), workload('maskinporten: yes please')],
  },
  {
    title: 'a map or a plain value where a list belongs',
    code: 'NM006',
    severity: 'error',
    alsoInSchema: true,
    finds: [
      [scoped('consumes: ks:fiks'), 'consumes', { key: 'consumes', expected: 'list', keys: [] }],
      [scoped('consumes: {name: ks:fiks}'), 'consumes'],
      [scoped('exposes: read'), 'exposes'],
      [exposing('consumers: "889640782"'), 'consumers'],
      [exposing('allowedIntegrations: krr'), 'allowedIntegrations'],
      [openingFlow('').replace('[]', 'a.no'), 'external'],
      [opening('host: a.no'), 'external'],
      [opening('- host: a.no', '  ports: 22'), 'ports'],
      [client('secretName: s', 'scopes: {consumes: {name: ks:fiks}}'), 'consumes'],
      [scoped('consumes:', '  name: {{scope}}'), 'consumes'],
      [exposingItems('- &a {enabled: true, name: ab, product: c, consumers: x}', '- {<<: *a, name: cd}'), 'consumers'],
    ],
    passes: [scoped('consumes:'), scoped('consumes: []'), exposing('consumers:'), exposingItems('[]')],
    templated: [
      scoped('consumes: {{scopes}}'),
      scoped('consumes: "{{scope}}"'),
      scoped('consumes: { { scopes } }'),
      scoped('consumes:', '  {{{scopes}}}'),
      scoped('consumes: {name: {{scope}}}'),
      scoped('consumes:', '  {{key}}: x'),
      scoped('consumes:', '  {{#if map}}', '  name: x', '  {{/if}}'),
      scoped('consumes:', '{{#each scopes}}', '- name: {{this}}', '{{/each}}'),
      exposing('consumers: {{consumers}}'),
      opening('{{{hosts}}}'),
    ],
    cures: [
      [scoped('consumes: ks:fiks # c'), scoped('consumes:', '  - name: ks:fiks # c')],
      [scoped("consumes: 'ks:fiks'", 'exposes: []'), scoped('consumes:', "  - name: 'ks:fiks'", 'exposes: []')],
      [
        scoped('consumes:', '  # a', '  name: ks:fiks # b', '', 'exposes: []'),
        scoped('consumes:', '  # a', '  - name: ks:fiks # b', '', 'exposes: []'),
      ],
      [
        application('    scopes: {consumes: "a, b", exposes: []}'),
        application('    scopes: {consumes: [{name: "a, b"}], exposes: []}'),
      ],
      [application('    scopes: {consumes: {name: a:b}}'), application('    scopes: {consumes: [{name: a:b}]}')],
      [
        scoped('exposes:', '  enabled: true # c', '  name: read', '  # d', '  product: aap'),
        scoped('exposes:', '  - enabled: true # c', '    name: read', '    # d', '    product: aap'),
      ],
      [
        scoped('exposes:', '  enabled: true', '  {{#if a}}', '  name: read', '  {{/if}}', '  product: aap'),
        scoped('exposes:', '  - enabled: true', '  {{#if a}}', '    name: read', '  {{/if}}', '    product: aap'),
      ],
      [
        scoped('consumes: ks:fiks', '  more', 'exposes: []'),
        scoped('consumes:', '  - name: "ks:fiks more"', 'exposes: []'),
      ],
      [exposing('consumers: 889640782'), exposing('consumers:', '  - orgno: "889640782"')],
      [
        exposingItems(
          '- &a {enabled: true, name: ab, product: c,',
          '   consumers: "889640782"}',
          '- <<: *a',
          '  name: cd',
        ),
        exposingItems(
          '- &a {enabled: true, name: ab, product: c,',
          '   consumers: [{orgno: "889640782"}]}',
          '- <<: *a',
          '  name: cd',
        ),
      ],
      [exposingFlow('consumers: {orgno: "889640782"}'), exposingFlow('consumers: [{orgno: "889640782"}]')],
      [exposing('allowedIntegrations: maskinporten'), exposing('allowedIntegrations:', '  - maskinporten')],
      [opening('host: a.no # c', 'ports:', '  - port: 22'), opening('- host: a.no # c', '  ports:', '    - port: 22')],
      [workload('accessPolicy: {outbound: {external: a.no}}'), openingFlow('{host: a.no}').replace(' # all', '')],
      [opening('- host: a.no', '  ports: 22 # c'), opening('- host: a.no', '  ports:', '    - port: 22 # c')],
      [opening('- ports: {port: 22}', '  host: a.no'), opening('- ports: [{port: 22}]', '  host: a.no')],
    ],
    incurable: [
      scoped('exposes: read'),
      scoped('consumes: {ks: fiks}'),
      scoped('consumes: |', '  ks:fiks'),
      scoped('consumes: &a', '  name: ks:fiks'),
      opening('- host: a.no', '  ports: https'),
    ],
  },
];
