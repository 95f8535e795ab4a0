import { describeRule, opening, openingFlow, workload } from './ruleCases';

describeRule('more or less than a host', {
  code: 'NM022',
  severity: 'error',
  alsoInSchema: true,
  finds: [
    [opening('- host: https://api.x.no'), 'https://api.x.no', { host: 'https://api.x.no', problem: 'address' }],
    [opening('- host: api.x.no/v1'), 'api.x.no/v1', { host: 'api.x.no/v1', problem: 'address' }],
    [opening('- host: "api.x.no:443"'), 'api.x.no:443', { host: 'api.x.no:443', problem: 'port' }],
    [opening('- host: "*.x.no"'), '*.x.no', { host: '*.x.no', problem: 'wildcard' }],
    [opening('- host: api.x.no.'), 'api.x.no.', { host: 'api.x.no.', problem: 'trailing-dot' }],
    [opening('- host: a_b.no'), 'a_b.no', { host: 'a_b.no', problem: 'characters' }],
    [opening('- host: ""'), '""', { host: '', problem: 'empty' }],
    [opening(`- host: ${'a'.repeat(64)}.no`), `${'a'.repeat(64)}.no`],
    [opening('- host: -a.no'), '-a.no'],
  ],
  passes: ['api.x.no', 'API.X.no', 'localhost', '10.0.0.1', 'a-b.no', 'xn--sknad-vua.no'].map((host) =>
    opening(`- host: ${host}`),
  ),
  templated: [opening('- host: https://{{host}}'), opening('- host: "{{host}}/"'), opening('- host: { { host } }')],
  cures: [
    [opening('- host: "https://api.x.no/v1/" # c'), opening('- host: "api.x.no" # c')],
    [opening('- host: api.x.no.'), opening('- host: api.x.no')],
    [opening('- host: api.x.no:443'), opening('- host: api.x.no')],
    [opening('- host: " api.x.no "'), opening('- host: "api.x.no"')],
    [opening('- host: https://api.x.no:8443/v1'), opening('- ports:', '    - port: 8443', '  host: api.x.no')],
    [opening('- host: http://api.x.no'), opening('- ports:', '    - port: 80', '  host: api.x.no')],
    [openingFlow('{host: "api.x.no:22"}'), openingFlow('{ports: [{port: 22}], host: "api.x.no"}')],
    [
      opening("- host: 'https://api.x.no'", '  ports:', '    - port: 8443'),
      opening("- host: 'api.x.no'", '  ports:', '    - port: 8443'),
    ],
  ],
  incurable: [
    opening('- host: "*.x.no"'),
    opening('- host: a_b.no'),
    opening('- host: ""'),
    opening('- host: https://10.0.0.1'),
    opening('- host: api.x.no:22', '  ports: [{port: 23}]'),
  ],
});

describeRule('both host and address', {
  code: 'NM023',
  severity: 'warning',
  alsoInSchema: false,
  finds: [[opening('- host: a.no', '  ipv4: 10.0.0.1'), '10.0.0.1', { host: 'a.no', ipv4: '10.0.0.1' }]],
  passes: [opening('- host: a.no', '- ipv4: 10.0.0.1'), opening('- host: a.no', '  ipv4:')],
  templated: [
    opening('- host: "{{host}}"', '  ipv4: 10.0.0.1'),
    opening('- host: a.no', '  ipv4: {{ip}}'),
    opening('- {{#if a}}', '  host: a.no', '  {{else}}', '  ipv4: 10.0.0.1', '  {{/if}}'),
  ],
  cures: [
    [opening('- host: a.no # c', '  ipv4: 10.0.0.1', '- host: b.no'), opening('- host: a.no # c', '- host: b.no')],
    [opening('- ipv4: 10.0.0.1', '  host: a.no'), opening('- host: a.no')],
    [openingFlow('{ipv4: 10.0.0.1, host: a.no}'), openingFlow('{host: a.no}')],
  ],
});

