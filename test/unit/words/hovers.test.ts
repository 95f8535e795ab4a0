import assert from 'node:assert/strict';
import type { ScopeConsumer } from '../../../src/manifest';
import { createTranslate } from '../../../src/shared/localize';
import { wordConsumer, wordMaxAge } from '../../../src/words/hovers';

const t = createTranslate({});

function consumer(orgno: string, name?: string, templated = false): ScopeConsumer {
  const value = (text: string, isTemplated: boolean) => {
    return { value: text, range: { start: 0, end: 0 }, templated: isTemplated };
  };
  return { orgno: value(orgno, templated), name: name === undefined ? undefined : value(name, false) };
}

describe('a consumer of an exposed scope', () => {
  it('is its number and its name, as far as there is one', () => {
    assert.equal(wordConsumer(consumer('889640782', 'Nav'), t), '889640782 Nav');
    assert.equal(wordConsumer(consumer('889640782', ''), t), '889640782');
    assert.equal(wordConsumer(consumer('889640782'), t), '889640782');
  });

  it('shows that its number cannot be one', () => {
    assert.equal(wordConsumer(consumer('889640783', 'Nav'), t), '889640783 Nav: wrong check digit');
    assert.equal(wordConsumer(consumer('88964078'), t), '88964078: not nine digits');
  });

  it('is not judged where a template names it', () => {
    assert.equal(wordConsumer(consumer('{{orgno}}', 'Nav', true), t), 'an organisation that a template names');
  });
});

describe('the lifetime of the tokens of an exposed scope', () => {
  it('is what the manifest says, or what Nais takes without it', () => {
    assert.equal(wordMaxAge(120, t), 'Its tokens live 120 seconds.');
    assert.match(wordMaxAge(undefined, t), /^Its tokens live 30 seconds, as atMaxAge is not set\./);
  });
});
