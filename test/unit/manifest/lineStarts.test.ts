import assert from 'node:assert/strict';
import { lineStartsOf } from '../../../src/manifest';

describe('the lines of a text', () => {
  it('begin after every kind of line break, as they do in an editor', () => {
    assert.deepEqual(lineStartsOf('a\nb\r\nc\rd\u2028e'), [0, 2, 5, 7]);
  });

  it('are at least one', () => {
    assert.deepEqual(lineStartsOf(''), [0]);
    assert.deepEqual(lineStartsOf('\n'), [0, 1]);
  });

  it('leave out a BOM', () => {
    assert.deepEqual(lineStartsOf('\uFEFFa\nb'), [1, 3]);
  });
});