describeRule('neither host nor address', {
  code: 'NM024',
  severity: 'warning',
  alsoInSchema: false,
  finds: [
    [opening('- ports: [{port: 22}]'), 'ports: [{port: 22}]', { problem: 'empty' }],
    [opening('- host:'), 'host:'],
    [opening('- ports: [{port: {{port}}}]'), 'ports: [{port: {{port}}}]'],
    [opening('-', '- host: a.no'), '-'],
    [openingFlow('{}'), '{}'],
  ],
  passes: [opening('- host: a.no'), opening('- ipv4: 10.0.0.1'), opening('[]'), workload('port: 1')],
  templated: [
    opening('- {{{rule}}}'),
    opening('- {{rule}}'),
    opening('- ports: [{port: 22}]', '  {{{host}}}'),
    opening('- { { rule } }'),
    opening('-', '  {{> rule}}'),
    opening('- {{#if a}}host: a.no{{/if}}'),
  ],
  cures: [
    [opening('- host: a.no', '- ports:', '    - port: 22', '# c'), opening('- host: a.no', '# c')],
    [openingFlow('{host: a.no}, {}'), openingFlow('{host: a.no}')],
    [openingFlow('{}'), openingFlow('')],
  ],
});

describeRule('a plain host', {
  code: 'NM024',
  severity: 'error',
  alsoInSchema: true,
  finds: [[opening('- "api.x.no" # c'), 'api.x.no', { problem: 'text' }]],
  passes: [],
  templated: [opening('- "{{host}}"')],
  cures: [
    [opening('- "api.x.no" # c'), opening('- host: "api.x.no" # c')],
    [openingFlow('api.x.no'), openingFlow('{host: api.x.no}')],
  ],
  incurable: [opening('- https://api.x.no')],
});

describeRule('no address', {
  code: 'NM025',
  severity: 'error',
  alsoInSchema: true,
  finds: [
    [opening('- ipv4: api.x.no'), 'api.x.no', { ipv4: 'api.x.no', problem: 'host-name' }],
    [opening('- ipv4: 10.0.0.0/8'), '10.0.0.0/8', { ipv4: '10.0.0.0/8', problem: 'network' }],
    [opening('- ipv4: 10.0.0.256'), '10.0.0.256', { ipv4: '10.0.0.256', problem: 'malformed' }],
    [opening('- ipv4: 010.0.0.1'), '010.0.0.1'],
    [opening('- ipv4: 10.0'), '10.0'],
  ],
  passes: [opening('- ipv4: 10.0.0.1'), opening('- ipv4: "255.255.255.255"'), opening('- ipv4:')],
  templated: [opening('- ipv4: {{ip}}'), opening('- ipv4: "10.0.0.{{n}}"')],
  cures: [
    [
      opening('- ipv4: api.x.no # c', '  ports: [{port: 22}]'),
      opening('- host: api.x.no # c', '  ports: [{port: 22}]'),
    ],
    [opening('- ipv4: "10.0.0.1/32"'), opening('- ipv4: "10.0.0.1"')],
    [openingFlow("{'ipv4': api.x.no}"), openingFlow("{'host': api.x.no}")],
  ],
  incurable: [opening('- ipv4: 10.0.0.256'), opening('- {ipv4: api.x.no, host: api.y.no}')],
});

const withPorts = (...ports: readonly string[]): string =>
  opening('- host: a.no', '  ports:', ...ports.map((line) => `    ${line}`));

