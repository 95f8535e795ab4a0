import assert from 'node:assert/strict';
import { openOutbound, podVerdict, readFile, type PodOptions, type PodVerdict } from '../../../src/manifest';

const HEAD = `apiVersion: nais.io/v1alpha1
kind: Application
metadata:
  name: app
  namespace: team
spec:
`;

const external = (items: string) =>
  `${HEAD}  accessPolicy:\n    outbound:\n      external:\n${items.replace(/^(?=.)/gm, '        ')}\n`;

function judge(text: string, url: string, options: PodOptions = {}): PodVerdict {
  const [document] = readFile(text).documents;
  return podVerdict(document!.manifest, url, { outbound: document!.facts.outbound, ...options });
}

/** What the text is after the fix, with the verdict that it gives then. */
function fixed(text: string, host: string, port: number): string {
  const [document] = readFile(text).documents;
  const edit = openOutbound(text, document!.range.start, { host, port });
  assert.ok(edit, 'there is an edit');
  const after = text.slice(0, edit.range.start) + edit.newText + text.slice(edit.range.end);
  assert.equal(judge(after, `https://${host}:${port}/`).kind, 'covered', after);
  return after;
}

describe('whether the pod reaches a URL', () => {
  const rules = external(
    [
      '- host: api.example.no',
      '- host: ports.example.no',
      '  ports:',
      '    - port: 8443',
      '- ipv4: 10.0.0.1',
      '- ipv4: 10.0.0.2',
      '  ports: [{port: 443}]',
      '- host: both.example.no',
      '  ipv4: 10.0.0.3',
    ].join('\n'),
  );

  for (const [url, kind] of [
    ['https://api.example.no/a?b', 'covered'],
    ['https://API.example.no/', 'covered'],
    ['https://api.example.no:443/', 'covered'],
    ['https://api.example.no:8443/', 'wrong-port'],
    ['http://api.example.no/', 'wrong-port'],
    ['https://sub.api.example.no/', 'missing'],
    ['https://example.no/', 'missing'],
    ['https://ports.example.no:8443/', 'covered'],
    ['https://ports.example.no/', 'wrong-port'],
    ['https://10.0.0.1:1234/', 'covered'],
    ['https://10.0.0.2/', 'covered'],
    ['https://10.0.0.2:8443/', 'wrong-port'],
    ['https://10.0.0.9/', 'missing'],
    ['https://both.example.no/', 'dropped-rule'],
    ['https://10.0.0.3/', 'dropped-rule'],
    ['https://app.intern.dev.nav.no/', 'missing'],
    ['https://[2001:db8::1]/', 'no-rule-for-it'],
    ['https://a_b.example.no/', 'no-rule-for-it'],
    ['https://login.microsoftonline.com/x', 'open-by-default'],
    ['http://metadata.google.internal/', 'open-by-default'],
    ['https://metadata.google.internal/', 'missing'],
    ['http://localhost:8080/', 'loopback'],
    ['https://127.0.0.1/', 'loopback'],
    ['http://[::1]/', 'loopback'],
    ['ftp://api.example.no/', 'no-url'],
    ['api.example.no', 'no-url'],
    ['', 'no-url'],
  ] as const) {
    it(`${url}: ${kind}`, () => {
      assert.equal(judge(rules, url).kind, kind);
    });
  }

  it('points at the rule that decides', () => {
    const verdict = judge(rules, 'https://ports.example.no:8443/');
    assert.ok(verdict.kind === 'covered');
    assert.match(rules.slice(verdict.range.start, verdict.range.end), /^host: ports\.example\.no/);
  });

  it('names the ports that are open instead', () => {
    const verdict = judge(rules, 'https://api.example.no:8443/');
    assert.ok(verdict.kind === 'wrong-port');
    assert.deepEqual([verdict.ports, verdict.host, verdict.port], [[443], 'api.example.no', 8443]);
  });

  it('a rule for an address says nothing about a name', () => {
    assert.equal(judge(external('- ipv4: 10.0.0.1'), 'https://api.example.no/').kind, 'only-address-rules');
  });

  for (const [url, application, namespace, port] of [
    ['http://other', 'other', 'team', 80],
    ['http://other.ns', 'other', 'ns', 80],
    ['http://other.ns.svc.cluster.local:8080', 'other', 'ns', 8080],
    ['https://other.ns.svc', 'other', 'ns', 443],
    ['https://other.team', 'other', 'team', 443],
  ] as const) {
    it(`${url} is ${application} in ${namespace}, within the cluster`, () => {
      assert.deepEqual(judge(rules, url), { kind: 'service-discovery', application, namespace, port, opened: 'no' });
    });
  }

  for (const [inner, url, opened] of [
    ['- application: other', 'http://other', 'yes'],
    ['- application: other', 'http://other.ns', 'no'],
    ['- application: other\n  namespace: ns', 'http://other.ns', 'yes'],
    ['- application: other\n  namespace: ns', 'http://other', 'no'],
    ['- application: "*"', 'http://other', 'yes'],
    ['- application: "*"', 'http://other.ns', 'no'],
    ['- application: "*"\n  namespace: "*"', 'http://other.ns', 'yes'],
    ['- application: other\n  cluster: dev-gcp', 'http://other', 'unknown'],
    ['- application: {{app}}', 'http://other', 'unknown'],
    ['- application: other\n{{#each apps as |app|}}\n- application: {{app}}\n{{/each}}', 'http://third', 'unknown'],
    ['{{#if a}}\n- application: other\n{{/if}}', 'http://other', 'unknown'],
    ['- application: app.that.is.no.map: x', 'http://other', 'no'],
  ] as const) {
    it(`outbound.rules ${JSON.stringify(inner)} open ${url}: ${opened}`, () => {
      const text = external('- host: api.example.no') + `      rules:\n${inner.replace(/^/gm, '        ')}\n`;
      const verdict = judge(text, url);
      assert.ok(verdict.kind === 'service-discovery');
      assert.equal(verdict.opened, opened);
    });
  }

  it('https to two labels is a host on the internet', () => {
    assert.equal(judge(rules, 'https://example.no/').kind, 'missing');
  });

  it('Maskinporten is open where it is enabled, and a host like others where it is not', () => {
    const url = 'https://test.maskinporten.no/token';
    assert.equal(judge(`${HEAD}  maskinporten:\n    enabled: true\n`, url).kind, 'maskinporten-itself');
    assert.equal(judge(`${HEAD}  maskinporten:\n    enabled: false\n`, url).kind, 'missing');
    assert.equal(judge(`${HEAD}  image: x\n`, url).kind, 'missing');
  });

  it('on-prem there are no rules, by the target or by what the manifest uses', () => {
    assert.equal(judge(rules, 'https://other.no/', { onPrem: true }).kind, 'on-prem');
    assert.equal(judge(`${HEAD}  webproxy: true\n`, 'https://other.no/').kind, 'on-prem');
    assert.equal(judge(`${HEAD}  vault:\n    enabled: true\n`, 'https://other.no/').kind, 'on-prem');
  });

  it('a MaskinportenClient has no pod', () => {
    const text = 'apiVersion: nais.io/v1\nkind: MaskinportenClient\nspec:\n  secretName: x\n';
    assert.equal(judge(text, 'https://api.example.no/').kind, 'no-pod');
  });

  for (const [what, items] of [
    ['a host', '- host: {{host}}'],
    ['a part of a host', '- host: api.{{env}}.example.no'],
    ['a loop', '{{#each hosts}}\n- host: {{this}}\n{{/each}}'],
    ['lines', '- host: a.example.no\n{{{more}}}'],
    ['a port', '- host: api.example.no\n  ports:\n    - port: {{port}}'],
  ] as const) {
    it(`nobody can tell where a template makes ${what}`, () => {
      assert.equal(judge(external(items), 'https://api.example.no:8443/').kind, 'templated');
    });
  }

  it('a rule that is there for sure counts beside templated ones', () => {
    const verdict = judge(external('- host: {{host}}\n- host: api.example.no'), 'https://api.example.no/');
    assert.ok(verdict.kind === 'covered' && !verdict.conditional);
  });

  it('a rule in one branch of a template is there on a condition', () => {
    const text = external('{{#if prod}}\n- host: api.example.no\n{{/if}}\n- host: b.example.no');
    const verdict = judge(text, 'https://api.example.no/');
    assert.ok(verdict.kind === 'covered' && verdict.conditional);
  });
});

