import assert from 'node:assert/strict';
import { KnownScopes, readFile } from '../../../src/manifest';
import { prefilledUrl, urlSuggestions, type SuggestionSources } from '../../../src/panels/urlSuggestions';
import { createTranslate } from '../../../src/shared/localize';

const t = createTranslate({});
const SAMPLE = 'http://127.0.0.1:1/x/api/sample';

const { manifest } = readFile(`apiVersion: nais.io/v1alpha1
kind: Application
metadata:
  name: app
spec:
  accessPolicy:
    outbound:
      external:
        - host: out.example.no
        - host: port.example.no
          ports:
            - port: 8443
        - host: "{{host}}"
        - ipv4: 192.0.2.1
  env:
    - name: SOME_URL
      value: https://env.example.no/v1?a=b
    - name: API_HOST
      value: host.example.no
    - name: JAVA_CLASS
      value: no.nav.Main
    - name: OTHER_URL
      value: https://{{host}}/
    - name: JDBC_URL
      value: jdbc:postgresql://db.example.no/x
    - name: SAME_URL
      value: https://out.example.no/
`).documents[0]!;

const knownScopes = new KnownScopes([
  {
    scope: 'a:b',
    owner: 'a',
    test: ['test.example.no'],
    prod: ['prod.example.no'],
    documentation: '',
    confidence: 'own',
    source: '',
  },
]);

const sources: SuggestionSources = {
  sampleUrl: undefined,
  scopes: ['a:b'],
  target: 'dev',
  knownScopes,
  manifest,
  file: 'nais.yaml',
  recent: [],
};

describe('suggested URLs', () => {
  it('come from the scope, from env and from the outbound rules, each once and with its source', () => {
    assert.deepEqual(
      urlSuggestions(sources, t).map(({ url, source }) => [url, source]),
      [
        ['https://test.example.no/', 'API of a:b'],
        ['https://env.example.no/v1?a=b', 'SOME_URL in nais.yaml'],
        ['https://host.example.no', 'API_HOST in nais.yaml'],
        ['https://out.example.no/', 'SAME_URL in nais.yaml'],
        ['https://port.example.no:8443/', 'outbound rule in nais.yaml'],
        ['https://192.0.2.1/', 'outbound rule in nais.yaml'],
      ],
    );
  });

  it('follow the environment', () => {
    const urls = urlSuggestions({ ...sources, target: 'prod' }, t).map(({ url }) => url);
    assert.ok(urls.includes('https://prod.example.no/') && !urls.includes('https://test.example.no/'));
    const [first] = urlSuggestions({ ...sources, sampleUrl: SAMPLE }, t);
    assert.deepEqual(first, { url: SAMPLE, source: 'the sandbox’s own API' });
  });

  it('have what was sent before at the end, and are not without end', () => {
    const recent = Array.from({ length: 100 }, (_, at) => `https://sent.example.no/${at}`);
    const all = urlSuggestions({ ...sources, recent }, t);
    assert.equal(all.length, 50);
    assert.deepEqual(all.at(-1)?.source, 'sent before');
  });

  it('are what was sent before where there is no manifest', () => {
    const none = { ...sources, manifest: undefined, file: undefined, scopes: [], recent: ['https://a.no/'] };
    assert.deepEqual(urlSuggestions(none, t), [{ url: 'https://a.no/', source: 'sent before' }]);
  });
});

describe('the URL that is filled in', () => {
  it('is the sandbox’s own API, as its tokens go nowhere else', () => {
    assert.equal(prefilledUrl({ ...sources, sampleUrl: SAMPLE }), SAMPLE);
  });

  it('is the known API of the scope, else the first outbound host, else none', () => {
    assert.equal(prefilledUrl(sources), 'https://test.example.no/');
    assert.equal(prefilledUrl({ ...sources, scopes: ['c:d'] }), 'https://out.example.no/');
    assert.equal(prefilledUrl({ ...sources, scopes: [], manifest: undefined }), undefined);
  });
});
