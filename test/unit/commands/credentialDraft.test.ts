import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import {
  credentialFrom,
  doubtsIn,
  gapsIn,
  isOtherClient,
  mayChooseEnvironment,
  readDraft,
  suggestName,
  type Draft,
  type Given,
  type KeyDraft,
} from '../../../src/commands/credentialDraft';
import type { CredentialSource } from '../../../src/maskinporten/recognise';
import { der, oid, sequence, utcTime } from '../http/certificate';
import { CLIENT_ID, kubernetesSecret, secretOf } from '../maskinporten/recognise/support';
import { makeKeyPair, type KeyPair } from '../maskinporten/support';

const TEST = { kind: 'test', issuer: 'https://test.maskinporten.no/' } as const;
const PROD = { kind: 'prod', issuer: 'https://maskinporten.no/' } as const;

/** An RSA key in PEM, and a certificate of it that it signed itself. */
function makeCertifiedKey(): { pem: string; certificate: string } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const algorithm = sequence(oid('2a864886f70d01010b'), der(0x05, Buffer.alloc(0))); // sha256WithRSAEncryption
  const name = sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from('NAV 889640782')))));
  const dates = [-86_400_000, 86_400_000].map((fromNowMs) => utcTime(new Date(Date.now() + fromNowMs)));
  const toBeSigned = sequence(
    der(0x02, Buffer.from([1])),
    algorithm,
    name,
    sequence(...dates),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', toBeSigned, privateKey)]);
  const base64 = sequence(toBeSigned, algorithm, der(0x03, signature)).toString('base64');
  return {
    pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: `-----BEGIN CERTIFICATE-----\n${base64.match(/.{1,64}/g)!.join('\n')}\n-----END CERTIFICATE-----\n`,
  };
}

