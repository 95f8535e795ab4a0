import assert from 'node:assert/strict';
import { positionsIn } from '../../../src/cli/positions';
import { mapLimited } from '../../../src/cli/read';
import { decode } from '../../../src/manifest';
import { visible } from '../../../src/cli/visible';

describe('a position', () => {
  it('counts lines and columns from 1, columns in UTF-16 units', () => {
    const at = positionsIn('ab\n😀c');
    assert.deepEqual([0, 2, 3, 5, 6].map(at), [
      { line: 1, column: 1 },
      { line: 1, column: 3 },
      { line: 2, column: 1 },
      { line: 2, column: 3 },
      { line: 2, column: 4 },
    ]);
  });

  it('knows every end of a line that editors know', () => {
    const text = 'a\r\nb\rc\n\nd';
    const lines = ['a', 'b', 'c', 'd'].map((letter) => positionsIn(text)(text.indexOf(letter)).line);
    assert.deepEqual(lines, [1, 2, 3, 5]);
  });

  it('does not count a byte order mark, which no editor shows', () => {
    const at = positionsIn('\uFEFFab\ncd');
    assert.deepEqual([0, 1, 2, 4].map(at), [
      { line: 1, column: 1 },
      { line: 1, column: 1 },
      { line: 1, column: 2 },
      { line: 2, column: 1 },
    ]);
  });
});

describe('the text of a file', () => {
  it('is UTF-8, with its byte order mark', () => {
    assert.equal(decode(Buffer.from('\uFEFFnavn: på')), '\uFEFFnavn: på');
    assert.equal(decode(Buffer.from('navn: på')), 'navn: på');
  });

  it('is UTF-16 where a byte order mark says so', () => {
    const little = Buffer.from('\uFEFFnavn: på', 'utf16le');
    assert.equal(decode(little), '\uFEFFnavn: på');
    assert.equal(decode(Buffer.from(little).swap16()), '\uFEFFnavn: på');
  });
});

describe('work on many items', () => {
  it('never has more under way than it may, and keeps their order', async () => {
    const waiting: (() => void)[] = [];
    let most = 0;
    const results = mapLimited([1, 2, 3, 4, 5], 2, async (item) => {
      await new Promise<void>((resolve) => {
        most = Math.max(most, waiting.push(resolve));
      });
      return item * 10;
    });
    // The later one ends first, so that the order of the results is not that of their ends.
    for (let ended = 0; ended < 5;) {
      await new Promise(setImmediate);
      const resolve = waiting.pop();
      if (resolve) ended += 1;
      resolve?.();
    }
    assert.deepEqual(await results, [10, 20, 30, 40, 50]);
    assert.equal(most, 2);
  });

  it('fails as soon as one piece fails', async () => {
    const failure = new Error('no');
    await assert.rejects(
      mapLimited([1, 2], 2, (item) => (item === 2 ? Promise.reject(failure) : Promise.resolve(item))),
      failure,
    );
  });
});

describe('what reaches a terminal', () => {
  it('keeps letters of every kind', () => {
    assert.equal(visible('på – “{{navn}}” 😀 \\u{1b}'), 'på – “{{navn}}” 😀 \\u{1b}');
  });

  it('has nothing in it that steers the terminal, breaks the line or turns the writing around', () => {
    assert.equal(
      visible('a\u001b[31mb\nc\rd\u009be\u2028f\u202eg\u2066h\u007f'),
      'a\\u{1b}[31mb\\u{a}c\\u{d}d\\u{9b}e\\u{2028}f\\u{202e}g\\u{2066}h\\u{7f}',
    );
  });
});
