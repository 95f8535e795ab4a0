import assert from 'node:assert/strict';
import fc from 'fast-check';
import { editedRow, queryRows, withQuery } from '../../../src/shared/query';

const rowsOf = (url: string) => queryRows({ url, unsentQuery: [] }).map(({ name, value }) => [name, value] as const);

describe('the query table', () => {
  for (const [url, rows] of [
    ['https://host/', []],
    ['https://host/?', []],
    ['https://host/?a=b', [['a', 'b']]],
    ['https://host/?a=b#c?d=e', [['a', 'b']]],
    ['https://host/#a?b=c', []],
    ['https://host/?a', [['a', '']]],
    ['https://host/?=b', [['', 'b']]],
    ['https://host/?a=b=c', [['a', 'b=c']]],
    [
      'https://host/?a=1&a=2',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
    ['https://host/?navn=K%C3%A5re+Bj%C3%B8rk%2B', [['navn', 'Kåre Bjørk+']]],
    ['https://host/?a=%E5', [['a', '%E5']]], // Latin-1, which is no UTF-8
    ['?a=b', [['a', 'b']]],
    ['half a url?a=b', [['a', 'b']]],
  ] as const) {
    it(`of ${url} has ${JSON.stringify(rows)}`, () => {
      assert.deepEqual(rowsOf(url), rows);
    });
  }

  it('leaves every URL as it was typed, as long as no row is edited', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '?', '#', '&', '=', '%', '%20', '+', '/', 'æ', '%E5', ' ') });
    fc.assert(
      fc.property(text, (url) => {
        const back = withQuery(url, queryRows({ url, unsentQuery: [] }));
        assert.deepEqual(back, {
          url: url.replace(/\?(?=#|$)/, (mark, at: number) =>
            url.slice(0, at).includes('#') || url.slice(0, at).includes('?') ? mark : '',
          ),
          unsentQuery: [],
        });
      }),
    );
  });

  it('writes an edited row so that it reads as it was typed, whatever that is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, value) => {
        fc.pre(name !== '' || value !== '');
        fc.pre(!`${name}${value}`.includes('%')); // what looks encoded may stay so
        const rows = queryRows({ url: 'https://host/?a=b&c=d', unsentQuery: [] });
        const { url } = withQuery('https://host/?a=b&c=d#e', [editedRow(rows[0]!, name, value), rows[1]!]);
        assert.match(url, /&c=d#e$/);
        const [read] = [...new URL(url).searchParams];
        assert.deepEqual(read, [wellFormed(name), wellFormed(value)]);
      }),
    );
  });

  it('keeps a pair that is switched off, and its place', () => {
    const rows = queryRows({ url: 'https://host/?a=1&b=2&c=3', unsentQuery: [] });
    const without = withQuery(
      'https://host/?a=1&b=2&c=3',
      rows.map((row, at) => ({ ...row, enabled: at !== 1 })),
    );
    assert.deepEqual(without, { url: 'https://host/?a=1&c=3', unsentQuery: [{ raw: 'b=2', at: 1 }] });
    const again = queryRows(without);
    assert.deepEqual(
      again.map(({ raw, enabled }) => [raw, enabled]),
      [
        ['a=1', true],
        ['b=2', false],
        ['c=3', true],
      ],
    );
    const all = withQuery(
      without.url,
      again.map((row) => ({ ...row, enabled: true })),
    );
    assert.equal(all.url, 'https://host/?a=1&b=2&c=3');
  });

  it('leaves a row that is not filled in yet out of the URL', () => {
    const row = { name: '', value: '', enabled: true, raw: undefined };
    assert.equal(withQuery('https://host/', [row]).url, 'https://host/');
  });

  it('gives a parameter without a value none, and no equals sign', () => {
    const [row] = queryRows({ url: 'https://host/?flag', unsentQuery: [] });
    assert.equal(editedRow(row!, 'flagg', '').raw, 'flagg');
    assert.equal(editedRow(row!, 'flag', 'x').raw, 'flag=x');
  });

  it('keeps an escape that cannot be read', () => {
    const [row] = queryRows({ url: 'https://host/?a=%E5', unsentQuery: [] });
    assert.equal(editedRow(row!, 'b', '%E5').raw, 'b=%E5');
  });

  it('takes half an emoji, as stands there while one is deleted', () => {
    const [row] = queryRows({ url: 'https://host/?a=b', unsentQuery: [] });
    assert.equal(editedRow(row!, 'a', '\ud83d').raw, 'a=%EF%BF%BD');
  });
});

/** As everything that goes through UTF-8. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}
