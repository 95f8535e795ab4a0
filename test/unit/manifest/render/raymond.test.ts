import assert from 'node:assert/strict';
import { parse } from '../../../../src/manifest/handlebars';
import { renderTemplate } from '../../../../src/manifest/render';
import type { RenderFault } from '../../../../src/manifest';
import { variablesOf } from './support';

const VARIABLES = [
  'a: A & \'B\' "c" <d> = `',
  'num: 12',
  'half: 0.5',
  'big: 1e21',
  't: yes',
  'nope: off',
  'n: a key that is a boolean',
  'z: 0',
  'empty: ""',
  'nul: ~',
  'list: [x, 1, true]',
  'nulls: [x, ~, y]',
  'objs: [{name: one, a: inner}, {name: two}]',
  'emptylist: []',
  'emptymap: {}',
  'map: {k: v, sub: {deep: D}}',
  'one: {only: 1}',
  'hy-phen: H',
  'date: 2020-01-01',
  'sexagesimal: 1:30',
  'octal: 010',
  '1: numeric key',
].join('\n');

/** What each template stands for, and what raymond 2.0.2 makes of it with these variables, read by ghodss/yaml 1.0.0. */
const CASES: readonly (readonly [name: string, template: string, rendered: string])[] = [
  ['text without a tag', 'plain: text\n', 'plain: text\n'],
  [
    'escaping',
    '{{a}}|{{{a}}}|{{&a}}',
    'A &amp; &apos;B&apos; &quot;c&quot; &lt;d&gt; = `|A & \'B\' "c" <d> = `|A & \'B\' "c" <d> = `',
  ],
  ['numbers as JSON has them', '{{num}} {{half}} {{big}} {{octal}}', '12 0.5 1000000000000000000000 8'],
  [
    'YAML 1.1 as go-yaml 2 reads it',
    '{{t}} {{nope}} {{date}} {{sexagesimal}} {{1}}',
    'true false 2020-01-01 1:30 numeric key',
  ],
  ['a list without commas', '{{list}}', 'x1true'],
  ['a map as Go prints it', '{{{map}}} {{{one}}}', 'map[k:v sub:map[deep:D]] map[only:%!s(float64=1)]'],
  [
    'dotted paths, slashes and brackets',
    '{{map.sub.deep}} {{map/k}} {{list.[1]}} {{objs.[0].name}} {{[hy-phen]}}',
    'D v 1 one H',
  ],
  ['a hyphenated name', '{{hy-phen}}', 'H'],
  ['a name in quotes', '{{"hy-phen"}}', 'H'],
  ['nothing for a missing name', '<{{missing}}{{map.missing}}{{nul}}>', '<>'],
  ['parameters of what is no helper are ignored', '{{num list}}', '12'],
  ['if', '{{#if t}}yes{{/if}}{{#if nope}}{{else}}no{{/if}}', 'yesno'],
  [
    'if is false for 0, "", empty list, empty map',
    '{{#if z}}{{else}}0{{/if}}{{#if empty}}{{else}}s{{/if}}{{#if emptylist}}{{else}}l{{/if}}{{#if emptymap}}{{else}}m{{/if}}{{#if missing}}{{else}}u{{/if}}',
    '0slmu',
  ],
  ['else if', '{{#if nope}}1{{else if t}}2{{else}}3{{/if}}', '2'],
  ['unless', '{{#unless nope}}off{{/unless}}{{#unless t}}{{else}}on{{/unless}}', 'offon'],
  ['with', '{{#with map}}{{k}}{{/with}}{{#with emptymap}}{{else}}none{{/with}}', 'vnone'],
  ['with a block parameter', '{{#with map as |m|}}{{m.k}}{{/with}}', 'v'],
  [
    'each over a list',
    '{{#each list}}{{@index}}={{this}}{{@first}}{{@last}};{{/each}}',
    '0=xtruefalse;1=1falsefalse;2=truefalsetrue;',
  ],
  ['each with block parameters', '{{#each objs as |o i|}}{{i}}{{o.name}} {{/each}}', '0one 1two '],
  ['each over a map', '{{#each one}}{{@key}}:{{.}}{{/each}}', 'only:1'],
  ['each else', '{{#each emptylist}}x{{else}}none{{/each}}', 'none'],
  ['each over a text', '<{{#each a}}x{{/each}}>', '<>'],
  [
    'names are sought outwards',
    '{{#each objs}}{{name}}{{num}}{{a}};{{/each}}',
    'one12inner;two12A &amp; &apos;B&apos; &quot;c&quot; &lt;d&gt; = `;',
  ],
  ['but not past the first part', '{{#with map}}{{sub.num}}{{/with}}', ''],
  ['parents', '{{#each objs}}{{../num}}{{@../index}}{{@root.map.k}}{{/each}}', '12v12v'],
  ['a section over a list', '{{#objs}}{{name}}{{/objs}}', 'onetwo'],
  ['a section over a map', '{{#map}}{{k}}{{/map}}', 'v'],
  ['an inverse section', '{{^missing}}none{{/missing}}', 'none'],
  ['private data that falls through to a variable', '{{@num}}{{#each list}}{{@key}}{{/each}}', '12'],
  ['equal', '{{#equal num "12"}}same{{/equal}}{{#equal num 12}}same{{/equal}}', 'samesame'],
  ['equal without an else', '<{{#equal num 1}}same{{else}}other{{/equal}}>', '<>'],
  ['equal as a condition', '{{#if (equal num 12)}}same{{else}}other{{/if}}', 'same'],
  ['lookup', '{{lookup map "k"}}{{lookup list 1}}{{lookup map missing}}', 'v1'],
  ['log gives nothing', '<{{log a}}>', '<>'],
  ['escaped tags', '\\{{ $labels.x }} {{num}} \\{{{ x }}}', '{{ $labels.x }} 12 {{{ x }}}'],
  ['an escaped backslash', '\\\\{{num}}', '\\12'],
  ['comments', '<{{! num }}{{!-- {{num}} --}}>', '<>'],
  ['tildes', '  x  {{~num~}}  \n y', '  x12y'],
  [
    'blocks on lines of their own',
    'a:\n  {{#each list}}\n  - {{this}}\n  {{/each}}\nb: 1\n',
    'a:\n  - x\n  - 1\n  - true\nb: 1\n',
  ],
  ['else on a line of its own', '{{#if t}}\na: 1\n{{else}}\na: 2\n{{/if}}\nb: 1\n', 'a: 1\nb: 1\n'],
  ['a space after the hash', '{{# each list as |x| }}{{x}}{{/each}}', 'x1true'],
  ['Windows line ends', '{{#if t}}\r\na: 1\r\n{{/if}}\r\nb: {{num}}\r\n', 'a: 1\r\nb: 12\r\n'],
  ['a key that is a boolean to YAML 1.1', '<{{n}}>{{false}}', '<>a key that is a boolean'],
  ['null in a list', '{{nulls}}', 'xtrue'],
  ['unicode', 'å😀{{num}}😀', 'å😀12😀'],
];

