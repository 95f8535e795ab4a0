import assert from 'node:assert/strict';
import fc from 'fast-check';
import { jsonFault, wordJsonFault } from '../../../src/shared/jsonFault';
import { createTranslate } from '../../../src/shared/localize';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('faults of JSON', () => {
  for (const [text, reason, line, column] of [
    ['', 'ends-early', 1, 1],
    ['{', 'ends-early', 1, 2],
    ['[1,]', 'trailing-comma', 1, 4],
    ['{"a": 1,\n}', 'trailing-comma', 2, 1],
    ['{"a" 1}', 'colon-missing', 1, 6],
    ['{a: 1}', 'name-expected', 1, 2],
    ['{"a": }', 'value-expected', 1, 7],
    ['[,1]', 'value-expected', 1, 2],
    ["{'a': 1}", 'single-quotes', 1, 2],
    ['{"a": “b”}', 'single-quotes', 1, 7],
    ['[1 2]', 'comma-missing', 1, 4],
    ['{\r\n"a": "b"\r\n"c": 1}', 'comma-missing', 3, 1],
    ['{"a": 1} x', 'too-much', 1, 10],
    ['[01]', 'bad-number', 1, 2],
    ['[+1]', 'bad-number', 1, 2],
    ['[1.]', 'bad-number', 1, 2],
    ['[True]', 'bad-word', 1, 2],
    ['[ola]', 'bad-word', 1, 2],
    ['["a', 'string-open', 1, 2],
    ['["a\nb"]', 'control-character', 1, 4],
    ['["\\x"]', 'bad-escape', 1, 3],
    ['["\\u12"]', 'bad-escape', 1, 3],
    ['// a\n{}', 'comment', 1, 1],
    ['{} # a', 'comment', 1, 4],
    ['[1}', 'comma-missing', 1, 3],
    ['\ufeff{}', 'value-expected', 1, 1],
  ] as const) {
    it(`finds ${reason} in ${JSON.stringify(text)}, line ${line}, column ${column}`, () => {
      const { offset, ...fault } = jsonFault(text) ?? {};
      assert.deepEqual(fault, { reason, line, column });
      assert.equal(typeof offset, 'number');
    });
  }

  it('are found in exactly those texts that JSON.parse refuses', () => {
    const piece = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"',
        '"a"',
        '1',
        '-',
        '0',
        '.5',
        'e3',
        'true',
        'null',
        ' ',
        '\n',
        '\\',
        '\\n',
        'x',
        '\t',
      ],
    );
    const broken = fc.tuple(fc.json(), fc.nat(), piece).map(([text, at, cut]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + cut + text.slice(place + (at % 2));
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          broken,
          fc.array(piece).map((pieces) => pieces.join('')),
        ),
        (text) => {
          assert.equal(jsonFault(text) === undefined, isJson(text));
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('are found in what is deep or long', () => {
    assert.equal(jsonFault('['.repeat(300_000))?.reason, 'ends-early');
    assert.equal(jsonFault(`["${'x'.repeat(20_000_000)}"]`), undefined);
    assert.equal(jsonFault(`["${'\\n'.repeat(5_000_000)}"]`), undefined);
  });

  it('are told with their place', () => {
    assert.equal(
      wordJsonFault(jsonFault('{"a": 1,}')!, createTranslate({})),
      'Line 1, column 9: a comma before the closing bracket, which JSON does not allow.',
    );
  });
});
