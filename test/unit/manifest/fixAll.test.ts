import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ManifestFile, TextEdit } from '../../../src/manifest';
import { findingsOf, fixAll, readFile } from '../../../src/manifest';
import { mutatedManifest } from '../../fuzz/manifests';
import { application, applyFix, codes, consuming } from './helpers';

function apply(text: string, edits: readonly TextEdit[]): string {
  return applyFix(text, { title: { kind: 'join-braces' }, edits, safe: true });
}

function allFixed(text: string): string {
  return apply(text, fixAll(readFile(text)));
}

function safelyFixable(file: ManifestFile): readonly string[] {
  return findingsOf(file)
    .filter(({ fixes }) => fixes.some(({ safe }) => safe))
    .map(({ code, range }) => `${code} at ${range.start}`);
}

describe('fixing all', () => {
  it('changes nothing where nothing is wrong', () => {
    assert.deepEqual(fixAll(readFile(consuming('- name: ks:fiks'))), []);
  });

  it('cures several faults at once, each by an edit of its own place', () => {
    const text = consuming('- name: ks:fiks', '- plain:scope', '- name: " a:b"');
    const edits = fixAll(readFile(text));
    assert.equal(apply(text, edits), consuming('- name: ks:fiks', '- name: plain:scope', '- name: "a:b"'));
    assert.ok(
      edits.every(({ range }) => range.end - range.start < 10),
      JSON.stringify(edits),
    );
  });

  it('goes on with what the first cure shows', () => {
    const text = application('    scopes:', '      consume:', '        - ks:fiks', '        - ks:fiks');
    const result = allFixed(text);
    assert.equal(result, application('    scopes:', '      consumes:', '        - name: ks:fiks'));
    assert.deepEqual(codes(result), []);
  });

  it('leaves alone what needs a decision', () => {
    const text = application('    scopes:', '      exposes:', '        - {enabled: false, product: a, name: bc}');
    assert.deepEqual(fixAll(readFile(text)), []);
  });

  it('leaves alone what is silenced, in the settings or in the text', () => {
    const text = consuming('# nais-maskinporten-disable-next-line NM014', '- name: ks:fiks', '- name: ks:fiks');
    const silenced = consuming('- name: ks:fiks', '# nais-maskinporten-disable-next-line NM014', '- name: ks:fiks');
    assert.notDeepEqual(fixAll(readFile(text)), []);
    assert.deepEqual(fixAll(readFile(text), { severities: { NM014: 'off' } }), []);
    assert.deepEqual(fixAll(readFile(silenced)), []);
  });

  it('takes the findings that are wanted alone', () => {
    const text = consuming('- plain:scope', '- name: ks:fiks', '- name: ks:fiks');
    const edits = fixAll(readFile(text), {}, ({ code }) => code === 'NM007');
    assert.equal(apply(text, edits), consuming('- name: plain:scope', '- name: ks:fiks', '- name: ks:fiks'));
  });

  it('leaves no safe fix behind, whatever the text, and does nothing the second time', () => {
    fc.assert(
      fc.property(mutatedManifest, (text) => {
        const file = readFile(text);
        const fixed = readFile(apply(text, fixAll(file)));
        assert.deepEqual(safelyFixable(fixed), [], fixed.text);
        assert.deepEqual(fixAll(fixed), []);
      }),
      { numRuns: 1500 },
    );
  });
});
