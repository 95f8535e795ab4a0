import assert from 'node:assert/strict';
import {
  historyEntry,
  readHistory,
  recentUrls,
  searchHistory,
  storedHistory,
  withEntry,
  type HistoryEntry,
  type SentRequest,
} from '../../../src/http/history';
import { separateSecrets, variableName, withoutSecretsInUrl } from '../../../src/http/sensitive';
import { PERSON } from '../maskinporten/support';

const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJzY29wZSI6ImEifQ.c2lnbmF0dXJl';

const SENT: SentRequest = {
  id: '1',
  sentAtMs: 1_700_000_000_000,
  method: 'POST',
  url: `https://api.example.no/person/${PERSON}?fnr=${PERSON}&api-key=abc&a=b#x`,
  headers: [
    ['Authorization', `Bearer ${JWT}`],
    ['Cookie', 'session=abc'],
    ['Accept', 'application/json'],
    ['Ocp-Apim-Subscription-Key', 'hemmelig'],
    ['IntegrasjonPassord', 'hemmelig'],
    ['X-Person', PERSON],
  ],
  body: `{"fnr":"${PERSON}","token":"${JWT}"}`,
  outcome: 200,
  tookMs: 12,
  bytes: 34,
};

const SECRETS = new RegExp([PERSON, 'eyJ', 'abc', 'hemmelig'].join('|'));

describe('what is kept of a request', () => {
  it('has no credential, no secret and no person in it, and no body', () => {
    const entry = historyEntry(SENT, false);
    assert.doesNotMatch(JSON.stringify(entry), SECRETS);
    assert.equal(entry.body, undefined);
    assert.equal(entry.url, 'https://api.example.no/person/•••••••••••?fnr=•••••••••••&api-key=•••&a=b');
    assert.deepEqual(
      entry.headers.map(([name]) => name),
      ['Accept', 'Ocp-Apim-Subscription-Key', 'IntegrasjonPassord', 'X-Person'],
    );
  });

  it('has a body when it is asked for, masked as well', () => {
    const { body } = historyEntry(SENT, true);
    assert.equal(body, '{"fnr":"•••••••••••","token":"•••"}');
  });

  it('has no body that is no text, and not more than ten thousand characters of one', () => {
    assert.equal(historyEntry({ ...SENT, body: Buffer.from([255]) }, true).body, undefined);
    assert.equal(historyEntry({ ...SENT, body: 'x'.repeat(20_000) }, true).body?.length, 10_000);
  });

  it('a number of eleven digits without check digits is none of a person', () => {
    assert.equal(
      withoutSecretsInUrl('https://a.no/12345678901?b=12345678901'),
      'https://a.no/12345678901?b=12345678901',
    );
  });

  it('a person is found in digits that are escaped, and credentials before the host are taken away', () => {
    const escaped = PERSON.replace(/\d/g, '%3$&');
    assert.equal(
      withoutSecretsInUrl(`https://ola:hemmelig@a.no/${escaped}?x=${escaped}`),
      'https://a.no/•••••••••••?x=•••••••••••',
    );
    assert.equal(withoutSecretsInUrl(`not a url ${PERSON}`), 'not a url •••••••••••');
  });

  it('the values of sensitive headers are handed over, to be kept in a safe place', () => {
    assert.deepEqual(separateSecrets(SENT.headers).secrets, [
      ['OCP_APIM_SUBSCRIPTION_KEY', 'hemmelig'],
      ['INTEGRASJONPASSORD', 'hemmelig'],
    ]);
    assert.deepEqual(historyEntry(SENT, false).headers.slice(1, 3), [
      ['Ocp-Apim-Subscription-Key', '{{OCP_APIM_SUBSCRIPTION_KEY}}'],
      ['IntegrasjonPassord', '{{INTEGRASJONPASSORD}}'],
    ]);
  });

  it('a variable is named as shells allow, and as nothing of theirs', () => {
    assert.deepEqual(['X-Api-Key', '2-Key', 'Pwd', "X!#$%&'*+.^_`|~Key", 'Maskinporten-Token'].map(variableName), [
      'X_API_KEY',
      'HEADER_2_KEY',
      'HEADER_PWD',
      'X_KEY',
      'HEADER_MASKINPORTEN_TOKEN',
    ]);
  });

  it('a wish for the token is kept, and nothing of the token', () => {
    const wish = { scopes: ['a:b'], resource: 'https://r.no/', consumerOrg: '889640782', workload: 'app' };
    assert.deepEqual(historyEntry({ ...SENT, wish }, false).wish, wish);
    const secret = { scopes: [JWT], resource: `https://r.no/${JWT}` };
    assert.doesNotMatch(JSON.stringify(historyEntry({ ...SENT, wish: secret }, false)), SECRETS);
  });
});

