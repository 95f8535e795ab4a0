import assert from 'node:assert/strict';
import fc from 'fast-check';
import { maskTemplates } from '../../../src/manifest';

const CASES: readonly (readonly [title: string, text: string, masked: string])[] = [
  ['a value becomes x', 'a: {{b}}', 'a: xxxxx'],
  ['a value without escaping becomes x', 'a: {{{ b }}}', 'a: xxxxxxxxx'],
  ['a value with & becomes x', 'a: {{& b}}', 'a: xxxxxxx'],
  ['a value that trims becomes x', 'a: {{~ b ~}}', 'a: xxxxxxxxx'],
  ['hyphens and paths are part of a name', 'a: {{ min-replicas.x }}', 'a: xxxxxxxxxxxxxxxxxxxx'],
  ['special variables are values', '- {{@key}}: {{this}}', '- xxxxxxxx: xxxxxxxx'],
  ['a name that begins with else is a value', 'a: {{elsewhere}}', 'a: xxxxxxxxxxxxx'],
  ['part of a value', 'a: {{env}}-fss.{{x}}', 'a: xxxxxxx-fss.xxxxx'],
  ['inside of quotes', `a: "{{b}}" # '{{c}}'`, `a: "xxxxx" # 'xxxxx'`],
  ['quotes inside of a tag', `a: {{b "}}" c}} d`, `a: xxxxxxxxxxxx d`],
  [
    'a block and its end become spaces',
    '{{#each a as |b|}}\n- {{b}}\n{{/each}}\n',
    '                  \n- xxxxx\n         \n',
  ],
  ['a space after the hash', '{{# if a }}x{{/ if}}', '           x        '],
  ['else, in every form', '{{else}}{{~else~}}{{ else if a }}{{^}}', ' '.repeat(38)],
  ['an inverse block', '{{^a}}b{{/a}}', '      b      '],
  ['a raw block', '{{{{raw}}}}b{{{{/raw}}}}', '           b            '],
  ['a comment', 'a: b {{! c }} d', 'a: b          d'],
  ['a dashed comment may hold braces and lines', 'a\n{{!-- {{b}}\n }} c --}}\nd', 'a\n           \n          \nd'],
  ['a dashed comment that trims', '{{~!-- a --~}}b', '              b'],
  ['tags in a YAML comment', '# {{#if a}} {{b}}', '#           xxxxx'],
  ['a commented-out block line', '  #{{/each}}', '  #         '],
  ['escaped braces become x', 'a: \\{{ $labels.app }} b', 'a: xxxxxxxxxxxxxxxxxx b'],
  ['an escaped backslash is no escape', 'a: \\\\{{b}}', 'a: \\\\xxxxx'],
  ['a tag over lines', 'a: {{#if\r\n b}}c', 'a:      \r\n    c'],
  ['a byte order mark stays', '\uFEFFa: {{b}}', '\uFEFFa: xxxxx'],
  ['what was never closed ends with its line', 'a: {{b\nc: {d: {e: f}}\n', 'a: xxx\nc: {d: {e: f}}\n'],
  ['what was never closed ends where the next begins', 'a: {{b {{c}}', 'a: xxxxxxxxx'],
  ['an open comment ends with its line', '{{!-- a\nb: c', '       \nb: c'],
  ['a value alone on a line where a key belongs', 'a:\n  b: c\n  {{{d}}}\n  e: f', 'a:\n  b: c\n         \n  e: f'],
  ['a value alone on the first line of a document', '{{a}}\n---\n{{b}}\nc: d', '     \n---\n     \nc: d'],
  ['a value alone on the line below its key', 'a: # why\n  {{b}}\nc: d', 'a: # why\n  xxxxx\nc: d'],
  ['a value alone on a line of a list in brackets', 'a: [\n  {{b}},\n  {{c}}\n]', 'a: [\n  xxxxx,\n  xxxxx\n]'],
];

describe('masking of templates', () => {
  for (const [title, text, masked] of CASES) {
    it(title, () => {
      assert.equal(maskTemplates(text).masked, masked);
    });
  }

  it('keeps the length and the line ends of any text', () => {
    const pieces = fc.constantFrom(
      '{{',
      '}}',
      '{',
      '}',
      '!',
      '--',
      '#if ',
      '/',
      'else',
      '\\',
      '"',
      "'",
      '\n',
      '\r\n',
      'å',
      '😀',
      ':',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        const { masked } = maskTemplates(text);
        assert.equal(masked.length, text.length);
        assert.deepEqual(masked.match(/[\r\n]/g), text.match(/[\r\n]/g));
      }),
      { numRuns: 500 },
    );
  });

  it('comes to an end on a megabyte of hostile text', () => {
    const hostile = [
      '{{',
      '{{"',
      "{{'\n",
      '{{!--',
      '{{#a}}',
      '{{a}}\n',
      '{{a}} ',
      '\\{{',
      '{{{{',
      '{{\n"',
      '}}{{a',
      '{{ '.repeat(2),
    ];
    for (const piece of hostile) {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
      assert.equal(maskTemplates(text).masked.length, text.length, JSON.stringify(piece));
    }
  });
});

describe('what a template touches', () => {
  const isTemplated = (text: string, value: string): boolean => {
    const start = text.indexOf(value);
    assert.ok(start >= 0);
    return maskTemplates(text).isTemplated({ start, end: start + value.length });
  };

  it('is a value that holds a tag', () => {
    assert.equal(isTemplated('a: b{{c}}d', 'b{{c}}d'), true);
  });
  it('is a value beside a tag', () => {
    assert.equal(isTemplated('a: {{#if x}} "b" {{/if}}', 'b'), true);
    assert.equal(isTemplated('a: b {{else}} c', 'b'), true);
  });
  it('is not a value with a tag on another line', () => {
    assert.equal(isTemplated('{{#if x}}\na: b\n{{/if}}', 'b'), false);
  });
  it('is not a value with a tag in the YAML comment behind it', () => {
    assert.equal(isTemplated('a: b # {{c}}', 'b'), false);
  });
  it('is not a value beside a template comment', () => {
    assert.equal(isTemplated('a: b {{! c }}', 'b'), false);
  });
});