/** Where raymond ends with an error. */
const ERRORS: readonly (readonly [name: string, template: string, fault: RenderFault['kind'], at: string])[] = [
  ['a tag that is not closed', 'a: 1\nb: {{num', 'syntax', '{{num'],
  ['a block that is not closed', '{{#if num}}x', 'syntax', '{{#if num}}'],
  ['a block closed by another', 'a: 1\n{{#if num}}x{{/each}}', 'syntax', '{{#if num}}'],
  ['too few values for a helper', 'x{{#if}}x{{/if}}', 'arguments', '{{#if}}x{{/if}}'],
  ['too many values for a helper', '{{#if num t}}x{{/if}}', 'arguments', '{{#if num t}}x{{/if}}'],
  ['a partial', 'a: {{> x}}', 'partial', '{{> x}}'],
  ['a decorator', 'a: {{* x}}', 'partial', '{{* x}}'],
  ['a name that begins as else does', 'a: {{elsewhere}}', 'syntax', '{{elsewhere}}'],
  ['a number in a path', 'a: {{objs.0.name}}', 'syntax', '{{objs.0.name}}'],
  ['a number at the end of a path', 'a: {{list.1}}', 'syntax', '{{list.1}}'],
];

describe('rendering as raymond does', () => {
  const variables = variablesOf(VARIABLES);

  for (const [name, template, expected] of CASES) {
    it(`gives the same for ${name}`, () => {
      const rendering = renderTemplate(template, variables, parse);
      assert.equal(rendering.kind === 'rendered' ? rendering.text : rendering.problem, expected);
    });
  }

  for (const [name, template, kind, at] of ERRORS) {
    it(`fails at ${name}`, () => {
      const rendering = renderTemplate(template, variables, parse);
      assert.ok(rendering.kind === 'failed');
      const { fault, range } = rendering.problem;
      assert.equal(fault.kind, kind);
      assert.equal(template.slice(range.start, range.end), at);
    });
  }

  it('leaves a text alone when there is no variable at all', () => {
    const rendering = renderTemplate('a: {{b}} {{/if}}', new Map(), parse);
    assert.ok(rendering.kind === 'rendered');
    assert.equal(rendering.text, 'a: {{b}} {{/if}}');
  });

  it('knows no name that JavaScript gives every object', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'map.constructor', 'list.length', 'a.length']) {
      const rendering = renderTemplate(`<{{${name}}}>`, variables, parse);
      assert.ok(rendering.kind === 'rendered');
      assert.equal(rendering.text, '<>', name);
    }
  });
});
