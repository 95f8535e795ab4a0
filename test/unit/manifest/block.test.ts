import { application, consuming } from './helpers';
import { describeRule, exposing, workload } from './ruleCases';

const withBlock = (...lines: readonly string[]): string =>
  workload('maskinporten: # why', ...lines.map((line) => `  ${line}`), 'replicas: {min: 1}');

describeRule('maskinporten without enabled', {
  code: 'NM001',
  severity: 'error',
  alsoInSchema: true,
  finds: [
    [withBlock('scopes: {}'), 'maskinporten', {}],
    [workload('maskinporten: {}'), 'maskinporten'],
  ],
  passes: [
    withBlock('enabled: false'),
    withBlock('enabled: "true"'),
    workload('maskinporten:'),
    workload('azure: {}'),
    withBlock('Enabled: true'),
    'apiVersion: nais.io/v1\nkind: MaskinportenClient\nspec: {scopes: {}}\n',
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
    [withBlock('{{#if a}}', 'scopes: {}', '{{/if}}'), withBlock('enabled: true', '{{#if a}}', 'scopes: {}', '{{/if}}')],
    [workload('maskinporten: {scopes: {}} # c'), workload('maskinporten: {enabled: true, scopes: {}} # c')],
    [workload('maskinporten: {}'), workload('maskinporten: {enabled: true}')],
    [workload('"maskinporten": {"scopes": {}}'), workload('"maskinporten": {"enabled": true, "scopes": {}}')],
    [
      withBlock('scopes: {}').replaceAll('\n', '\r\n'),
      withBlock('enabled: true', 'scopes: {}').replaceAll('\n', '\r\n'),
    ],
  ],
  incurable: [workload('x: &a {scopes: {}}', 'maskinporten: *a')],
});

describeRule('enabled that is no boolean', {
  code: 'NM002',
  severity: 'error',
  alsoInSchema: true,
  finds: [
    [withBlock('enabled: "true"'), 'true', { value: 'true' }],
    [withBlock('enabled: 1'), '1', { value: '1' }],
    [withBlock('enabled:'), 'enabled', { value: 'enabled' }],
    [withBlock('enabled: [true]'), '[true]'],
    [exposing().replace('- enabled: true', "- enabled: 'no'"), 'no'],
  ],
  passes: ['yes', 'on', 'True', 'off', 'n'].map((value) => withBlock(`enabled: ${value}`)),
  templated: [withBlock('enabled: {{on}}'), withBlock('enabled: "{{on}}"'), withBlock('enabled: { { on } }')],
  cures: [
    [withBlock('enabled: "true" # on'), withBlock('enabled: true # on')],
    [withBlock("enabled: 'Off'"), withBlock('enabled: false')],
    [workload('maskinporten: {enabled: "yes"}'), workload('maskinporten: {enabled: true}')],
  ],
  incurable: [withBlock('enabled: 1'), withBlock('enabled: maybe'), withBlock('enabled:')],
});

describeRule('scopes while Maskinporten is off', {
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
});

describeRule('Maskinporten without scopes', {
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
});

const listening = (port: string, on = 'true'): string =>
  workload(`port: ${port} # http`, `maskinporten: {enabled: ${on}, scopes: {consumes: [{name: "ks:fiks"}]}}`);

describeRule('the port of the token sidecar', {
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
});