describe('opening a host for the pod', () => {
  it('adds it to the rules that stand there', () => {
    assert.match(fixed(external('- host: a.example.no'), 'b.example.no', 443), /no\n {8}- host: b\.example\.no\n/);
  });

  it('names another port than 443', () => {
    assert.match(
      fixed(external('- host: a.example.no'), 'b.example.no', 8443),
      /b\.example\.no\n {10}ports:\n {12}- port: 8443/,
    );
  });

  it('opens one port of an address, never all', () => {
    assert.match(
      fixed(external('- host: a.example.no'), '10.0.0.1', 443),
      /- ipv4: "10\.0\.0\.1"\n {10}ports:\n {12}- port: 443/,
    );
  });

  it('adds a port to the rule for the host, and keeps 443, which it had unsaid', () => {
    const after = fixed(external('- host: a.example.no'), 'a.example.no', 8443);
    assert.equal(after.match(/a\.example\.no/g)?.length, 1);
    assert.equal(judge(after, 'https://a.example.no/').kind, 'covered');
    const ports = external('- host: a.example.no\n  ports:\n    - port: 1234');
    assert.match(fixed(ports, 'a.example.no', 8443), /- port: 1234\n {12}- port: 8443/);
  });

  it('writes whatever is missing of accessPolicy.outbound.external', () => {
    assert.match(
      fixed(`${HEAD}  image: x\n`, 'a.example.no', 443),
      / {2}accessPolicy:\n {4}outbound:\n {6}external:\n {8}- host: a\.example\.no/,
    );
    fixed(`${HEAD}  accessPolicy:\n    inbound: {}\n`, 'a.example.no', 443);
    fixed(`${HEAD}  accessPolicy:\n    outbound:\n      external: []\n`, 'a.example.no', 443);
  });

  it('keeps to JSON where the manifest is JSON', () => {
    const json = JSON.stringify({
      apiVersion: 'nais.io/v1alpha1',
      kind: 'Application',
      spec: { accessPolicy: { outbound: { external: [{ host: 'a.example.no' }] } } },
    });
    assert.doesNotThrow(() => JSON.parse(fixed(json, 'b.example.no', 8443)) as unknown);
  });

  it('finds the document where it stands', () => {
    const text = `a: 1\n---\n${external('- host: a.example.no')}`;
    assert.match(fixed(text, 'b.example.no', 443), /^a: 1\n---\n[^]*- host: b\.example\.no/);
  });

  it('gives up where there is no such document, or no pod', () => {
    assert.equal(openOutbound('a: 1', 0, { host: 'a.no', port: 443 }), undefined);
    const client = 'apiVersion: nais.io/v1\nkind: MaskinportenClient\nspec:\n  secretName: x\n';
    assert.equal(openOutbound(client, 0, { host: 'a.no', port: 443 }), undefined);
  });
});
