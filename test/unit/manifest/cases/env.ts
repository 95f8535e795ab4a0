import type { AnyRuleCases } from '../ruleCases';
import { workload } from '../ruleCases';

const block = 'maskinporten: {enabled: true, scopes: {consumes: [{name: "ks:fiks"}, {name: "spk:nav"}]}}';

export const setting = (name: string, value: string): string =>
  workload(block, 'env:', `  - name: ${name}`, `    value: ${value}`, '  - {name: OTHER, value: x}');
const without = workload(block, 'env:', '  - {name: OTHER, value: x}');

export const envCases: readonly AnyRuleCases[] = [
  {
    title: 'a host that is no more',
    code: 'NM029',
    severity: 'warning',
    alsoInSchema: false,
    finds: [
      [setting('URL', 'https://ver2.maskinporten.no/token'), 'ver2.maskinporten.no', { host: 'ver2.maskinporten.no' }],
      [setting('URL', '"https://VER1.maskinporten.no"'), 'VER1.maskinporten.no'],
      [workload('accessPolicy: {outbound: {external: [{host: oidc-ver2.difi.no}]}}'), 'oidc-ver2.difi.no'],
      [workload('annotations: {issuer: "https://ver2.maskinporten.no/"}'), 'ver2.maskinporten.no'],
    ],
    passes: [
      setting('URL', 'https://test.maskinporten.no/token'),
      setting('URL', 'https://a.no # not https://ver2.maskinporten.no'),
      workload('# https://ver2.maskinporten.no'),
      setting('URL', 'https://xver2.maskinporten.no'),
      setting('URL', 'https://ver2.maskinporten.no.example.com'),
    ],
    templated: [
      setting('URL', 'https://{{sub}}ver2.maskinporten.no'),
      setting('URL', '"https://ver2.maskinporten.no/{{path}}"'),
      workload('{{!-- https://ver2.maskinporten.no --}}'),
    ],
    cures: [
      [setting('URL', '"https://ver2.maskinporten.no/" # c'), setting('URL', '"https://test.maskinporten.no/" # c')],
      [
        workload('env: [{name: URL, value: https://ver2.maskinporten.no/token}]'),
        workload('env: [{name: URL, value: https://test.maskinporten.no/token}]'),
      ],
    ],
    incurable: [setting('URL', 'https://oidc-ver2.difi.no/x')],
  },
  {
    title: 'a variable that contradicts the platform',
    code: 'NM030',
    severity: 'warning',
    alsoInSchema: false,
    finds: [
      [
        setting('MASKINPORTEN_ISSUER', 'https://maskinporten.no'),
        'MASKINPORTEN_ISSUER',
        { name: 'MASKINPORTEN_ISSUER', problem: 'contradicts' },
      ],
      [
        setting('MASKINPORTEN_CLIENT_ID', 'x'),
        'MASKINPORTEN_CLIENT_ID',
        { name: 'MASKINPORTEN_CLIENT_ID', problem: 'credential' },
      ],
      [setting('MASKINPORTEN_SCOPES', 'ks:fiks'), 'MASKINPORTEN_SCOPES'],
      [setting('NAIS_TOKEN_ENDPOINT', 'https://token.example.com/'), 'NAIS_TOKEN_ENDPOINT'],
    ],
    passes: [
      setting('MASKINPORTEN_URL', 'x'),
      setting('MASKINPORTEN_ISSUER', 'x').replace('enabled: true', 'enabled: false'),
      workload('env: [{name: MASKINPORTEN_ISSUER, value: "http://mock"}]'),
      setting('NAIS_TOKEN_ENDPOINT', 'http://127.0.0.1:7164/api/v1/token'),
      setting('NAIS_TOKEN_ENDPOINT', 'http://texas-mock.team/api/v1/token'),
      setting('NAIS_TOKEN_INTROSPECTION_ENDPOINT', 'http://texas.team.svc.cluster.local/api'),
    ],
    templated: [
      setting('MASKINPORTEN_ISSUER', '{{issuer}}'),
      setting('MASKINPORTEN_{{x}}', 'x'),
      setting('MASKINPORTEN_ISSUER', 'x').replace('enabled: true', 'enabled: "{{on}}"'),
      setting('MASKINPORTEN_SCOPES', 'x').replace('spk:nav', '{{scope}}'),
    ],
    cures: [
      [setting('MASKINPORTEN_ISSUER', 'http://mock'), without],
      [
        workload(block, 'env: [{name: MASKINPORTEN_CLIENT_ID, value: x}, {name: OTHER, value: x}]'),
        workload(block, 'env: [{name: OTHER, value: x}]'),
      ],
    ],
  },
  {
    title: 'a variable that the platform sets to the same',
    code: 'NM030',
    severity: 'hint',
    alsoInSchema: false,
    finds: [
      [setting('MASKINPORTEN_ISSUER', 'https://test.maskinporten.no/'), 'MASKINPORTEN_ISSUER'],
      [
        setting('MASKINPORTEN_WELL_KNOWN_URL', 'https://maskinporten.no/.well-known/oauth-authorization-server'),
        'MASKINPORTEN_WELL_KNOWN_URL',
      ],
      [
        setting('MASKINPORTEN_SCOPES', '"ks:fiks spk:nav"'),
        'MASKINPORTEN_SCOPES',
        { name: 'MASKINPORTEN_SCOPES', problem: 'same' },
      ],
    ],
    passes: [],
    templated: [],
    cures: [[setting('MASKINPORTEN_JWKS_URI', 'https://test.maskinporten.no/jwk'), without]],
  },
];
