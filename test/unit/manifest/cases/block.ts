import { application, consuming } from '../helpers';
import type { AnyRuleCases } from '../ruleCases';
import { client, exposing, workload } from '../ruleCases';

const withBlock = (...lines: readonly string[]): string =>
  workload('maskinporten: # why', ...lines.map((line) => `  ${line}`), 'replicas: {min: 1}');

const listening = (port: string, on = 'true'): string =>
  workload(`port: ${port} # http`, `maskinporten: {enabled: ${on}, scopes: {consumes: [{name: "ks:fiks"}]}}`);

export const blockCases: readonly AnyRuleCases[] = [
  {
    title: 'maskinporten without enabled',
    code: 'NM001',
    severity: 'error',
    alsoInSchema: true,
    finds: [
      [withBlock('scopes: {}'), 'maskinporten', { key: 'enabled' }],
      [workload('maskinporten: {}'), 'maskinporten'],
    ],
    passes: [
      withBlock('enabled: false'),
      withBlock('enabled: "true"'),
      workload('maskinporten:'),
      workload('azure: {}'),
      withBlock('Enabled: true'),
      client('secretName: s', 'scopes: {}'),
    ],
    templated: [
      withBlock('{{{switch}}}', 'scopes: {}'),
      withBlock('scopes: {}', '{{> more}}'),
      withBlock('{{key}}: true'),
      withBlock('{{#if on}}', 'enabled: true', '{{/if}}', 'scopes: {}'),
      workload('maskinporten: {{{maskinporten}}}'),
    ],
    cures: [
      [withBlock('# below', 'scopes: {}'), withBlock('enabled: true', '# below', 'scopes: {}')],
      [
        withBlock('{{#if a}}', 'scopes: {}', '{{/if}}'),
        withBlock('enabled: true', '{{#if a}}', 'scopes: {}', '{{/if}}'),
      ],
      [workload('maskinporten: {scopes: {}} # c'), workload('maskinporten: {enabled: true, scopes: {}} # c')],
      [workload('maskinporten: {}'), workload('maskinporten: {enabled: true}')],
      [workload('"maskinporten": {"scopes": {}}'), workload('"maskinporten": {"enabled": true, "scopes": {}}')],
      [
        withBlock('scopes: {}').replaceAll('\n', '\r\n'),
        withBlock('enabled: true', 'scopes: {}').replaceAll('\n', '\r\n'),
      ],
    ],
    incurable: [workload('x: &a {scopes: {}}', 'maskinporten: *a')],
  },
  {
    title: 'a MaskinportenClient without the name of its Secret',
    code: 'NM001',
    severity: 'error',
    alsoInSchema: false,
    finds: [
      [client('scopes: {}'), 'spec', { key: 'secretName' }],
      [client('secretName:'), 'secretName'],
    ],
    passes: [client('secretName: s'), client('secretname: s'), workload('maskinporten: {enabled: true}')],
    templated: [
      client('{{{spec}}}', 'scopes: {}'),
      client('secretName: {{secret}}'),
      client('scopes: {}', '{{> secret}}'),
    ],
    cures: [
      [client('# c', 'scopes: {} # d'), client('secretName: maskinporten-app', '# c', 'scopes: {} # d')],
      [
        client().replace('spec:', 'spec: {clientName: c} # d'),
        client().replace('spec:', 'spec: {secretName: maskinporten-app, clientName: c} # d'),
      ],
    ],
    incurable: [client('secretName:'), client('scopes: {}').replace('name: app', 'name: {{app}}')],
  },
  {
    title: 'a switch that is no boolean',
    code: 'NM002',
    severity: 'error',
    alsoInSchema: true,
    finds: [
      [withBlock('enabled: "true"'), 'true', { key: 'enabled', value: 'true' }],
      [withBlock('enabled: 1'), '1', { key: 'enabled', value: '1' }],
      [withBlock('enabled:'), 'enabled', { key: 'enabled', value: undefined }],
      [withBlock('enabled: ""'), '""', { key: 'enabled', value: '""' }],
      [exposing('accessibleForAll: "true"'), 'true', { key: 'accessibleForAll', value: 'true' }],
      [withBlock('enabled: [true]'), '[true]'],
      [exposing().replace('- enabled: true', "- enabled: 'no'"), 'no'],
    ],
    passes: [
      ...['yes', 'on', 'True', 'off', 'n'].map((value) => withBlock(`enabled: ${value}`)),
      exposing('accessibleForAll: no'),
      exposing('accessibleForAll:'),
    ],
    templated: [
      withBlock('enabled: {{on}}'),
      withBlock('enabled: "{{on}}"'),
      withBlock('enabled: { { on } }'),
      withBlock('enabled: [{{on}}]'),
      exposing('accessibleForAll: {{all}}'),
    ],
    cures: [
      [withBlock('enabled: "true" # on'), withBlock('enabled: true # on')],
      [withBlock("enabled: 'Off'"), withBlock('enabled: false')],
      [workload('maskinporten: {enabled: "yes"}'), workload('maskinporten: {enabled: true}')],
    ],
    incurable: [withBlock('enabled: 1'), withBlock('enabled: maybe'), withBlock('enabled:')],
  },
  {
    title: 'scopes while Maskinporten is off',
    code: 'NM003',
    severity: 'information',
    alsoInSchema: false,
    finds: [[withBlock('enabled: false', 'scopes: {consumes: [{name: ks:fiks}]}'), 'false', {}]],
    passes: [
      withBlock('enabled: false'),
      withBlock('enabled: false', 'scopes: {consumes: []}'),
      consuming('- name: ks:fiks'),
    ],
    templated: [
      withBlock('enabled: {{on}}', 'scopes: {consumes: [{name: ks:fiks}]}'),
      withBlock(
        '{{#if a}}',
        'enabled: true',
        '{{else}}',
        'enabled: false',
        '{{/if}}',
        'scopes: {consumes: [{name: a:b}]}',
      ),
    ],
    cures: [
      [
        withBlock('enabled: false # off', 'scopes: {exposes: [{}]}'),
        withBlock('enabled: true # off', 'scopes: {exposes: [{}]}'),
      ],
      [
        workload('maskinporten: {enabled: no, scopes: {consumes: [{name: a:b}]}}'),
        workload('maskinporten: {enabled: true, scopes: {consumes: [{name: a:b}]}}'),
      ],
    ],
  },
  {
    title: 'Maskinporten without scopes',
    code: 'NM004',
    severity: 'information',
    alsoInSchema: false,
    finds: [
      [withBlock('enabled: true'), 'maskinporten', {}],
      [withBlock('enabled: true', 'scopes:'), 'maskinporten'],
      [withBlock('enabled: true', 'scopes: {consumes: [], exposes:}'), 'maskinporten'],
    ],
    passes: [
      consuming('- name: ks:fiks'),
      exposing(),
      withBlock('enabled: false'),
      withBlock('enabled: true', 'scope: {}'),
      withBlock('enabled: true', 'scopes: {consume: []}'),
      withBlock('enabled: true', 'scopes: []'),
    ],
    templated: [
      withBlock('enabled: {{on}}'),
      withBlock('enabled: true', '{{{scopes}}}'),
      withBlock('enabled: true', 'scopes: {{scopes}}'),
      withBlock('enabled: true', 'scopes:', '  consumes:', '  {{#each scopes}}', '  {{{this}}}', '  {{/each}}'),
    ],
    cures: [
      [withBlock('enabled: true # on'), withBlock('enabled: true # on', 'scopes:', '  consumes:', '    - name: ""')],
      [withBlock('enabled: true', 'scopes:'), withBlock('enabled: true', 'scopes: {consumes: [{name: ""}]}')],
      [withBlock('enabled: true', 'scopes: {}'), withBlock('enabled: true', 'scopes: {consumes: [{name: ""}]}')],
      [
        withBlock('enabled: true', 'scopes:', '  consumes: [] # c'),
        withBlock('enabled: true', 'scopes:', '  consumes: [{name: ""}] # c'),
      ],
      [
        withBlock('enabled: true', 'scopes:', '  exposes: []'),
        withBlock('enabled: true', 'scopes:', '  consumes:', '    - name: ""', '  exposes: []'),
      ],
      [
        workload('maskinporten: {enabled: true}'),
        workload('maskinporten: {scopes: {consumes: [{name: ""}]}, enabled: true}'),
      ],
      [
        withBlock('{{#if a}}', 'enabled: true', '{{/if}}'),
        withBlock('scopes:', '  consumes:', '    - name: ""', '{{#if a}}', 'enabled: true', '{{/if}}'),
      ],
    ],
  },
  {
    title: 'the port of the token sidecar',
    code: 'NM031',
    severity: 'error',
    alsoInSchema: false,
    finds: [
      [listening('7164'), '7164', { port: 7164 }],
      [listening('7165'), '7165', { port: 7165 }],
    ],
    passes: [listening('8080'), listening('7164', 'false'), workload('port: 7164'), application()],
    templated: [listening('{{port}}'), listening('7164', '{{on}}'), listening('716{{n}}')],
    cures: [[listening('7164'), listening('8080')]],
  },
];