describe('the history', () => {
  const entry = (id: string, given: Partial<SentRequest> = {}): HistoryEntry =>
    historyEntry({ ...SENT, id, url: `https://api.example.no/${id}`, ...given }, false);

  it('has the latest first, and not more than its limit', () => {
    const entries = ['1', '2', '3'].reduce<readonly HistoryEntry[]>((all, id) => withEntry(all, entry(id), 2), []);
    assert.deepEqual(
      entries.map(({ id }) => id),
      ['3', '2'],
    );
  });

  it('has a request that was sent again once, in its new place', () => {
    const entries = withEntry([entry('1'), entry('2')], entry('2', { outcome: 500 }), 10);
    assert.deepEqual(
      entries.map(({ id, outcome }) => [id, outcome]),
      [
        ['2', 500],
        ['1', 200],
      ],
    );
  });

  it('is searched by all words, in any case', () => {
    const entries = [entry('inntekt'), entry('skatt', { method: 'GET', outcome: 'network/dns' })];
    const found = (query: string) => searchHistory(entries, query).map(({ id }) => id);
    assert.deepEqual(found('POST Example'), ['inntekt']);
    assert.deepEqual(found('network/dns'), ['skatt']);
    assert.deepEqual(found('integrasjonpassord 200'), ['inntekt']);
    assert.deepEqual(found(''), ['inntekt', 'skatt']);
    assert.deepEqual(found('post skatt'), []);
  });

  it('suggests addresses, the latest first and each once, and none that lost a part', () => {
    const again = [
      entry('3', { url: 'https://a.no/?token=x' }),
      entry('2'),
      { ...entry('4'), url: entry('2').url },
      entry('1'),
    ];
    assert.deepEqual(recentUrls(again), ['https://api.example.no/2', 'https://api.example.no/1']);
  });

  it('is read as it was stored', () => {
    const wish = { scopes: ['a:b'], resource: 'https://r.no/', manifestUri: 'file:///a', workload: 'app' };
    const entries = [entry('1', { wish }), entry('2', { outcome: 'network/dns', tookMs: undefined })];
    assert.deepEqual(readHistory(JSON.parse(JSON.stringify(storedHistory(entries)))), entries);
  });

  it('is masked again when it is read, and leaves out what it cannot read', () => {
    const bad = {
      ...entry('1'),
      url: `https://a.no/${PERSON}`,
      headers: [['Authorization', 'x'], 'y', ['Accept', 'z']],
    };
    const [read, ...others] = readHistory({ version: 1, entries: [bad, { id: '2' }, null, 'x'] });
    assert.deepEqual([read?.url, read?.headers, others], ['https://a.no/•••••••••••', [['Accept', 'z']], []]);
  });

  for (const [what, stored] of [
    ['nothing', undefined],
    ['null', null],
    ['a text', 'x'],
    ['a list', []],
    ['an object without a version', {}],
    ['another version', { version: 2, entries: [entry('1')] }],
  ] as const) {
    it(`is empty where ${what} is stored`, () => {
      assert.deepEqual(readHistory(stored), []);
    });
  }
});