describeRule('a malformed port', {
  code: 'NM026',
  severity: 'error',
  alsoInSchema: false,
  finds: [
    [withPorts('- port: 22', '  protocol: TCP'), 'protocol', { problem: 'unknown-key', value: 'protocol' }],
    [withPorts('- port: {{port}}', '  protocol: TCP'), 'protocol', { problem: 'unknown-key', value: 'protocol' }],
    [withPorts('- name: ssh', '  port: 22'), 'name', { problem: 'unknown-key', value: 'name' }],
  ],
  passes: [withPorts('- port: 22'), opening('- host: a.no', '  ports: []'), opening('- host: a.no', '  ports:')],
  templated: [
    withPorts('- {{port}}'),
    withPorts('- port: {{port}}'),
    withPorts('- {{key}}: 22', '  port: 22'),
    withPorts('- { { port } }'),
  ],
  cures: [
    [withPorts('- port: 22 # c', '  protocol: TCP'), withPorts('- port: 22 # c')],
    [withPorts('- name: ssh', '  port: 22 # c'), withPorts('- port: 22 # c')],
    [openingFlow('{host: a.no, ports: [{port: 22, name: a}]}'), openingFlow('{host: a.no, ports: [{port: 22}]}')],
  ],
});

describeRule('a port of another type', {
  code: 'NM026',
  severity: 'error',
  alsoInSchema: true,
  finds: [
    [withPorts('- 22'), '22', { problem: 'number', value: '22' }],
    [withPorts('- port: "22"'), '22', { problem: 'not-a-number', value: '22' }],
    [withPorts('- port:'), 'port:', { problem: 'missing', value: '' }],
    [withPorts('- {}'), '{}', { problem: 'missing', value: '' }],
  ],
  passes: [],
  templated: [withPorts('- "{{port}}"'), withPorts('- port: "{{port}}"'), withPorts('- {{{port}}}')],
  cures: [
    [withPorts('- 22 # c', '- port: 23'), withPorts('- port: 22 # c', '- port: 23')],
    [openingFlow('{host: a.no, ports: [22]}'), openingFlow('{host: a.no, ports: [{port: 22}]}')],
    [withPorts("- port: '22' # c"), withPorts('- port: 22 # c')],
  ],
  incurable: [withPorts('- ssh'), withPorts('- port: ssh'), withPorts('- port:')],
});

describeRule('a host twice', {
  code: 'NM027',
  severity: 'hint',
  alsoInSchema: false,
  finds: [
    [opening('- host: a.no', '- host: A.no'), 'A.no'],
    [opening('- host: a.no', '- host: A.no', '  ports: [{port: 22}, {port: 443}]'), 'A.no'],
  ],
  passes: [opening('- host: a.no', '- host: b.no'), opening('- host: a.no', '- host: a.no', '  ports: [{port: 22}]')],
  templated: [
    opening('- host: {{a}}', '- host: {{a}}'),
    opening('{{#if a}}', '- host: a.no', '{{else}}', '- host: a.no', '{{/if}}'),
    opening('- host: a.no', '- host: a.no', '  ports: [{port: {{port}}}]'),
  ],
  cures: [
    [opening('- host: a.no', '# c', '- host: a.no # d'), opening('- host: a.no', '# c', '# d')],
    [openingFlow('{host: a.no}, {host: a.no, ports: [{port: 443}]}'), openingFlow('{host: a.no}')],
  ],
  incurable: [opening('- host: a.no', '- host: a.no', '  ports: [{port: 443}, {port: 22}]')],
});

describeRule('an address as host', {
  code: 'NM028',
  severity: 'warning',
  alsoInSchema: false,
  finds: [[opening('- host: 10.0.0.1'), '10.0.0.1', { host: '10.0.0.1' }]],
  passes: [opening('- host: a.no'), opening('- ipv4: 10.0.0.1'), opening('- host: 1.2.3.4.no')],
  templated: [opening('- host: "10.0.0.{{n}}"')],
  cures: [
    [opening('- host: "10.0.0.1" # c'), opening('- ports:', '    - port: 443', '  ipv4: "10.0.0.1" # c')],
    [opening('- host: 10.0.0.1', '  ports: [{port: 22}]'), opening('- ipv4: 10.0.0.1', '  ports: [{port: 22}]')],
    [openingFlow('{host: 10.0.0.1}'), openingFlow('{ports: [{port: 443}], ipv4: 10.0.0.1}')],
  ],
  incurable: [opening('- {host: 10.0.0.1, ipv4: 10.0.0.1}')],
});
