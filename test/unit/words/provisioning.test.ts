import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { provisioningPage } from '../../../src/commands/provisioningPage';
import {
  explainProvisioning,
  readProvisioning,
  type ProvisioningFinding,
} from '../../../src/maskinporten/provisioning';
import { createTranslate } from '../../../src/shared/localize';
import { wordProvisioningFinding, wordProvisioningProblem, wordVerdict } from '../../../src/words/provisioning';
import { asJson, client } from '../maskinporten/provisioning/statuses';

const NOW = Date.UTC(2026, 10, 21);
const en = createTranslate({});
const nb = createTranslate(
  JSON.parse(readFileSync(path.join(__dirname, '../../../l10n/nb.json'), 'utf8')) as Record<string, string>,
);

const EVERY: { readonly [K in ProvisioningFinding['kind']]: Extract<ProvisioningFinding, { kind: K }> } = {
  'other-workload': { kind: 'other-workload', name: 'other' },
  'all-scopes-refused': { kind: 'all-scopes-refused', scopes: ['a:b'], hasClient: false },
  'scopes-refused': { kind: 'scopes-refused', scopes: ['a:b'] },
  'refused-not-consumed': { kind: 'refused-not-consumed', scopes: ['a:b'] },
  'integration-type': { kind: 'integration-type', existing: 'idporten', desired: 'maskinporten' },
  'sync-failed': { kind: 'sync-failed', message: 'HTTP 500', hasClient: true },
  'consumers-refused': { kind: 'consumers-refused', message: 'Scope "a" has invalid consumers [1]' },
  behind: { kind: 'behind', generation: 4, observed: 3 },
  working: { kind: 'working' },
  'not-begun': { kind: 'not-begun' },
  old: { kind: 'old', synchronizedAtMs: NOW - 9 * 86_400_000 },
  'not-deployed': { kind: 'not-deployed', scopes: ['a:b'] },
  'only-in-cluster': { kind: 'only-in-cluster', scopes: ['a:b'] },
  'unknown-condition': {
    kind: 'unknown-condition',
    condition: { type: 'New', status: 'True', reason: undefined, message: undefined, observedGeneration: undefined },
  },
};

describe('Words on provisioning', () => {
  for (const finding of Object.values(EVERY)) {
    it(`say what ${finding.kind} is and what cures it, in both languages`, () => {
      const english = wordProvisioningFinding(finding, en, NOW);
      const norwegian = wordProvisioningFinding(finding, nb, NOW);
      for (const part of ['title', 'text', 'cure'] as const) {
        assert.notEqual(english[part], '');
        assert.doesNotMatch(english[part] + norwegian[part], /\{\w+\}|undefined/);
      }
      assert.notEqual(english.cure, norwegian.cure);
    });
  }

  it('tell the two outcomes of refused scopes apart', () => {
    const some = wordProvisioningFinding(EVERY['scopes-refused'], en, NOW);
    const all = wordProvisioningFinding(EVERY['all-scopes-refused'], en, NOW);
    assert.match(some.text, /registered without it.*MP-200/);
    assert.match(all.text, /no client and no Secret.*pod waits/);
    const kept = wordProvisioningFinding({ ...EVERY['all-scopes-refused'], hasClient: true }, en, NOW);
    assert.match(kept.text, /keeps the scopes/);
  });

  it('answer nonsense with what to do', () => {
    const reading = readProvisioning('hello');
    assert.ok(!reading.ok);
    assert.match(wordProvisioningProblem(reading.problem, en), /Run the command/);
  });
});

describe('The page on provisioning', () => {
  const conditions = [
    ['Ready', 'True', 'Resource is up-to-date with DigDir'],
    ['InvalidConsumedScopes', 'True', 'Organization has no access to scopes: [skatteetaten:inntekt]'],
  ] as const;

  const target = { workload: 'asked', team: 'us' };

  function page(status: unknown): string {
    const reading = readProvisioning(typeof status === 'string' ? status : asJson(status));
    assert.ok(reading.ok);
    const report = explainProvisioning(reading.status, undefined, NOW);
    const text = provisioningPage(report, { t: en, locale: 'en', nowMs: NOW, target });
    assert.ok(text.startsWith(`# ${wordVerdict(report, en).replace(/[!-/:-@[-`{-~]/g, '\\$&')}\n`));
    return text;
  }

  it('says first how it stands, then what to do, then the facts', () => {
    const text = page(client({ conditions })).replaceAll('\\', '');
    const order = [
      'is ready, but some',
      'no access to: skatteetaten:inntekt',
      'What to do:',
      'Facts',
      'Client id:',
      'Conditions',
    ];
    const places = order.map((part) => text.indexOf(part));
    assert.ok(
      places.every((place) => place !== -1),
      places.join(),
    );
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
  });

  it('has the line that synchronises, where that may help', () => {
    const line = 'kubectl annotate maskinportenclient my-app -n my-team digdir.nais.io/resync=true --overwrite';
    assert.ok(page(client({ conditions })).includes(`\`\`\`text\n${line}\n\`\`\``));
    assert.ok(!page(client()).includes('kubectl'));
    const lines = page('Ready=True ok\nInvalidConsumedScopes=True no access to scopes: [a:b]');
    assert.ok(lines.includes('kubectl annotate maskinportenclient asked -n us '));
  });

  it('shows the cluster’s words as text, whatever Markdown they hold', () => {
    const hostile = '[click](command:x) <img src=x> | **b** `c` # d';
    const text = page(client({ conditions: [['Error', 'True', hostile]] }));
    assert.doesNotMatch(text, /(?<!\\)[[\]()<>|`#]\S*(?:click|img|command)/);
    assert.ok(text.includes('\\[click\\]\\(command\\:x\\) \\<img src\\=x\\> \\| \\*\\*b\\*\\* \\`c\\` \\# d'));
  });
});
