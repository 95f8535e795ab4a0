import assert from 'node:assert/strict';
import { application, applyFix, codes, consuming, cut, findings, fixed, only } from './helpers';

const flow = (items: string): string => application(`    scopes: {consumes: [${items}]} # all`);

describe('NM007, plain items', () => {
  it('is found on the text', () => {
    const text = consuming('- "ks:fiks"');
    const finding = only('NM007', text);
    assert.deepEqual(finding.data, { scope: 'ks:fiks' });
    assert.equal(cut(text, finding.range), 'ks:fiks');
    assert.equal(finding.severity, 'error');
  });
  it('is not found on maps, on templated items and on nothing', () => {
    assert.deepEqual(codes(consuming('- name: ks:fiks', '- {{scope}}', '- "{{scope}}"')), []);
  });
  it('gets a name key in block style', () => {
    const text = consuming('-   ks:fiks # why', '- name: spk:nav');
    assert.equal(fixed('NM007', text), consuming('-   name: ks:fiks # why', '- name: spk:nav'));
  });
  it('gets a name key in flow style', () => {
    assert.equal(fixed('NM007', flow('{name: a:b}, "ks:fiks"')), flow('{name: a:b}, {name: "ks:fiks"}'));
  });
  it('gets a name key in JSON style', () => {
    const text = application('    scopes: {"consumes": ["ks:fiks"]}');
    assert.equal(fixed('NM007', text), application('    scopes: {"consumes": [{"name": "ks:fiks"}]}'));
  });
  it('gets quotes where it is no text', () => {
    assert.ok(applyFix(consuming('- 12'), only('NM007', consuming('- 12')).fixes[0]).includes('- name: "12"\n'));
  });
  it('has no fix where text cannot just be put around it', () => {
    for (const item of [
      '- !!str ks:fiks',
      '- &anchor ks:fiks',
      '- ks:fiks\n          more',
      '- |\n          ks:fiks',
    ]) {
      assert.deepEqual(only('NM007', consuming(item)).fixes, [], item);
    }
  });
});

describe('NM008, items without a name', () => {
  it('is missing in an item without the key', () => {
    const finding = only('NM008', consuming('- {}'));
    assert.deepEqual(finding.data, { problem: 'missing' });
    assert.equal(finding.severity, 'error');
    assert.equal(finding.alsoInSchema, true);
  });
  it('is missing in an empty item, shown by its dash', () => {
    const text = consuming('-', '- name: ks:fiks');
    const finding = only('NM008', text);
    assert.deepEqual(finding.data, { problem: 'missing' });
    assert.equal(cut(text, finding.range), '-');
  });
  it('is missing where the key has no value', () => {
    const text = consuming('- name:');
    const finding = only('NM008', text);
    assert.deepEqual(finding.data, { problem: 'missing' });
    assert.equal(cut(text, finding.range), 'name');
  });
  it('is empty with quotes and nothing in them', () => {
    const text = consuming('- name: ""');
    const finding = only('NM008', text);
    assert.deepEqual(finding.data, { problem: 'empty' });
    assert.equal(cut(text, finding.range), '""');
    assert.equal(finding.severity, 'warning');
    assert.equal(finding.alsoInSchema, false);
  });
  it('is no text where YAML 1.1 reads a number, a boolean, a date or a list', () => {
    for (const name of ['12', 'yes', '1:20', '2001-01-01', '[ks:fiks]', '{a: b}']) {
      assert.deepEqual(only('NM008', consuming(`- name: ${name}`)).data, { problem: 'not-a-string' }, name);
    }
  });
  it('gets an empty name, for its author to fill in', () => {
    const added = (text: string): string =>
      applyFix(text, findings(text).find(({ code }) => code === 'NM008')?.fixes[0]);
    assert.equal(added(consuming('- {}')), consuming('- {name: ""}'));
    assert.equal(added(consuming('- {foo: x}')), consuming('- {name: "", foo: x}'));
    assert.equal(added(consuming('-', '- name: ks:fiks')), consuming('- name: ""', '- name: ks:fiks'));
    assert.equal(added(consuming('- foo: x # c')), consuming('- name: ""', '  foo: x # c'));
    for (const text of [consuming('- {}'), consuming('-'), consuming('- foo: x')]) {
      const [finding] = findings(added(text)).filter(({ code }) => code === 'NM008');
      assert.deepEqual(finding?.data, { problem: 'empty' });
    }
  });
  it('gets quotes where it is no text', () => {
    const text = application('    scopes:', '      consumes:', '        - name: 12 # c');
    const result = applyFix(text, only('NM008', text).fixes[0]);
    assert.equal(result, text.replace('12', '"12"'));
    assert.ok(!codes(result).includes('NM008'));
  });
  it('is silent on templated items and names', () => {
    const items = ['- name: {{scope}}', '- {{{item}}}', '- name: {{#if a}}{{b}}{{/if}}', '- {{#if a}}name: x:y{{/if}}'];
    assert.deepEqual(codes(consuming(...items, '- name: "{{#if a}}{{/if}}"')), []);
    assert.deepEqual(codes(consuming('- foo: b', '  {{{name}}}', '- name: ks:fiks')), ['NM005']);
    assert.deepEqual(codes(consuming('-', '  {{> name}}')), []);
    assert.deepEqual(codes(consuming('- name: [{{a}}]', '- name: {b: {{c}}}')), []);
  });
  it('is silent on a tag that a formatter pulled apart, which is for NM080', () => {
    assert.deepEqual(codes(consuming('- name: { { scope } }', '- { { item } }')), ['NM080', 'NM080']);
  });
  it('is silent where another key was meant to be the name', () => {
    assert.deepEqual(codes(consuming('- nam: ks:fiks')), ['NM005']);
  });
  it('is found once on an item that aliases repeat', () => {
    assert.deepEqual(codes(consuming('- &a {}', '- *a', '- *a')), ['NM008']);
  });
});

