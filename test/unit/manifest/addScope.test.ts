import assert from 'node:assert/strict';
import { addConsumedScope, readFile } from '../../../src/manifest';

const APP = 'apiVersion: nais.io/v1alpha1\nkind: Application\nmetadata:\n  name: app\nspec:\n';

/** The text after the edit; undefined where there is none. */
function after(text: string, scope: string, index = 0): string | undefined {
  const document = readFile(text).documents[index];
  assert.ok(document);
  const edit = addConsumedScope(text, document, scope);
  return edit && text.slice(0, edit.range.start) + edit.newText + text.slice(edit.range.end);
}

function scopesOf(text: string | undefined, index = 0): readonly string[] | undefined {
  return text === undefined
    ? undefined
    : readFile(text).documents[index]?.manifest.consumes.map(({ name }) => name.value);
}

describe('a scope that a refusal asks for', () => {
  const LIST = `${APP}  maskinporten:\n    enabled: true\n    scopes:\n      consumes:\n        - name: a:b # first\n`;

  it('becomes the last item of the list', () => {
    assert.equal(after(LIST, 'c:d/e.read'), `${LIST}        - name: c:d/e.read\n`);
  });

  it('becomes an item of the right document', () => {
    const both = `${LIST}---\n${LIST.replace('name: app', 'name: other')}`;
    const changed = after(both, 'c:d', 1);
    assert.deepEqual([scopesOf(changed, 0), scopesOf(changed, 1)], [['a:b'], ['a:b', 'c:d']]);
  });

  it('keeps the style of a list on one line', () => {
    const flow = `${APP}  maskinporten: {enabled: true, scopes: {consumes: [{name: "a:b"}]}}\n`;
    assert.deepEqual(scopesOf(after(flow, 'c:d')), ['a:b', 'c:d']);
  });

  it('brings a block along where there is none', () => {
    const changed = after(`${APP}  image: x\n`, 'c:d');
    assert.deepEqual(scopesOf(changed), ['c:d']);
    assert.equal(readFile(changed ?? '').documents[0]?.manifest.maskinporten?.enabled?.value, true);
  });

  it('is left to the author beside what a template makes', () => {
    const loop = LIST.replace('        - name', '        {{#each scopes}}\n        - name').concat(
      '        {{/each}}\n',
    );
    assert.equal(after(loop, 'c:d'), undefined);
  });

  it('is written so that YAML reads it back, whatever it is', () => {
    for (const scope of ['c:d', 'a#b: c', '"x"', '{{x}}', "it's"]) {
      assert.deepEqual(scopesOf(after(LIST, scope)), ['a:b', scope]);
      assert.deepEqual(scopesOf(after(`${APP}  image: x\n`, scope)), [scope]);
    }
  });
});
