import type { AnyRuleCases } from '../ruleCases';
import { workload } from '../ruleCases';

const scopes = '{enabled: true, scopes: {consumes: [{name: "skatteetaten:skattemelding"}]}}';

const consuming = (...spec: readonly string[]): string => workload(`maskinporten: ${scopes}`, ...spec);

const open = (...hosts: readonly string[]): string =>
  consuming('accessPolicy:', '  outbound:', '    external:', ...hosts.map((host) => `      - host: ${host}`));

export const reachCases: readonly AnyRuleCases[] = [
  {
    title: 'nothing open',
    code: 'NM019',
    severity: 'information',
    alsoInSchema: false,
    finds: [
      [consuming(), 'consumes', {}],
      [consuming('accessPolicy: {outbound: {rules: [{application: other}]}}'), 'consumes'],
      [consuming('accessPolicy:', '  outbound:', '    external:'), 'consumes'],
      [consuming('accessPolicy: {outbound: {external: []}}'), 'consumes'],
      [consuming('env: [{name: A, value: "{{a}}"}]', 'webproxy: false'), 'consumes'],
    ],
    passes: [
      consuming('accessPolicy: {outbound: {external: [{host: a.no}]}}'),
      consuming('webproxy: true'),
      consuming('accessPolicy: {outbound: {external: {host: a.no}}}'),
      consuming('vault: {enabled: true}'),
      consuming().replace('enabled: true', 'enabled: false'),
      workload('maskinporten: {enabled: true, scopes: {exposes: []}}'),
      'apiVersion: nais.io/v1\nkind: MaskinportenClient\nspec: {scopes: {consumes: [{name: ks:fiks}]}}\n',
    ],
    templated: [
      consuming('accessPolicy: {{policy}}'),
      consuming('accessPolicy:', '  outbound:', '    external: {{hosts}}'),
      consuming(
        'accessPolicy:',
        '  outbound:',
        '    external:',
        '    {{#each hosts}}',
        '    {{{this}}}',
        '    {{/each}}',
      ),
      consuming(
        'accessPolicy:',
        '  outbound:',
        '    external:',
        '    {{#each h}}',
        '    - host: {{this}}',
        '    {{/each}}',
      ),
      consuming('accessPolicy:', '  outbound:', '    {{{external}}}'),
      consuming('{{{accessPolicy}}}'),
      consuming().replace('enabled: true', 'enabled: "{{on}}"'),
    ],
    cures: [
      [
        consuming('port: 8080 # c'),
        consuming('port: 8080 # c', 'accessPolicy:', '  outbound:', '    external:', '      - host: ""'),
      ],
      [
        consuming('accessPolicy:', '  inbound: {rules: []}', 'port: 8080'),
        consuming(
          'accessPolicy:',
          '  inbound: {rules: []}',
          '  outbound:',
          '    external:',
          '      - host: ""',
          'port: 8080',
        ),
      ],
      [
        consuming('accessPolicy: {outbound: {rules: []}}'),
        consuming('accessPolicy: {outbound: {external: [{host: ""}], rules: []}}'),
      ],
      [
        consuming('accessPolicy:', '  outbound:', '    external: [] # c'),
        consuming('accessPolicy:', '  outbound:', '    external: [{host: ""}] # c'),
      ],
      [
        consuming('env:', '{{#each env}}', '- name: {{@key}}', '  value: x', '{{/each}}'),
        consuming('env:', '{{#each env}}', '- name: {{@key}}', '  value: x', '{{/each}}').replace(
          'spec:\n',
          'spec:\n  accessPolicy:\n    outbound:\n      external:\n        - host: ""\n',
        ),
      ],
      [
        consuming('resources:', '  limits: {memory: 1Gi}', '', '# end'),
        consuming(
          'resources:',
          '  limits: {memory: 1Gi}',
          'accessPolicy:',
          '  outbound:',
          '    external:',
          '      - host: ""',
          '',
          '# end',
        ),
      ],
    ],
  },
  {
    title: 'nothing open, for a target that is known',
    code: 'NM019',
    severity: 'information',
    alsoInSchema: false,
    options: { target: 'prod' },
    finds: [],
    passes: [],
    templated: [],
    cures: [
      [consuming(), consuming('accessPolicy:', '  outbound:', '    external:', '      - host: api.skatteetaten.no')],
    ],
  },
  {
    title: 'nothing open on-prem',
    code: 'NM019',
    severity: 'information',
    alsoInSchema: false,
    options: { onPrem: true },
    finds: [],
    passes: [consuming()],
    templated: [],
  },
  {
    title: 'a known host that is not open',
    code: 'NM020',
    severity: 'information',
    alsoInSchema: false,
    options: { target: 'prod' },
    finds: [
      [
        open('a.no'),
        'skatteetaten:skattemelding',
        { scope: 'skatteetaten:skattemelding', hosts: ['api.skatteetaten.no'], target: 'prod' },
      ],
      [open('api-test.sits.no'), 'skatteetaten:skattemelding'],
    ],
    passes: [
      open('API.skatteetaten.no'),
      open('a.no').replace('skattemelding', 'innkrevingsoppdrag'),
      consuming(),
      `${open('a.no')}  webproxy: true\n`,
      open('a.no').replace('enabled: true', 'enabled: false'),
    ],
    templated: [
      open('a.no', '{{host}}'),
      open('a.no').replace('skattemelding', '{{scope}}'),
      `${open('a.no')}      {{{more}}}\n`,
      open('"{{#if a}}a.no{{/if}}"'),
    ],
    cures: [
      [open('a.no # c'), open('a.no # c', 'api.skatteetaten.no')],
      [
        consuming('accessPolicy: {outbound: {external: [{host: a.no}]}} # c'),
        consuming('accessPolicy: {outbound: {external: [{host: a.no}, {host: api.skatteetaten.no}]}} # c'),
      ],
    ],
  },
  {
    title: 'a known host that is not open, for a target that is not known',
    code: 'NM020',
    severity: 'information',
    alsoInSchema: false,
    finds: [],
    passes: [open('a.no')],
    templated: [],
  },
  {
    title: 'a host of production in test',
    code: 'NM021',
    severity: 'information',
    alsoInSchema: false,
    options: { target: 'dev' },
    finds: [
      [
        open('platform.altinn.no'),
        'platform.altinn.no',
        { host: 'platform.altinn.no', counterparts: ['platform.tt02.altinn.no'], target: 'dev' },
      ],
      [workload('env: [{name: URL, value: "https://maskinporten.no/token"}]'), 'https://maskinporten.no/token'],
    ],
    passes: [
      open('platform.tt02.altinn.no', 'a.no'),
      workload('env: [{name: URL, value: "https://test.maskinporten.no/"}]'),
      workload('env: [{name: MASKINPORTEN_ISSUER, value: "https://maskinporten.no/"}]'),
      workload('env: [{name: DOC, value: see https://maskinporten.no/}]'),
    ],
    templated: [
      open('"{{a}}platform.altinn.no"'),
      workload('env: [{name: URL, value: "https://maskinporten.no/{{path}}"}]'),
      workload('env:', '  {{#if prod}}', '  - {name: URL, value: "https://maskinporten.no/"}', '  {{/if}}'),
    ],
    cures: [
      [open('"platform.altinn.no" # c'), open('"platform.tt02.altinn.no" # c')],
      [
        workload('env:', '  - name: URL', '    value: https://maskinporten.no/token # c'),
        workload('env:', '  - name: URL', '    value: https://test.maskinporten.no/token # c'),
      ],
      [
        workload('env: [{name: URL, value: "https://maskinporten.no/token"}]'),
        workload('env: [{name: URL, value: "https://test.maskinporten.no/token"}]'),
      ],
    ],
  },
  {
    title: 'a host of test in production',
    code: 'NM021',
    severity: 'information',
    alsoInSchema: false,
    options: { target: 'prod' },
    finds: [[open('test.maskinporten.no'), 'test.maskinporten.no']],
    passes: [open('maskinporten.no')],
    templated: [],
    cures: [[open('api-test.sits.no'), open('api.skatteetaten.no')]],
  },
];