describe('NM010, several scopes in one name', () => {
  it('is found for white space and commas between scopes', () => {
    for (const name of ['ks:a ks:b', '"ks:a, ks:b"', "'ks:a,ks:b'", '"ks:a\\tks:b"']) {
      assert.deepEqual(only('NM010', consuming(`- name: ${name}`)).data, { scopes: ['ks:a', 'ks:b'] }, name);
    }
  });
  it('is not found where a part is no scope', () => {
    assert.deepEqual(codes(consuming('- name: ks:a b')), ['NM009']);
    assert.deepEqual(codes(consuming('- name: a ks:b')), ['NM009']);
    assert.deepEqual(codes(consuming('- name: "ks:a,b"')), []);
  });
  it('is silent where a template touches the name', () => {
    assert.deepEqual(codes(consuming('- name: ks:a {{b}}', '- name: "ks:a ks:{{b}}"')), []);
  });
  it('becomes items in block style', () => {
    const text = consuming('-  name: "ks:a ks:b ks:c" # why', '- name: ks:d');
    assert.equal(
      fixed('NM010', text),
      consuming('-  name: "ks:a" # why', '-  name: "ks:b"', '-  name: "ks:c"', '- name: ks:d'),
    );
  });
  it('becomes items at the end of a file without a line end', () => {
    const text = consuming('- name: ks:a ks:b').trimEnd();
    assert.equal(fixed('NM010', text), consuming('- name: ks:a', '- name: ks:b').trimEnd());
  });
  it('becomes items with the line ends of Windows', () => {
    const text = consuming("- name: 'ks:a ks:b'", '- name: ks:c').replaceAll('\n', '\r\n');
    const expected = consuming("- name: 'ks:a'", "- name: 'ks:b'", '- name: ks:c').replaceAll('\n', '\r\n');
    assert.equal(fixed('NM010', text), expected);
  });
  it('becomes items from a block scalar', () => {
    const text = consuming('- name: >-', '    ks:a', '    ks:b', '- name: ks:c');
    assert.equal(fixed('NM010', text), consuming('- name: ks:a', '- name: ks:b', '- name: ks:c'));
  });
  it('becomes items in flow style', () => {
    assert.equal(
      fixed('NM010', flow('{name: "ks:a ks:b"}, {name: ks:c}')),
      flow('{name: "ks:a"}, {name: "ks:b"}, {name: ks:c}'),
    );
  });
  it('becomes maps in braces within a block list', () => {
    assert.equal(
      fixed('NM010', consuming('- { name: "ks:a ks:b" }')),
      consuming('- { name: "ks:a" }', '- { name: "ks:b" }'),
    );
  });
  it('becomes each scope once', () => {
    assert.equal(fixed('NM010', consuming('- name: ks:a ks:a')), consuming('- name: ks:a'));
  });
  it('has no fix where the item has more than a name', () => {
    const finding = findings(consuming('- {name: "ks:a ks:b", foo: x}')).find(({ code }) => code === 'NM010');
    assert.deepEqual(finding?.fixes, []);
  });
});

