import type { AnyRuleCases } from '../ruleCases';
import { workload } from '../ruleCases';

const head = (...lines: readonly string[]): string => `${lines.join('\n')}\nmetadata: {namespace: team}\nspec: {}\n`;

const named = (...metadata: readonly string[]): string =>
  ['apiVersion: nais.io/v1alpha1', 'kind: Application', ...metadata, 'spec: {}', ''].join('\n');

/** Twenty anchors, each of which stands for the one before it twice. */
const bomb = Array.from({ length: 20 }, (_, level) =>
  level === 0 ? 'a0: &a0 [x]' : `a${level}: &a${level} [*a${level - 1}, *a${level - 1}]`,
).join('\n');

export const documentCases: readonly AnyRuleCases[] = [
  {
    title: 'aliases that stand for too much',
    code: 'NM082',
    severity: 'warning',
    alsoInSchema: false,
    finds: [[`${workload('port: 1')}${bomb}\nb: *a19\n`, '*a14', {}]],
    passes: [workload('env: &a [{name: A, value: x}]', 'b: *a'), workload('env: &b [*b]')],
    templated: [workload('env: *{{alias}}')],
  },
  {
    title: 'a version that the kind does not have',
    code: 'NM070',
    severity: 'error',
    alsoInSchema: true,
    finds: [
      [
        head('apiVersion: nais.io/v1', 'kind: Application'),
        'nais.io/v1',
        { kind: 'Application', apiVersion: 'nais.io/v1', expected: 'nais.io/v1alpha1' },
      ],
      [head('apiVersion: "nais.io/v1alpha1"', 'kind: Naisjob'), 'nais.io/v1alpha1'],
      [head('apiVersion: nais.io/v1alpha1', 'kind: MaskinportenClient'), 'nais.io/v1alpha1'],
    ],
    passes: [
      head('apiVersion: nais.io/v1alpha1', 'kind: Application'),
      head('apiVersion: nais.io/v1', 'kind: Naisjob'),
      head('apiVersion: nais.io/v1', 'kind: MaskinportenClient'),
    ],
    templated: [
      head('apiVersion: nais.io/{{version}}', 'kind: Application'),
      head('apiVersion: nais.io/v1', 'kind: {{kind}}'),
    ],
    cures: [
      [
        head('kind: Application # app', "apiVersion: 'nais.io/v1' # version"),
        head('kind: Application # app', "apiVersion: 'nais.io/v1alpha1' # version"),
      ],
      [head('apiVersion: nais.io/v1alpha1', 'kind: Naisjob'), head('apiVersion: nais.io/v1', 'kind: Naisjob')],
    ],
  },
  {
    title: 'no namespace',
    code: 'NM071',
    severity: 'warning',
    alsoInSchema: false,
    finds: [
      [named('metadata:', '  name: app'), 'name', {}],
      [named('metadata: {labels: {}}'), 'metadata'],
      [named('metadata: {name: app, namespace: ""}'), 'namespace'],
      [named('metadata:'), 'metadata'],
      [named(), 'kind'],
    ],
    passes: [named('metadata: {namespace: team}'), workload('port: 1')],
    templated: [
      named('metadata: {namespace: "{{team}}"}'),
      named('metadata: {{metadata}}'),
      named('metadata:', '  {{{namespace}}}', '  name: app'),
      named('metadata:', '  name: app', '  {{> team}}'),
      named('{{{metadata}}}'),
    ],
    cures: [
      [
        named('metadata: # about', '  name: app', '  labels:', '    team: aap'),
        named('metadata: # about', '  namespace: aap', '  name: app', '  labels:', '    team: aap'),
      ],
      [
        named('metadata: {name: app, labels: {team: aap}}'),
        named('metadata: {namespace: aap, name: app, labels: {team: aap}}'),
      ],
      [named('metadata: {labels: {team: "on"}}'), named('metadata: {namespace: "on", labels: {team: "on"}}')],
    ],
    incurable: [named('metadata: {name: app}'), named('metadata: {name: app, labels: {team: "{{team}}"}}')],
  },
  {
    title: 'braces that a formatter pulled apart',
    code: 'NM080',
    severity: 'warning',
    alsoInSchema: false,
    finds: [
      [workload('image: { { image } }'), '{ { image } }', { tag: '{{ image }}' }],
      [workload('ingresses:', '  - { { url } } # one'), '{ { url } }'],
      [workload('image: {  { a.b-c }  }'), '{  { a.b-c }  }'],
    ],
    passes: [workload('image: {{image}}'), workload('# image: { { image } }'), workload('a: { b: { c: d } }')],
    templated: [workload('image: {{ { { x } } }}')],
    cures: [
      [workload('image: { { image } } # it'), workload('image: {{ image }} # it')],
      [workload('image: { {image} }').replaceAll('\n', '\r\n'), workload('image: {{image}}').replaceAll('\n', '\r\n')],
    ],
  },
];
