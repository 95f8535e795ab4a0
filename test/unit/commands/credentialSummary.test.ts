import assert from 'node:assert/strict';
import { readDraft, type Given, type KeyDraft } from '../../../src/commands/credentialDraft';
import { doubtTexts, summaryOf, type Summary } from '../../../src/commands/credentialSummary';
import { createTranslate } from '../../../src/shared/localize';
import { CLIENT_ID, kubernetesSecret, secretOf } from '../maskinporten/recognise/support';
import { makeKeyPair, type KeyPair } from '../maskinporten/support';

const english = createTranslate({});
const PROD = { kind: 'prod', issuer: 'https://maskinporten.no/' } as const;

describe('the summary of a credential', () => {
  let pair: KeyPair;

  before(async () => {
    pair = await makeKeyPair();
  });

  async function draftFrom(source: string, given: Given = {}): Promise<KeyDraft> {
    const reading = await readDraft(source, { given, origin: undefined, replaces: undefined });
    assert.ok(reading.kind === 'draft');
    return reading.draft;
  }

  const actionsIn = ({ actions }: Summary) => actions.map(({ action }) => action);
  const labelsIn = ({ actions }: Summary) => actions.map(({ label }) => label.replace(/^\$\(\w+\) /, ''));

  it('shows client, key and environment, and nothing of the key itself', async () => {
    const draft = await draftFrom(JSON.stringify(kubernetesSecret(secretOf(pair))));
    const shown = JSON.stringify([summaryOf(draft, 'Mine', english), doubtTexts(draft, english)]);
    for (const fact of [
      CLIENT_ID,
      pair.privateJwk.kid,
      'RSA, 2048 bits, RS256',
      'https://test.maskinporten.no/',
      'Mine',
    ])
      assert.ok(shown.includes(fact), fact);
    const { d, p, q, dp, dq, qi, n } = pair.privateJwk;
    for (const member of [d, p, q, dp, dq, qi, n]) assert.ok(!shown.includes(String(member)));
  });

  it('offers to save first, and to use it only where it is not for production', async () => {
    const test = await draftFrom(JSON.stringify(kubernetesSecret(secretOf(pair))));
    assert.equal(labelsIn(summaryOf(test, 'Mine', english))[0], 'Save and Use');
    const prod = await draftFrom(JSON.stringify(pair.privateJwk), { clientId: 'a-client', environment: PROD });
    assert.equal(labelsIn(summaryOf(prod, 'Mine', english))[0], 'Save');
  });

  it('offers what is missing in place of saving, one at a time', async () => {
    const bare = await draftFrom(JSON.stringify(pair.privateJwk));
    assert.deepEqual(actionsIn(summaryOf(bare, 'Mine', english)), ['client-id']);
    const named = await draftFrom(JSON.stringify(pair.privateJwk), { clientId: 'a-client' });
    assert.deepEqual(actionsIn(summaryOf(named, 'Mine', english)), ['environment']);
  });

  it('offers nothing for a key that cannot sign, and says why', async () => {
    const draft = await draftFrom(JSON.stringify(pair.publicJwk), { clientId: 'a-client', environment: PROD });
    const summary = summaryOf(draft, 'Mine', english);
    assert.deepEqual(summary.actions, []);
    assert.match(JSON.stringify(summary.doubts), /public half/);
  });

  it('lets Digdir’s own environment stand, and any other be changed', async () => {
    const environmentRow = ({ facts }: Summary) => facts.find(({ label }) => label === 'Environment');
    const test = await draftFrom(JSON.stringify(kubernetesSecret(secretOf(pair))));
    assert.equal(environmentRow(summaryOf(test, 'Mine', english))?.action, undefined);
    const said = await draftFrom(JSON.stringify(pair.privateJwk), { clientId: 'a-client', environment: PROD });
    assert.equal(environmentRow(summaryOf(said, 'Mine', english))?.action, 'environment');
  });

  it('says a doubt in full where saving asks about it', async () => {
    const draft = await draftFrom(JSON.stringify({ ...pair.privateJwk, alg: undefined }), { clientId: 'a-client' });
    const [doubt = ''] = doubtTexts(draft, english);
    assert.match(doubt, /^The key does not say which algorithm .* registered for RS384 or RS512\.$/);
  });
});
