import assert from 'node:assert/strict';
import type { CommandField } from '../../../src/maskinporten/commands';
import { TEST } from '../../../src/maskinporten/environments';
import type { KeyFault } from '../../../src/maskinporten/problem';
import type { CredentialFormat, Doubt, RecognisedClient, RefusalReason } from '../../../src/maskinporten/recognise';
import { createTranslate } from '../../../src/shared/localize';
import {
  wordDoubt,
  wordFormat,
  wordRecognised,
  wordRefusedCommand,
  wordRefusedSource,
} from '../../../src/words/recognition';
import { makeKeyPair } from '../maskinporten/support';

const t = createTranslate({});

/** One of each: a code that is added and forgotten here is a type error. */
const DOUBTS: { readonly [C in Doubt['code']]: Extract<Doubt, { code: C }> } = {
  'key-unusable': { code: 'key-unusable', reason: 'no-kid' },
  'alg-missing': { code: 'alg-missing' },
  'key-expired': { code: 'key-expired', expiredAtMs: Date.parse('2025-06-10T23:30:00Z') },
  'client-id-missing': { code: 'client-id-missing' },
  'client-id-malformed': { code: 'client-id-malformed' },
  'environments-contradict': {
    code: 'environments-contradict',
    urls: [
      { variable: 'MASKINPORTEN_ISSUER', url: 'https://test.maskinporten.no/' },
      { variable: 'MASKINPORTEN_TOKEN_ENDPOINT', url: 'https://maskinporten.no/token' },
    ],
  },
  'issuer-derived': { code: 'issuer-derived', issuer: 'http://localhost:8080/maskinporten' },
  'retired-host': { code: 'retired-host', variable: 'MASKINPORTEN_ISSUER', host: 'ver2.maskinporten.no' },
  'not-a-url': { code: 'not-a-url', variable: 'MASKINPORTEN_ISSUER' },
  'insecure-url': { code: 'insecure-url', variable: 'MASKINPORTEN_ISSUER', url: 'http://api.example.no/' },
  'scopes-left-out': { code: 'scopes-left-out', count: 3 },
  'damaged-value': { code: 'damaged-value', variable: 'MASKINPORTEN_SCOPES' },
  'set-twice': { code: 'set-twice', variable: 'MASKINPORTEN_CLIENT_ID' },
  'several-candidates': { code: 'several-candidates', names: ['team/one', 'team/two'], chosen: 'team/one' },
};

const REFUSALS: Record<RefusalReason, true> = {
  pkcs12: true,
  'encrypted-pem': true,
  'unsupported-pem': true,
  'values-hidden': true,
  'no-key': true,
  damaged: true,
  'too-large': true,
};