describe('a credential on its way in', () => {
  let pair: KeyPair;

  before(async () => {
    pair = await makeKeyPair();
  });

  async function draftFrom(
    source: CredentialSource,
    given: Given = {},
    parts: Partial<Pick<KeyDraft, 'origin' | 'replaces'>> = {},
  ): Promise<KeyDraft> {
    const reading = await readDraft(source, { given, origin: undefined, replaces: undefined, ...parts });
    assert.ok(reading.kind === 'draft', reading.kind);
    return reading.draft;
  }

  function secretText(change: Record<string, string> = {}): string {
    return JSON.stringify(kubernetesSecret({ ...secretOf(pair), ...change }));
  }

  it('from a Secret needs nothing more, and remembers where it came from', async () => {
    const draft = await draftFrom(secretText());
    assert.deepEqual(gapsIn(draft), []);
    assert.deepEqual(doubtsIn(draft), []);
    const credential = credentialFrom(draft, 'Mine');
    assert.ok(credential?.kind === 'key');
    assert.equal(credential.credential.clientId, CLIENT_ID);
    assert.deepEqual(credential.credential.environment, TEST);
    assert.equal(credential.credential.privateJwk.d, pair.privateJwk.d);
    assert.equal(credential.origin?.secret, 'maskinporten-my-app-1a2b3c4d');
    assert.equal(credential.origin.workload, 'my-app');
    assert.equal(credential.origin.team, 'my-team');
  });

  it('knows the cluster and the reason that the command was made with, where it is of that Secret', async () => {
    const origin = { secret: 'maskinporten-my-app-1a2b3c4d', cluster: 'dev-gcp', reason: 'a good reason' };
    assert.deepEqual((await draftFrom(secretText(), {}, { origin })).origin, {
      ...origin,
      workload: 'my-app',
      team: 'my-team',
    });
    const other = await draftFrom(secretText(), {}, { origin: { ...origin, secret: 'maskinporten-other-00000000' } });
    assert.equal(other.origin?.cluster, undefined);
    assert.equal(other.origin?.reason, undefined);
  });

  it('from a key alone cannot be saved before client and environment are said', async () => {
    const draft = await draftFrom(JSON.stringify(pair.privateJwk));
    assert.deepEqual(gapsIn(draft), ['clientId', 'environment']);
    assert.equal(credentialFrom(draft, 'Mine'), undefined);
    const complete = await draftFrom(JSON.stringify(pair.privateJwk), { clientId: 'a-client', environment: PROD });
    assert.deepEqual(gapsIn(complete), []);
    const credential = credentialFrom(complete, 'Mine');
    assert.ok(credential?.kind === 'key');
    assert.deepEqual(credential.credential.environment, PROD);
  });

  it('with a public key cannot be saved, whatever is said', async () => {
    const draft = await draftFrom(JSON.stringify(pair.publicJwk), {
      clientId: 'a-client',
      environment: TEST,
      kid: 'x',
    });
    assert.deepEqual(gapsIn(draft), ['key']);
    assert.equal(credentialFrom(draft, 'Mine'), undefined);
  });

  it('with a key without id gets it from the user', async () => {
    const { kid, ...nameless } = pair.privateJwk;
    const given = { clientId: 'a-client', environment: TEST };
    assert.deepEqual(gapsIn(await draftFrom(JSON.stringify(nameless), given)), ['kid']);
    const draft = await draftFrom(JSON.stringify(nameless), { ...given, kid });
    assert.deepEqual(gapsIn(draft), []);
    assert.ok(draft.recognised.key.ok && draft.recognised.key.jwk.kid === kid);
  });

  it('with certificates that cannot be used says so, and still wants a key id', async () => {
    const { kid, ...nameless } = pair.privateJwk;
    assert.ok(kid);
    const given = { clientId: 'a-client', environment: TEST, certificates: 'no certificate' };
    const draft = await draftFrom(JSON.stringify(nameless), given);
    assert.ok(draft.chain?.ok === false);
    assert.deepEqual(gapsIn(draft), ['kid']);
  });

  it('with a key whose certificate is in the same file needs no key id', async () => {
    const { pem, certificate } = makeCertifiedKey();
    const draft = await draftFrom(`${pem}${certificate}`, { clientId: 'a-client', environment: TEST });
    assert.deepEqual(gapsIn(draft), []);
    const credential = credentialFrom(draft, 'Mine');
    assert.ok(credential?.kind === 'key');
    assert.equal(credential.credential.privateJwk.kid, undefined);
    assert.equal(credential.credential.x5c?.length, 1);
    const withId = await draftFrom(`${pem}${certificate}`, { clientId: 'a-client', environment: TEST, kid: 'a-kid' });
    assert.equal(withId.chain, undefined, 'a key id that the user gives comes first');
  });

  it('takes no other environment than the one that Digdir’s own URLs name', async () => {
    assert.equal(mayChooseEnvironment(await draftFrom(secretText())), false);
    assert.equal(mayChooseEnvironment(await draftFrom(JSON.stringify(pair.privateJwk))), true);
  });

  it('is of no environment while its URLs contradict each other, until the user says which', async () => {
    const text = secretText({ MASKINPORTEN_ISSUER: PROD.issuer });
    const draft = await draftFrom(text);
    assert.deepEqual(gapsIn(draft), ['environment']);
    assert.deepEqual(
      doubtsIn(draft).map(({ code }) => code),
      ['environments-contradict'],
    );
    const settled = await draftFrom(text, { environment: PROD });
    assert.deepEqual(gapsIn(settled), []);
    assert.deepEqual(doubtsIn(settled), []);
  });

  it('keeps a doubt that the user cannot settle by saying something', async () => {
    const { alg, ...unsaid } = pair.privateJwk;
    assert.ok(alg);
    const given = { clientId: 'a-client', environment: TEST };
    assert.deepEqual(
      doubtsIn(await draftFrom(JSON.stringify(unsaid), given)).map(({ code }) => code),
      ['alg-missing'],
    );
  });

  it('that takes the place of another says when it is of another client', async () => {
    const replaces = { id: 'one', name: 'Mine', clientId: CLIENT_ID };
    assert.equal(isOtherClient(await draftFrom(secretText(), {}, { replaces })), false);
    const text = secretText({ MASKINPORTEN_CLIENT_ID: 'another-client' });
    assert.equal(isOtherClient(await draftFrom(text, {}, { replaces })), true);
  });

  describe('is called', () => {
    const texas: Draft = {
      kind: 'texas',
      endpoint: 'http://127.0.0.1:7164/api/v1/token',
      given: { environment: TEST },
      origin: { secret: 'maskinporten-app-00000000', workload: 'app' },
      replaces: undefined,
    };

    it('by its workload and environment', async () => {
      assert.equal(suggestName(await draftFrom(secretText()), 'Test', new Set()), 'my-app · Test');
      assert.equal(suggestName(texas, 'Test', new Set()), 'app · Test · Texas');
    });

    it('by its environment alone where no workload is known', async () => {
      assert.equal(suggestName(await draftFrom(JSON.stringify(pair.privateJwk)), 'Test', new Set()), 'Test');
    });

    it('with a number where the name is taken', async () => {
      const taken = new Set(['Test', 'Test 2']);
      assert.equal(suggestName(await draftFrom(JSON.stringify(pair.privateJwk)), 'Test', taken), 'Test 3');
    });

    it('as the user says, and as the one whose place it takes', async () => {
      const replaces = { id: 'one', name: 'Mine', clientId: CLIENT_ID };
      assert.equal(suggestName(await draftFrom(secretText(), {}, { replaces }), 'Test', new Set()), 'Mine');
      assert.equal(suggestName(await draftFrom(secretText(), { name: 'Said' }), 'Test', new Set()), 'Said');
    });
  });
});
