import assert from 'node:assert/strict';
import { messagesOf, placeholdersOf } from '../../../scripts/lib/messages.mjs';

function textsIn(source: string): string[] {
  const { messages, unresolved } = messagesOf('some.ts', source);
  assert.deepEqual(unresolved, []);
  return messages.map(({ text }) => text);
}

function whyUnresolved(source: string): string[] {
  return messagesOf('some.ts', source).unresolved.map(({ place, why }) => `${place} ${why}`);
}

describe('Extractor of messages', () => {
  it('finds what is said through t, whoever holds it', () => {
    const source = `t('One.'); this.t('Two.'); language.t('Three.'); this.services.language.t("Four."); words.t(\`Five.\`);`;
    assert.deepEqual(textsIn(source), ['One.', 'Two.', 'Three.', 'Four.', 'Five.']);
  });

  it('finds messages inside the values of another', () => {
    assert.deepEqual(textsIn(`t('Over {limit}.', { limit: t('a lot') });`), ['Over {limit}.', 'a lot']);
  });

  it('passes by what is not said through t', () => {
    assert.deepEqual(
      textsIn(`log.warn('Refused.'); test('Not this.'); // t('Nor this.')\nconst s = "t('nor that')";`),
      [],
    );
  });

  it('finds every branch of a conditional', () => {
    assert.deepEqual(textsIn(`t(a ? 'One.' : (b ? 'Two.' : 'Three.'));`), ['One.', 'Two.', 'Three.']);
  });

  it('finds every entry of a table', () => {
    assert.deepEqual(textsIn(`t(({ a: 'One.', 'b-c': 'Two.' } as const)[key]);`), ['One.', 'Two.']);
  });

  it('says where each message is said, and with which values', () => {
    const source = `\nt('{b} of {a}.', { a, b: 2 });\nt('Plain.');\nt('{c}', facts);\nt('{d}', { ...facts });`;
    assert.deepEqual(messagesOf('src/some.ts', source).messages, [
      { text: '{b} of {a}.', place: 'src/some.ts:2', values: ['a', 'b'] },
      { text: 'Plain.', place: 'src/some.ts:3', values: [] },
      { text: '{c}', place: 'src/some.ts:4', values: undefined },
      { text: '{d}', place: 'src/some.ts:5', values: undefined },
    ]);
  });

  for (const argument of ['message', "'One ' + name", '`One ${name}.`', "a ? 'One.' : other", 'table[key]', '']) {
    it(`reports a text that is not written out: t(${argument})`, () => {
      assert.deepEqual(whyUnresolved(`t(${argument});`), [`some.ts:1 The text of t(${argument}) is not written out.`]);
    });
  }

  for (const renaming of [
    'const { t: say } = language;',
    'const say = this.language.t;',
    'function word(say: Translate) {}',
    'class Page { constructor(private readonly say: Translate) {} }',
    'class Page { private readonly say: Translate; }',
    'interface Words { readonly say: Translate }',
  ]) {
    it(`reports a Translate whose calls it would not hear: ${renaming}`, () => {
      assert.equal(whyUnresolved(renaming).length, 1);
    });
  }

  it('hears a Translate that keeps its name', () => {
    const source = `const { t } = language; const t = this.language.t; function word(t: Translate) {}`;
    assert.deepEqual(whyUnresolved(source), []);
  });

  it('names the placeholders of a text once each, sorted', () => {
    assert.deepEqual(placeholdersOf('{b} and {a}, {b} again, not {"type": …}.'), ['a', 'b']);
  });
});
