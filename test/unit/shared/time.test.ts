import assert from 'node:assert/strict';
import { createTranslate } from '../../../src/shared/localize';
import {
  validityAt,
  wordAbsolute,
  wordCountdown,
  wordElapsed,
  wordMilliseconds,
  wordRelative,
  wordValidity,
} from '../../../src/shared/time';

const t = createTranslate({});
const NOW = Date.UTC(2026, 10, 22, 12, 0, 0);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('the state of a token', () => {
  const span = (notBefore: number | undefined, expires: number | undefined) => ({
    notBeforeMs: notBefore === undefined ? undefined : NOW + notBefore,
    expiresAtMs: expires === undefined ? undefined : NOW + expires,
  });

  it('is valid up to the last millisecond, and expired from the moment that exp names', () => {
    assert.equal(validityAt(span(undefined, 1), NOW), 'valid');
    assert.equal(validityAt(span(undefined, 0), NOW), 'expired');
  });

  it('is valid from the moment that nbf names', () => {
    assert.equal(validityAt(span(1, MINUTE), NOW), 'not-yet-valid');
    assert.equal(validityAt(span(0, MINUTE), NOW), 'valid');
  });

  it('is expired rather than not yet valid when it is both', () => {
    assert.equal(validityAt(span(MINUTE, -1), NOW), 'expired');
  });

  it('is unknown, never valid, without an end', () => {
    assert.equal(validityAt(span(undefined, undefined), NOW), 'unknown');
    assert.equal(validityAt({ notBeforeMs: undefined, expiresAtMs: Number.NaN }, NOW), 'unknown');
    assert.equal(validityAt({ notBeforeMs: undefined, expiresAtMs: Infinity }, NOW), 'unknown');
  });

  it('is said in words with what is left or has passed', () => {
    assert.equal(wordValidity(span(undefined, 54 * MINUTE + 20 * SECOND), NOW, t), 'Valid, 54 min left');
    assert.equal(wordValidity(span(undefined, -3 * MINUTE - 5 * SECOND), NOW, t), 'Expired 3 min ago');
    assert.equal(wordValidity(span(20 * SECOND, MINUTE), NOW, t), 'Not valid yet, valid in 20 s');
    assert.equal(wordValidity(span(undefined, undefined), NOW, t), 'Cannot tell whether it is valid');
  });

  it('speaks the language that it is given', () => {
    const norwegian = createTranslate({ 'Valid, {duration} left': 'Gyldig, {duration} igjen' });
    assert.equal(wordValidity(span(undefined, 30 * SECOND), NOW, norwegian), 'Gyldig, 30 s igjen');
  });
});

describe('a countdown', () => {
  for (const [ms, words] of [
    [1, '1 s'],
    [999, '1 s'],
    [1001, '2 s'],
    [59 * SECOND, '59 s'],
    [MINUTE, '1 min'],
    [118 * SECOND, '1 min 58 s'],
    [10 * MINUTE - SECOND, '9 min 59 s'],
    [10 * MINUTE + 30 * SECOND, '10 min'],
    [HOUR - 1, '1 h'],
    [HOUR + 5 * MINUTE + 59 * SECOND, '1 h 5 min'],
    [2 * DAY + 3 * HOUR + 59 * MINUTE, '2 d 3 h'],
    [2 * DAY, '2 d'],
  ] as const) {
    it(`of ${ms} ms is ${words}`, () => {
      assert.equal(wordCountdown(ms, t), words);
    });
  }
});

describe('what has passed', () => {
  for (const [ms, words] of [
    [0, '1 s'],
    [59_999, '59 s'],
    [MINUTE, '1 min'],
    [3 * MINUTE + 59 * SECOND, '3 min'],
    [HOUR + MINUTE, '1 h 1 min'],
  ] as const) {
    it(`after ${ms} ms is ${words}`, () => {
      assert.equal(wordElapsed(ms, t), words);
    });
  }
});

describe('a point in time', () => {
  it('is named beside now', () => {
    assert.equal(wordRelative(NOW, NOW, t), 'now');
    assert.equal(wordRelative(NOW - 999, NOW, t), 'now');
    assert.equal(wordRelative(NOW + 54 * MINUTE, NOW, t), 'in 54 min');
    assert.equal(wordRelative(NOW - 3 * MINUTE, NOW, t), '3 min ago');
  });

  it('is named on the clock of a zone, with the zone', () => {
    assert.match(wordAbsolute(NOW, 'en', 'Europe/Oslo'), /^22 Nov 2026, 13:00:00 (CET|GMT\+1)$/);
    assert.match(wordAbsolute(NOW, 'nb', 'Europe/Oslo'), /^22\. nov\. 2026, 13:00:00 CET$/);
  });

  it('that no calendar knows is given as it came', () => {
    assert.equal(wordAbsolute(9e15, 'en'), '9000000000000000');
  });
});

describe('a measured duration', () => {
  for (const [ms, words] of [
    [0, 'under 0.1 ms'],
    [0.44, '0.4 ms'],
    [12.4, '12 ms'],
    [999.4, '999 ms'],
    [1250, '1.25 s'],
  ] as const) {
    it(`of ${ms} ms is ${words}`, () => {
      assert.equal(wordMilliseconds(ms, t), words);
    });
  }
});
