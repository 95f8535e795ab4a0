import assert from 'node:assert/strict';
import type { Finding, FindingData, FixTitle } from '../../../src/manifest';
import { createTranslate } from '../../../src/shared/localize';
import { wordFinding, wordFix } from '../../../src/words/findings';

const t = createTranslate({});
const first = { start: 0, end: 1 };

function word<C extends Finding['code']>(code: C, data: FindingData[C]): string {
  const finding = { code, severity: 'error', range: first, alsoInSchema: false, data, fixes: [] } as unknown as Finding;
  return wordFinding(finding, t);
}

describe('the words of a finding', () => {
  for (const [sentence, words] of [
    [
      word('NM005', { key: 'scope', parent: 'maskinporten', nearest: 'scopes' }),
      'There is no key scope in maskinporten: the deploy will be refused. scopes is the nearest one.',
    ],
    [
      word('NM005', { key: 'foo', parent: 'scopes', nearest: undefined }),
      'There is no key foo in scopes: the deploy will be refused.',
    ],
    [
      word('NM006', {}),
      'scopes must have consumes and exposes below it, and is a list here: the deploy will be refused.',
    ],
    [
      word('NM007', { scope: 'ks:fiks' }),
      'An item of consumes needs a name key, as in - name: ks:fiks: the deploy will be refused.',
    ],
    [
      word('NM008', { problem: 'missing' }),
      'An item of consumes needs a name: without it, the deploy will be refused.',
    ],
    [
      word('NM008', { problem: 'empty' }),
      'The name is empty: Digdir has no such scope, so no token will be granted for it.',
    ],
    [
      word('NM008', { problem: 'not-a-string' }),
      'The name must be text, in quotes where YAML reads something else: the deploy will be refused.',
    ],
    [
      word('NM009', { scope: 'x', characters: [' ', '\t', '\n', '\u200b', 'ø', '"', '😀'] }),
      'The scope holds a space, a tab, a line break, U+200B, ø, ", 😀, which no scope can have: Maskinporten will refuse it when a token is asked for.',
    ],
    [
      word('NM010', { scopes: ['a:b', 'c:d'] }),
      'This name holds 2 scopes, and Digdir will take it for one that does not exist. Each needs its own item.',
    ],
    [
      word('NM011', { scope: 'noe' }),
      'noe has no owner’s prefix, as in prefix:name: Maskinporten most likely does not know it when a token is asked for.',
    ],
    [
      word('NM012', { scope: 'A-b', characters: ['A', '-'] }),
      'A - is rare in a scope. If Digdir has the scope under another spelling, no token will be granted.',
    ],
    [
      word('NM013', { scope: 'a:b/', cleaned: 'a:b' }),
      'A scope neither begins nor ends with / : ., nor has two of one in a row: Maskinporten most likely does not know a:b/ when a token is asked for.',
    ],
    [word('NM014', { scope: 'a:b', first }), 'a:b is consumed already, further up. Once is enough.'],
  ] as const) {
    it(`are “${words}”`, () => {
      assert.equal(sentence, words);
    });
  }

  it('come from the language’s own texts', () => {
    const nb = createTranslate({
      '{scope} is consumed already, further up. Once is enough.': '{scope} står her fra før.',
    });
    const finding: Finding = {
      code: 'NM014',
      severity: 'warning',
      range: first,
      alsoInSchema: false,
      data: { scope: 'a:b', first },
      fixes: [],
    };
    assert.equal(wordFinding(finding, nb), 'a:b står her fra før.');
  });
});

describe('the words of a fix', () => {
  const titles: readonly (readonly [FixTitle, string])[] = [
    [{ kind: 'rename-key', from: 'scope', to: 'scopes' }, 'Rename scope to scopes'],
    [{ kind: 'wrap-consumes' }, 'Move the list below consumes'],
    [{ kind: 'wrap-names' }, 'Put it under a name key'],
    [{ kind: 'add-name' }, 'Add a name'],
    [{ kind: 'remove-characters', result: 'a:b' }, 'Change to a:b'],
    [{ kind: 'split-scopes', count: 2 }, 'Split into 2 items'],
    [{ kind: 'add-prefix', result: 'ks:fiks' }, 'Change to ks:fiks'],
    [{ kind: 'replace', result: 'ks:fiks' }, 'Replace with ks:fiks'],
    [{ kind: 'remove-duplicate' }, 'Remove this item'],
  ];
  for (const [title, words] of titles) {
    it(`are “${words}” for ${title.kind}`, () => {
      assert.equal(wordFix(title, t), words);
    });
  }
});
