import assert from 'node:assert/strict';
import { createTranslate } from '../../../src/shared/localize';

describe('createTranslate', () => {
  const t = createTranslate({ 'No scope named {scope}.': 'Ingen scope som heter {scope}.' });

  it('gives the text of the language, with values put in', () => {
    assert.equal(t('No scope named {scope}.', { scope: 'nav:a' }), 'Ingen scope som heter nav:a.');
  });

  it('stays English where a text is missing', () => {
    assert.equal(t('{count} problems', { count: 2 }), '2 problems');
  });

  it('leaves a placeholder in place that has no value', () => {
    assert.equal(t('No scope named {scope}.'), 'Ingen scope som heter {scope}.');
  });

  it('does not read placeholders out of a value', () => {
    assert.equal(t('{a} {b}', { a: '{b}', b: '$&' }), '{b} $&');
  });
});
