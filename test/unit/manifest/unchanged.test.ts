import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ManifestFile } from '../../../src/manifest';
import { findingsOf, readFile } from '../../../src/manifest';
import { mutatedManifest } from '../../fuzz/manifests';
import { consuming } from './helpers';

const RUNS = Number(process.env['PARSE_RUNS'] ?? 500);

function seen(file: ManifestFile): unknown {
  const { kind, documents } = file;
  return { kind, documents: documents.map(({ manifest, range }) => ({ manifest, range })), findings: findingsOf(file) };
}

const anywhere = fc.double({ min: 0, max: 1, noNaN: true });
const edits = fc.array(
  fc.record({
    place: anywhere,
    removed: fc.nat(8),
    added: fc.constantFrom(
      '',
      'a',
      '\n',
      '---\n',
      '\n---\n',
      '--- x\n',
      '{{',
      '}}',
      '{{!--',
      '--}}',
      '{{a}}',
      '"',
      ': ',
      '\uFEFF',
    ),
  }),
  { minLength: 1, maxLength: 6 },
);

describe('reading again after an edit', () => {
  it('gives what reading anew gives, whatever was edited', () => {
    let kept = 0;
    fc.assert(
      fc.property(fc.array(mutatedManifest, { minLength: 1, maxLength: 4 }), edits, (documents, changes) => {
        let text = documents.join('---\n');
        let file = readFile(text);
        for (const { place, removed, added } of changes) {
          const at = Math.floor(place * text.length);
          text = text.slice(0, at) + added + text.slice(at + removed);
          const before = new Set(file.documents);
          file = readFile(text, file);
          kept += file.documents.filter((document) => before.has(document)).length;
          assert.deepEqual(seen(file), seen(readFile(text)));
        }
      }),
      { numRuns: RUNS },
    );
    assert.ok(kept > RUNS / 10, `${kept} documents were kept`);
  });

  it('sees that a tag reaches further now, even where it hid a document before', () => {
    const [a, b] = ['ks:a', 'ks:b'].map((scope) => consuming(`- name: ${scope}`));
    for (const opened of ['{{!-- x }}', 'a: {{!-- x }}']) {
      const before = `${opened}\n---\n${a}---\n${b}`;
      const after = `${opened}\n---\n${a}---\n--}}${b}`;
      assert.deepEqual(seen(readFile(after, readFile(before))), seen(readFile(after)));
    }
  });

  it('reads a first line alike with and without a byte order mark', () => {
    const text = `{{{labels}}}\n${consuming('- name: ks:a')}`;
    const before = readFile(text);
    assert.equal(readFile(`\uFEFF${text}`).documents.length, 1);
    assert.deepEqual(seen(readFile(`\uFEFF${text}`, before)), seen(readFile(`\uFEFF${text}`)));
  });

  it('moves the documents behind the edit, and keeps their readings', () => {
    const [a, b, c] = ['ks:a', 'ks:b', 'ks:c'].map((scope) => consuming(`- name: ${scope}`));
    const before = readFile(`${a}---\n${b}---\n${c}`);
    const after = readFile(`${a}---\n${b}  x: y\n---\n${c}`, before);
    assert.equal(after.documents[0], before.documents[0]);
    assert.equal(after.documents[2]?.reading, before.documents[2]?.reading);
    assert.equal(after.documents[2]?.start, (before.documents[2]?.start ?? 0) + '  x: y\n'.length);
  });
});
