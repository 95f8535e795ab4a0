import type { Finding } from '../../../../src/manifest';
import { readFile, workspaceFindings } from '../../../../src/manifest';
import { application } from '../helpers';
import type { AnyRuleCases } from '../ruleCases';
import { exposing, exposingFlow } from '../ruleCases';

const consuming = (...items: readonly string[]): string =>
  application('    scopes:', '      consumes: # why', ...items.map((item) => `        ${item}`));

/** What the text gets beside another manifest of the workspace. */
const beside =
  (other: string) =>
  (text: string): readonly Finding[] =>
    workspaceFindings([
      { id: 'it.yaml', file: readFile(text) },
      { id: 'other.yaml', file: readFile(other) },
    ]).get('it.yaml') ?? [];

const consumer = consuming('- name: nav:aap/read', '- name: nav:aap:read').replace('name: app', 'name: client');

export const workspaceCases: readonly AnyRuleCases[] = [
  {
    title: 'a scope that is not granted to the organisation’s own consumer',
    code: 'NM060',
    severity: 'information',
    alsoInSchema: false,
    judge: beside(consumer),
    finds: [
      [exposing(), 'read', { scope: 'nav:aap/read', consumer: 'client', organisation: '889640782' }],
      [exposing('consumers: [{orgno: "991825827"}]'), 'read'],
    ],
    passes: [exposing('consumers: [{orgno: "889640782"}]'), exposing('accessibleForAll: true')],
    templated: [
      exposing('consumers: {{consumers}}'),
      exposing('consumers: [{orgno: "{{orgno}}"}]'),
      exposing('accessibleForAll: {{open}}'),
    ],
    cures: [
      [
        exposing('consumers:', '  # a', '  - orgno: "991825827" # b'),
        exposing('consumers:', '  # a', '  - orgno: "991825827" # b', '  - orgno: "889640782"'),
      ],
      [
        exposingFlow('consumers: [{orgno: "991825827"}]'),
        exposingFlow('consumers: [{orgno: "991825827"}, {orgno: "889640782"}]'),
      ],
    ],
  },
  {
    title: 'a scope that the same workload consumes elsewhere',
    code: 'NM061',
    severity: 'hint',
    alsoInSchema: false,
    judge: beside(consuming('- name: ks:fiks', '- name: spk:nav')),
    finds: [[consuming('- name: ks:fiks'), 'consumes', { scope: 'spk:nav', other: 'other.yaml' }]],
    passes: [
      consuming('- name: ks:fiks', '- name: spk:nav'),
      consuming('- name: ks:fiks').replace('name: app', 'name: another'),
    ],
    templated: [
      consuming('- name: ks:fiks', '- name: {{scope}}'),
      consuming('- name: ks:fiks', '{{{more}}}'),
      consuming('- name: ks:fiks').replace('name: app', 'name: {{app}}'),
    ],
    cures: [
      [consuming('- name: ks:fiks # c'), consuming('- name: ks:fiks # c', '- name: spk:nav')],
      [
        application('    scopes: {consumes: [{name: ks:fiks}]} # c'),
        application('    scopes: {consumes: [{name: ks:fiks}, {name: spk:nav}]} # c'),
      ],
    ],
    incurable: [application('    scopes: {}')],
  },
];
