import assert from 'node:assert/strict';
import { findText, MOST_MATCHES } from '../../../src/shared/findText';

describe('findText', () => {
  const stretches = (text: string, sought: string) =>
    findText(text, sought).found.map(({ start, end }) => text.slice(start, end));

  it('finds all that stands there, letter case aside', () => {
    assert.deepEqual(findText('Kåre, KÅRE og kåre', 'kåre').found, [
      { start: 0, end: 4 },
      { start: 6, end: 10 },
      { start: 14, end: 18 },
    ]);
  });

  it('takes what is sought as text, not as an expression', () => {
    assert.deepEqual(stretches('a.b [x] (1+1) $ ^ \\d a/b', '.'), ['.']);
    for (const sought of ['[x]', '(1+1)', '$ ^', '\\d', 'a/b', '{', '|', '*?']) {
      assert.deepEqual(stretches(`before ${sought} after`, sought), [sought]);
    }
  });

  it('gives offsets in the text as it stands where case changes the length', () => {
    assert.deepEqual(findText('İİ x', 'X').found, [{ start: 3, end: 4 }]);
    assert.deepEqual(findText('😀 Row', 'row').found, [{ start: 3, end: 6 }]);
  });

  it('finds an empty text nowhere, and no match within another', () => {
    assert.deepEqual(findText('abc', ''), { found: [], isCut: false });
    assert.deepEqual(findText('aaaa', 'aa').found.length, 2);
  });

  it('says when there is more than it gives', () => {
    assert.equal(findText('x'.repeat(MOST_MATCHES), 'x').isCut, false);
    const { found, isCut } = findText('x'.repeat(MOST_MATCHES + 1), 'x');
    assert.deepEqual([found.length, isCut], [MOST_MATCHES, true]);
  });
});
