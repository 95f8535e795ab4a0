import assert from 'node:assert/strict';
import { deployedScopes, exposedScopeName, exposedSeparator, readFile } from '../../../src/manifest';

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

describe('the scopes that exist once a manifest is deployed', () => {
  const exposed = (...lines: readonly string[]) =>
    `        - product: varsel\n${lines.map((line) => `          ${line}\n`).join('')}`;
  const [document] = readFile(`apiVersion: nais.io/v1alpha1
kind: Application
metadata:
  name: app
spec:
  maskinporten:
    enabled: true
    scopes:
      exposes:
${[
  exposed('enabled: true', 'name: les', 'atMaxAge: 120'),
  exposed('name: skriv'),
  exposed('enabled: false', 'name: gammel'),
  exposed('enabled: true', 'name: "{{ navn }}"'),
  exposed('enabled: "{{ paa }}"', 'name: kanskje', 'atMaxAge: "{{ alder }}"'),
].join('')}`).documents;

  it('are those that are not switched off and whose name is known', () => {
    assert.deepEqual(deployedScopes(document!.manifest.exposes, 'nav'), [
      { name: 'nav:varsel:les', atMaxAgeSeconds: 120 },
      { name: 'nav:varsel:skriv', atMaxAgeSeconds: undefined },
      { name: 'nav:varsel:kanskje', atMaxAgeSeconds: undefined },
    ]);
  });
});
