import assert from 'node:assert/strict';
import { looksLikeManifest, readFile, tooLargeFinding } from '../../../src/manifest';
import { application, cut } from './helpers';

describe('a text that is too large to be read', () => {
  for (const [what, text] of [
    ['YAML', `# comment\n${application()}`],
    ['YAML with quotes', 'kind: Application\n"apiVersion" : "nais.io/v1"\n'],
    ['YAML after a byte order mark', '\uFEFFapiVersion: nais.io/v1\n'],
    ['JSON', '{\n  "apiVersion": "nais.io/v1alpha1"\n}'],
    ['JSON on one line', '{"apiVersion":"nais.io/v1","kind":"Naisjob"}'],
    ['its second document', `kind: Other\n---\r\napiVersion: nais.io/v1\r\nkind: Naisjob\r\n`],
  ] as const) {
    it(`looks like a manifest as ${what}`, () => {
      assert.ok(looksLikeManifest(text));
    });
  }
  for (const text of [
    '# see https://doc.nais.io/\nkind: Application\n',
    'apiVersion: apps/v1\nimage: nais.io/x\n',
    'text: the line apiVersion: nais.io/v1 in a text\n',
    '',
  ]) {
    it(`does not look like a manifest as ${JSON.stringify(text)}`, () => {
      assert.ok(!looksLikeManifest(text));
    });
  }
  it('is looked at in time that grows with its length alone', () => {
    // Seconds, or a test that never ends, where the pattern goes back over what it has seen.
    const blanks = ' '.repeat(1_000_000);
    assert.ok(!looksLikeManifest(`nais.io/${blanks}\n${'\n'.repeat(1_000_000)}${'{'.repeat(1_000_000)}`));
  });
  it('has its finding on the first line, or on the start of a long one', () => {
    const lines = application();
    assert.equal(cut(lines, tooLargeFinding(lines).range), 'apiVersion: nais.io/v1alpha1');
    assert.equal(cut('one\r\ntwo', tooLargeFinding('one\r\ntwo').range), 'one');
    assert.deepEqual(tooLargeFinding('x'.repeat(1000)).range, { start: 0, end: 80 });
    assert.deepEqual(tooLargeFinding('{}').range, { start: 0, end: 2 });
  });
  it('is read all the same by who does not mind its length', () => {
    const long = `${application()}# ${'x'.repeat(1_100_000)}\n`;
    assert.equal(readFile(long).documents[0]?.manifest.name?.value, 'app');
  });
});
