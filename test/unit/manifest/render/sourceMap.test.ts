import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from '../../../../src/manifest/handlebars';
import { renderTemplate, withAssignments } from '../../../../src/manifest/render';
import type { SourceMap } from '../../../../src/manifest/render/sourceMap';
import { scanTags } from '../../../../src/manifest/tags';
import { variablesOf } from './support';

const VARIABLES = variablesOf(
  'a: one\nb: "<two>"\nempty: ""\nlist: [x, {a: y}]\nmap: {a: z}\nyes_: true\nno_: false\n',
);

function rendered(template: string, variables = VARIABLES): { readonly text: string; readonly map: SourceMap } {
  const rendering = renderTemplate(template, variables, parse);
  assert.ok(rendering.kind === 'rendered', JSON.stringify(rendering));
  return rendering;
}

/** Where a text of the output came from, as text of the template. */
function originOf(
  template: string,
  part: string,
): { readonly text: string; readonly exact: boolean; readonly editable: boolean } {
  const { text, map } = rendered(template);
  const start = text.indexOf(part);
  assert.notEqual(start, -1, text);
  const { range, exact, editable } = map.originOf({ start, end: start + part.length });
  return { text: template.slice(range.start, range.end), exact, editable };
}

const content = fc.constantFrom(
  'x',
  ' ',
  '  ',
  '\n',
  '\r\n',
  'key: value\n',
  '- ',
  '😀',
  '\uE000\uE001',
  '\\{{ e }}',
  ' } }',
  '# c\n',
);
const tag = fc.constantFrom(
  '{{a}}',
  '{{{b}}}',
  '{{~a}}',
  '{{a~}}',
  '{{empty}}',
  '{{missing}}',
  '{{! c }}',
  '{{!-- {{a}} --}}\n',
);
const { template } = fc.letrec<{ template: string; block: string }>((tie) => ({
  template: fc
    .array(fc.oneof({ maxDepth: 4 }, content, tag, tie('block')), { maxLength: 8 })
    .map((parts) => parts.join('')),
  block: fc
    .tuple(
      fc.constantFrom(
        '{{#if yes_}}A{{/if}}',
        '{{#if no_}}A{{else}}B{{/if}}',
        '  {{#if yes_}}\nA  {{else}}\nB  {{/if}}\n',
        '{{#each list}}A{{/each}}',
        '  {{#each list as |i|}}  \nA\n  {{/each}}\n',
        '{{~#with map~}} A {{~/with~}}',
        '{{^missing}}A{{/missing}}',
      ),
      tie('template'),
      tie('template'),
    )
    .map(([block, a, b]) => block.replace('A', () => a).replace('B', () => b)),
}));

describe('the source map of a rendered text', () => {
  it('gives every character that stands in the template its own place there', () => {
    fc.assert(
      fc.property(template, (text) => {
        const output = rendered(text);
        for (let at = 0; at < output.text.length; at++) {
          const { range, exact } = output.map.originOf({ start: at, end: at + 1 });
          assert.ok(0 <= range.start && range.start < range.end && range.end <= text.length);
          if (exact) assert.equal(text.slice(range.start, range.end), output.text[at]);
          else assert.ok(scanTags(text).some(({ start, end }) => start === range.start && end === range.end));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('holds for every stretch: what is exact reads the same, and what is not covers its ends', () => {
    fc.assert(
      fc.property(template, fc.nat(), fc.nat(), (text, a, b) => {
        const output = rendered(text);
        const [start = 0, end = 0] = [a, b].map((each) => each % (output.text.length + 1)).sort((x, y) => x - y);
        const { range, exact, editable } = output.map.originOf({ start, end });
        assert.ok(0 <= range.start && range.start <= range.end && range.end <= text.length);
        if (exact) assert.equal(text.slice(range.start, range.end), output.text.slice(start, end));
        assert.ok(exact || !editable);
      }),
      { numRuns: 1000 },
    );
  });

  it('is the identity for a text without tags', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(), fc.nat(), (text, a, b) => {
        fc.pre(!text.includes('{{') && !text.includes('\0'));
        const output = rendered(text);
        assert.equal(output.text, text);
        const [start = 0, end = 0] = [a, b].map((each) => each % (text.length + 1)).sort((x, y) => x - y);
        assert.deepEqual(output.map.originOf({ start, end }).range, { start, end });
      }),
    );
  });

  it('gives a value the tag that it came from, and a value that is partly so its whole text', () => {
    assert.deepEqual(originOf('host: {{a}}\n', 'one'), { text: '{{a}}', exact: false, editable: false });
    assert.deepEqual(originOf('host: {{a}}-fss\n', 'one-fss'), { text: '{{a}}-fss', exact: false, editable: false });
  });

  it('does not call editable what a loop repeats, nor the edge of a tag', () => {
    const loop = '{{#each list}}\n- same\n{{/each}}\nonce\n';
    assert.deepEqual(originOf(loop, 'same'), { text: 'same', exact: true, editable: false });
    assert.deepEqual(originOf(loop, 'once'), { text: 'once', exact: true, editable: true });
    const { text, map } = rendered('a{{#if yes_}}b{{/if}}');
    assert.equal(text, 'ab');
    assert.equal(map.originOf({ start: 1, end: 1 }).editable, false);
  });

  it('keeps a tag whose value only the workflow knows, as it stands', () => {
    const variables = withAssignments(VARIABLES, [{ name: 'image', value: undefined }]);
    const { text, map } = rendered('a: {{~ image }}\nb: {{#if image}}{{a}}{{/if}}\n', variables);
    assert.equal(text, 'a:{{~ image }}\nb: one\n');
    assert.deepEqual(map.originOf({ start: 2, end: 14 }).range, { start: 3, end: 15 });
  });
});