describe('NM014, duplicates', () => {
  it('is found on each repetition, and points to the first', () => {
    const text = consuming('- name: ks:a', '- name: ks:b', '- name: "ks:a"');
    const finding = only('NM014', text);
    assert.equal(finding.range.start, text.lastIndexOf('ks:a'));
    assert.equal(finding.data.first.start, text.indexOf('ks:a'));
    assert.equal(finding.severity, 'warning');
  });
  it('is found across items in block style and aliases', () => {
    const text = consuming('- &a {name: ks:a}', '- *a');
    assert.equal(cut(text, only('NM014', text).range), '*a');
    assert.equal(fixed('NM014', text), consuming('- &a {name: ks:a}'));
  });
  it('is not found between branches of a template, and in what a template makes', () => {
    assert.deepEqual(codes(consuming('{{#if a}}', '- name: ks:a', '{{else}}', '- name: ks:a', '{{/if}}')), []);
    assert.deepEqual(codes(consuming('- name: ks:a', '{{#if b}}', '- name: ks:a', '{{/if}}')), []);
    assert.deepEqual(codes(consuming('- name: {{a}}', '- name: {{a}}')), []);
  });
  it('is found within one branch', () => {
    const text = consuming('{{#if a}}', '- name: ks:a', '- name: ks:a', '{{/if}}');
    assert.equal(fixed('NM014', text), consuming('{{#if a}}', '- name: ks:a', '{{/if}}'));
  });
  it('is not found between scopes that differ in case', () => {
    assert.ok(!codes(consuming('- name: ks:a', '- name: ks:A')).includes('NM014'));
  });
  it('is removed with its line, and comments stay', () => {
    const text = consuming('- name: ks:a', '# above', '- name: ks:a # why', '- name: ks:b');
    assert.equal(fixed('NM014', text), consuming('- name: ks:a', '# above', '# why', '- name: ks:b'));
    const plain = consuming('- name: ks:a', '# above', '-', '    name: ks:a', '- name: ks:b');
    assert.equal(fixed('NM014', plain), consuming('- name: ks:a', '# above', '- name: ks:b'));
  });
  it('is removed at the end of a file', () => {
    const text = consuming('- name: ks:a', '- name: ks:a').trimEnd();
    assert.equal(fixed('NM014', text), consuming('- name: ks:a'));
  });
  it('is removed in flow style with one comma', () => {
    assert.equal(fixed('NM014', flow('{name: ks:a}, {name: ks:a}')), flow('{name: ks:a}'));
    assert.equal(fixed('NM014', flow('{name: ks:a}, {name: ks:a}, {name: ks:b}')), flow('{name: ks:a}, {name: ks:b}'));
    assert.equal(fixed('NM014', flow('{name: ks:a},\n        {name: ks:a}\n      ')), flow('{name: ks:a}\n      '));
  });
  it('has no fix where more would go than the name', () => {
    const items = ['- {name: ks:a}', '- {name: ks:a, foo: b}'];
    assert.deepEqual(findings(consuming(...items)).find(({ code }) => code === 'NM014')?.fixes, []);
    assert.deepEqual(only('NM014', consuming('- {name: ks:a}', '- {name: &b ks:a}')).fixes, []);
  });
});
