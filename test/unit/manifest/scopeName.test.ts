import assert from 'node:assert/strict';
import { exposedScopeName, exposedSeparator } from '../../../src/manifest';

const value = (text: string) => ({ value: text, range: { start: 0, end: text.length }, templated: false });

describe('the name of an exposed scope', () => {
  // The cases of nais/digdirator, pkg/digdir/scopes/scope_test.go, with a prefix before them.
  for (const [product, name, separator, expected, origin] of [
    ['arbeid', 'test.scope', undefined, 'nav:arbeid:test.scope', 'default'],
    ['arbeid', 'test/scope', undefined, 'nav:arbeid/test/scope', 'slash-in-name'],
    ['arbeid', 'test.scope', '/', 'nav:arbeid/test.scope', 'manifest'],
    ['arbeid', 'test/scope', ':', 'nav:arbeid:test/scope', 'manifest'],
    ['arbeid', 'test.scope', '', 'nav:arbeid:test.scope', 'default'],
  ] as const) {
    it(`is ${expected} by ${origin}`, () => {
      const exposed = {
        product: value(product),
        name: value(name),
        separator: separator === undefined ? undefined : value(separator),
      };
      assert.equal(exposedScopeName(exposed, 'nav'), expected);
      assert.equal(exposedSeparator(exposed).origin, origin);
    });
  }
});
