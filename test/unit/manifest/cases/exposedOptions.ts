import type { AnyRuleCases } from '../ruleCases';
import { exposing, exposingFlow } from '../ruleCases';

export const exposedOptionsCases: readonly AnyRuleCases[] = [
  {
    title: 'an unknown source of delegation',
    code: 'NM046',
    severity: 'error',
    alsoInSchema: true,
    finds: [
      [exposing('delegationSource: Altinn'), 'Altinn', { value: 'Altinn' }],
      [exposing('delegationSource: ""'), '""', { value: '' }],
      [exposing('delegationSource: 1'), '1'],
    ],
    passes: [exposing('delegationSource: altinn'), exposing('delegationSource:')],
    templated: [exposing('delegationSource: "{{source}}"')],
    cures: [
      [exposing('delegationSource: ALTINN # c'), exposing('delegationSource: altinn # c')],
      [exposing("delegationSource: 'altinn.no'"), exposing("delegationSource: 'altinn'")],
      [exposingFlow('delegationSource: "Altinn"'), exposingFlow('delegationSource: "altinn"')],
    ],
  },
  {
    title: 'an unknown visibility',
    code: 'NM047',
    severity: 'error',
    alsoInSchema: true,
    finds: [
      [exposing('visibility: hidden'), 'hidden', { value: 'hidden' }],
      [exposing('visibility: [public]'), '[public]', { value: '[public]' }],
    ],
    passes: [exposing('visibility: private'), exposing('visibility: "public"')],
    templated: [exposing('visibility: {{visibility}}')],
    cures: [
      [exposing('visibility: Public # c'), exposing('visibility: public # c')],
      [exposing('visibility: secret'), exposing('visibility: private')],
      [exposing('visibility: secret'), exposing('visibility: public'), 1],
      [exposingFlow("visibility: 'PRIVATE'"), exposingFlow("visibility: 'private'")],
    ],
  },
  {
    title: 'a lifetime out of range',
    code: 'NM048',
    severity: 'error',
    alsoInSchema: true,
    finds: [
      [exposing('atMaxAge: 29'), '29', { value: '29' }],
      [exposing('atMaxAge: 681'), '681', { value: '681' }],
      [exposing('atMaxAge: "60"'), '60', { value: '60' }],
      [exposing('atMaxAge: 45.5'), '45.5', { value: '45.5' }],
      [exposing('atMaxAge: 60s'), '60s'],
      [exposing('atMaxAge: [60]'), '[60]'],
    ],
    passes: ['30', '680', '050', ''].map((value) => exposing(`atMaxAge: ${value}`)),
    templated: [exposing('atMaxAge: {{seconds}}'), exposing('atMaxAge: 1{{seconds}}')],
    cures: [
      [exposing('atMaxAge: 10 # c'), exposing('atMaxAge: 30 # c')],
      [exposing('atMaxAge: 3600'), exposing('atMaxAge: 680')],
      [exposing("atMaxAge: '60'"), exposing('atMaxAge: 60')],
      [exposingFlow('atMaxAge: "1"'), exposingFlow('atMaxAge: 30')],
    ],
    incurable: [exposing('atMaxAge: long'), exposing('atMaxAge: ""')],
  },
  {
    title: 'no integrations',
    code: 'NM050',
    severity: 'error',
    alsoInSchema: true,
    finds: [[exposing('allowedIntegrations: []'), '[]', {}]],
    passes: [exposing('allowedIntegrations: [maskinporten]'), exposing('allowedIntegrations:')],
    templated: [exposing('allowedIntegrations: {{list}}'), exposing('allowedIntegrations:', '  {{{list}}}')],
    cures: [
      [exposing('atMaxAge: 30', 'allowedIntegrations: []', '# c'), exposing('atMaxAge: 30', '# c')],
      [exposing('allowedIntegrations: [] # c'), exposing('# c')],
      [exposingFlow('allowedIntegrations: []'), exposingFlow()],
    ],
  },
  {
    title: 'integrations without Maskinporten',
    code: 'NM051',
    severity: 'information',
    alsoInSchema: false,
    finds: [[exposing('allowedIntegrations: [krr]'), 'allowedIntegrations', {}]],
    passes: [exposing('allowedIntegrations: [krr, maskinporten]'), exposing('allowedIntegrations: []')],
    templated: [
      exposing('allowedIntegrations: [krr, "{{other}}"]'),
      exposing('allowedIntegrations:', '  - krr', '  {{{more}}}'),
    ],
    cures: [
      [exposing('allowedIntegrations: [krr] # c'), exposing('allowedIntegrations: [krr, maskinporten] # c')],
      [
        exposing('allowedIntegrations:', '  - krr # c', 'atMaxAge: 30'),
        exposing('allowedIntegrations:', '  - krr # c', '  - maskinporten', 'atMaxAge: 30'),
      ],
      [
        exposing('allowedIntegrations:', '- krr', '{{#if a}}', '- idporten', '{{/if}}'),
        exposing('allowedIntegrations:', '- maskinporten', '- krr', '{{#if a}}', '- idporten', '{{/if}}'),
      ],
    ],
  },
  {
    title: 'open to all and to some',
    code: 'NM056',
    severity: 'information',
    alsoInSchema: false,
    finds: [[exposing('accessibleForAll: true', 'consumers: [{orgno: "889640782"}]'), 'accessibleForAll', {}]],
    passes: [
      exposing('accessibleForAll: false', 'consumers: [{orgno: "889640782"}]'),
      exposing('accessibleForAll: true', 'consumers: []'),
    ],
    templated: [
      exposing('accessibleForAll: {{all}}', 'consumers: [{orgno: "889640782"}]'),
      exposing('{{#if all}}', 'accessibleForAll: true', '{{else}}', 'consumers: [{orgno: "889640782"}]', '{{/if}}'),
    ],
    cures: [
      [
        exposing('accessibleForAll: true # c', 'consumers:', '  - orgno: "889640782"', '  - orgno: "991825827"', '# d'),
        exposing('accessibleForAll: true # c', '# d'),
      ],
      [
        exposingFlow('consumers: [{orgno: "889640782"}], accessibleForAll: true'),
        exposingFlow('accessibleForAll: true'),
      ],
    ],
  },
];