function assertSentence(text: string): void {
  assert.match(text, /^\S.*\.$/s, text);
  assert.doesNotMatch(text, /!|Oops|undefined|\bnull\b|\[object|\{\w+\}/, text);
}

function assertAllDiffer(texts: readonly string[]): void {
  assert.equal(new Set(texts).size, texts.length, texts.join('\n'));
}

describe('the words for a recognised credential', () => {
  for (const doubt of Object.values(DOUBTS)) {
    it(`say what is doubtful and what to do: ${doubt.code}`, () => {
      const words = wordDoubt(doubt, t);
      assertSentence(words.doubt);
      assertSentence(words.cure);
    });
  }

  it('are of their own for every doubt and every fault of a key', () => {
    const faults: Record<KeyFault, true> = {
      unreadable: true,
      'not-rsa': true,
      'not-private': true,
      'no-kid': true,
      'too-short': true,
      'unsupported-alg': true,
      inconsistent: true,
    };
    const ofKeys = (Object.keys(faults) as KeyFault[]).map((reason): Doubt => ({ code: 'key-unusable', reason }));
    const others = Object.values(DOUBTS).filter(({ code }) => code !== 'key-unusable');
    assertAllDiffer([...ofKeys, ...others].map((doubt) => wordDoubt(doubt, t).doubt));
  });

  it('name what contradicts, whichever way the user reads it', () => {
    const { doubt } = wordDoubt(DOUBTS['environments-contradict'], t);
    assert.match(doubt, /MASKINPORTEN_ISSUER=https:\/\/test\.maskinporten\.no\//);
    assert.match(doubt, /MASKINPORTEN_TOKEN_ENDPOINT=https:\/\/maskinporten\.no\/token/);
  });

  it('name the day on which a key ended', () => {
    assert.match(wordDoubt(DOUBTS['key-expired'], t).doubt, / 2025-06-10\.$/);
  });

  it('name all candidates and the one that was taken', () => {
    assert.match(wordDoubt(DOUBTS['several-candidates'], t).doubt, /team\/one, team\/two\. team\/one was chosen/);
  });

  it('name every format differently', () => {
    const formats: Record<CredentialFormat, true> = {
      jwk: true,
      jwks: true,
      env: true,
      variables: true,
      'kubernetes-secret': true,
      'nais-secret': true,
      'mounted-folder': true,
      pem: true,
    };
    assertAllDiffer((Object.keys(formats) as CredentialFormat[]).map((format) => wordFormat(format, t)));
  });

  describe('list what was read', () => {
    const client: RecognisedClient = {
      kind: 'client',
      format: 'kubernetes-secret',
      clientId: 'my-client',
      key: { ok: false, problem: { code: 'grant/key-unusable', step: 'grant', sent: [], reason: 'no-kid' } },
      environment: TEST,
      scopes: ['a:b', 'c:d'],
      secret: { name: 'maskinporten-app-1', namespace: 'team', workload: 'app', cluster: undefined },
      doubts: [],
    };

    it('the key by its id, its length and its algorithm, and nothing else of it', async () => {
      const { privateJwk } = await makeKeyPair('RS512', 3072);
      assert.deepEqual(wordRecognised({ ...client, key: { ok: true, jwk: privateJwk } }, t), [
        { label: 'Recognised', value: 'a Secret of Kubernetes' },
        { label: 'Name of the Secret', value: 'maskinporten-app-1' },
        { label: 'Client id', value: 'my-client' },
        { label: 'Key id', value: privateJwk.kid },
        { label: 'Key', value: 'RSA, 3072 bits, RS512' },
        { label: 'Issuer', value: 'https://test.maskinporten.no/' },
        { label: 'Scopes', value: 'a:b c:d' },
      ]);
    });

    it('and leave out what is not there', () => {
      const bare = { ...client, clientId: undefined, environment: undefined, scopes: [], secret: undefined };
      assert.deepEqual(wordRecognised(bare, t), [{ label: 'Recognised', value: 'a Secret of Kubernetes' }]);
    });
  });
});

describe('the words for a source that is not taken', () => {
  const reasons = Object.keys(REFUSALS) as RefusalReason[];

  it('say what it is, why it is not taken and what to do', () => {
    const all = reasons.map((reason) => wordRefusedSource({ kind: 'refused', reason }, t));
    for (const { title, cause, cure } of all) [title, cause, cure].forEach(assertSentence);
    assertAllDiffer(all.map(({ title }) => title));
  });

  it('speak of a command only where there is one', () => {
    const refused = { kind: 'refused', reason: 'values-hidden' } as const;
    assert.doesNotMatch(wordRefusedSource(refused, t).cure, /Run the command/);
    assert.match(wordRefusedSource({ ...refused, command: 'nais' }, t).cure, /Run the command/);
  });
});

it('the words for a command that was not made name the value that is not right', () => {
  const fields: Record<CommandField, true> = {
    workload: true,
    team: true,
    environment: true,
    secret: true,
    reason: true,
    port: true,
  };
  const texts = (Object.keys(fields) as CommandField[]).map((field) => wordRefusedCommand(field, t));
  texts.forEach(assertSentence);
  assertAllDiffer(texts);
});
