import assert from 'node:assert/strict';
import { readFile } from '../../../src/manifest';
import { closedTarget, podLine } from '../../../src/panels/podLine';
import { createTranslate } from '../../../src/shared/localize';

const t = createTranslate({});
const manifest = (outbound: string, more = '') =>
  readFile(`apiVersion: nais.io/v1alpha1
kind: Application
metadata:
  name: app
  namespace: team
spec:
  maskinporten:
    enabled: true${more}
  accessPolicy:
    outbound:
      external:
${outbound}
`).documents[0]!;

function lineFor(url: string, outbound = '        - host: api.example.no', more = '', onPrem = false) {
  const { manifest: read, facts } = manifest(outbound, more);
  const subject = { manifest: read, outbound: facts.outbound, onPrem };
  return { line: podLine(url, subject, t), target: closedTarget(url, subject) };
}

describe('the line on what the pod reaches', () => {
  it('says yes, with nothing to do', () => {
    const { line, target } = lineFor('https://api.example.no/v1');
    assert.deepEqual(line, {
      answer: 'yes',
      text: 'Your pod can reach this host.',
      command: undefined,
      action: undefined,
    });
    assert.equal(target, undefined);
  });

  for (const [url, target] of [
    ['https://other.example.no/', { host: 'other.example.no', port: 443 }],
    ['https://api.example.no:8443/', { host: 'api.example.no', port: 8443 }],
    ['https://192.0.2.1/', { host: '192.0.2.1', port: 443 }],
  ] as const) {
    it(`says no to ${url}, and offers the rule`, () => {
      const { line, target: wanted } = lineFor(url);
      assert.equal(line?.answer, 'no');
      assert.equal(line.action, 'open-outbound');
      assert.deepEqual(wanted, target);
    });
  }

  it('cannot tell where a template decides, and offers variables', () => {
    const { line, target } = lineFor('https://other.example.no/', '        - host: {{host}}');
    assert.equal(line?.answer, 'unknown');
    assert.equal(line.action, 'choose-variables');
    assert.equal(target, undefined);
  });

  it('offers variables for a rule that a template may leave out', () => {
    const rules = '        {{#if a}}\n        - host: api.example.no\n        {{/if}}';
    assert.equal(lineFor('https://api.example.no/', rules).line?.action, 'choose-variables');
  });

  it('shows how a name of the cluster is reached from here', () => {
    const { line } = lineFor('http://other.ns:8080/x');
    assert.equal(line?.answer, 'unknown');
    assert.equal(line.action, 'put-in-terminal');
    assert.equal(line.command, 'kubectl port-forward -n ns svc/other 8080:8080');
  });

  it('answers neither yes nor no about this machine', () => {
    const { line } = lineFor('http://localhost:8080/');
    assert.equal(line?.answer, 'aside');
    assert.equal(line.action, undefined);
  });

  it('answers neither yes nor no on-prem', () => {
    assert.equal(lineFor('https://other.example.no/', undefined, '', true).line?.answer, 'aside');
  });

  it('has nothing to say before there is a URL', () => {
    assert.equal(lineFor('').line, undefined);
    assert.equal(lineFor('https://').line, undefined);
  });
});
