import assert from 'node:assert/strict';
import type { PodVerdict } from '../../../src/manifest';
import { createTranslate } from '../../../src/shared/localize';
import { wordPodVerdict } from '../../../src/words/podVerdict';

const t = createTranslate({});
const range = { start: 0, end: 1 };
const wanted = { host: 'api.example.no', port: 443 };

describe('the words for the pod check', () => {
  for (const [verdict, answer, text] of [
    [{ kind: 'covered', range, conditional: false }, 'yes', /^Your pod can reach this host\.$/],
    [{ kind: 'covered', range, conditional: true }, 'unknown', /where the template keeps the rule/],
    [{ kind: 'open-by-default' }, 'yes', /open for all workloads/],
    [{ kind: 'maskinporten-itself' }, 'yes', /maskinporten\.enabled/],
    [{ kind: 'missing', ...wanted }, 'no', /^No outbound rule for api\.example\.no: /],
    [{ kind: 'missing', ...wanted, port: 8443 }, 'no', /rule for api\.example\.no:8443: /],
    [{ kind: 'wrong-port', range, ports: [443, 80], ...wanted, port: 8443 }, 'no', /opens 443, 80, not 8443/],
    [{ kind: 'only-address-rules', ...wanted }, 'no', /addresses alone/],
    [{ kind: 'dropped-rule', range, ...wanted }, 'no', /a host and an ipv4/],
    [{ kind: 'templated' }, 'unknown', /variables file/],
    [{ kind: 'on-prem' }, 'yes', /web proxy/],
    [{ kind: 'loopback' }, 'no', /the pod itself/],
    [{ kind: 'no-rule-for-it' }, 'no', /names and IPv4 addresses/],
  ] as const satisfies [PodVerdict, string, RegExp][]) {
    it(`${JSON.stringify(verdict)}: ${answer}`, () => {
      const words = wordPodVerdict(verdict, t);
      assert.equal(words?.answer, answer);
      assert.match(words.text, text);
    });
  }

  it('a name of the cluster comes with the line that brings it here', () => {
    const verdict = {
      kind: 'service-discovery',
      application: 'other',
      namespace: 'team',
      port: 80,
      opened: 'unknown',
    } as const;
    assert.equal(wordPodVerdict(verdict, t)?.command, 'kubectl port-forward -n team svc/other 8080:80');
    assert.equal(wordPodVerdict({ ...verdict, namespace: undefined }, t)?.command, undefined);
    assert.equal(wordPodVerdict({ ...verdict, application: 'a;rm -rf' }, t)?.command, undefined);
  });

  it('nothing is said where there is nothing to ask', () => {
    assert.equal(wordPodVerdict({ kind: 'no-pod' }, t), undefined);
    assert.equal(wordPodVerdict({ kind: 'no-url' }, t), undefined);
  });
});
