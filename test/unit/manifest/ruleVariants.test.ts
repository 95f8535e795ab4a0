import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { RULE_CASES } from './cases';
import { applyFix, cut } from './helpers';
import type { AnyRuleCases } from './ruleCases';
import { cured, foundBy } from './ruleCases';

const NEIGHBOUR = [
  '# the other one',
  'apiVersion: nais.io/v1',
  'kind: Naisjob',
  'metadata: {name: other, namespace: team}',
  'spec: {image: "{{image}}", schedule: "0 4 * * *"}',
  '',
].join('\n');

interface Variant {
  readonly name: string;
  readonly of: (text: string) => string;
  /** What may differ after a fix, taken away. */
  readonly without?: (text: string) => string;
}

/** The same manifest as others would write it: each rule must say the same of it, and mend it in the same way. */
const VARIANTS: readonly Variant[] = [
  { name: 'with the line ends of Windows', of: (text) => text.replace(/\r?\n/g, '\r\n') },
  { name: 'after a byte order mark', of: (text) => `\uFEFF${text}` },
  { name: 'as the second document of a file', of: (text) => `${NEIGHBOUR}---\n${text}` },
  { name: 'as the first document of a file', of: (text) => `${text}---\n${NEIGHBOUR}` },
  { name: 'indented by another width', of: (text) => text.replace(/^ {2}/gm, '     ') },
  {
    name: 'with tabs where YAML has them: before comments, after colons and at the end of lines',
    of: (text) =>
      text
        .replace(/ #/g, '\t#')
        .replace(/^( *(?:- )?\w+:) (?=["'\w])/gm, '$1\t')
        .replace(/(?=\n)/g, '\t'),
    without: (text) => text.replace(/\t+/g, ' ').replace(/ +$/gm, ''),
  },
];

/** The file as a whole is shown by its first line, which is another one in some of these. */
const OF_THE_WHOLE_FILE: readonly string[] = ['NM083'];

/** What these texts are about would be something else in the variant. */
const EXCEPT: Readonly<Record<string, (text: string) => boolean>> = {
  'with tabs where YAML has them: before comments, after colons and at the end of lines': (text) =>
    /\|$|\\t|\{ +\{|\r/m.test(text),
};

for (const { name, of, without = (text: string) => text } of VARIANTS) {
  describe(`a manifest ${name}`, () => {
    const isExcepted = EXCEPT[name] ?? (() => false);

    for (const cases of RULE_CASES.filter(({ code }) => !OF_THE_WHOLE_FILE.includes(code))) {
      it(`is judged the same: ${cases.code}, ${cases.title}`, () => {
        for (const [text, marked] of cases.finds.filter((each) => !isExcepted(each[0]))) {
          const [finding, ...others] = foundBy(cases, of(text));
          assert.ok(finding, of(text));
          assert.deepEqual(others, []);
          assert.equal(without(cut(of(text), finding.range)), marked);
        }
        for (const text of [...cases.passes, ...cases.templated].filter((each) => !isExcepted(each))) {
          assert.deepEqual(foundBy(cases, of(text)), [], of(text));
        }
      });
      if (cases.cures !== undefined) {
        it(`is mended the same: ${cases.code}, ${cases.title}`, () => {
          for (const [before, after, fix] of cases.cures?.filter((each) => !isExcepted(each[0])) ?? []) {
            assert.equal(without(cured(cases, of(before), fix)), without(of(after)));
          }
        });
      }
    }
  });
}

/** As the deploy client reads YAML; nothing of a template, which JSON has no place for. */
function valueOf(text: string): unknown {
  return text.includes('{{') ? undefined : parse(text, { version: '1.1', merge: true, uniqueKeys: false });
}

/** What the texts show is not in what they say, but in how it is written. */
const ONLY_IN_YAML: readonly string[] = ['NM080', 'NM081', 'NM082', 'NM083'];

describe('a manifest in JSON', () => {
  for (const code of new Set(RULE_CASES.map((cases) => cases.code))) {
    const all = RULE_CASES.filter((cases) => cases.code === code);
    const fixable = all.filter(({ cures }) => cures !== undefined);
    if (ONLY_IN_YAML.includes(code)) {
      continue;
    }
    for (const indent of [0, 2]) {
      it(`is judged and mended ${indent === 0 ? 'on one line' : 'over many lines'}: ${code}`, () => {
        const told = all.map((cases) => inJson(cases, indent));
        assert.ok(
          told.some(({ found }) => found > 0),
          'nothing was found',
        );
        assert.ok(fixable.length === 0 || told.some(({ mended }) => mended > 0), 'nothing was mended');
      });
    }
  }
});

function inJson(cases: AnyRuleCases, indent: number): { found: number; mended: number } {
  let found = 0;
  let mended = 0;
  const texts = [...cases.finds.map(([text]) => text), ...(cases.cures ?? []).map(([before]) => before)];
  for (const value of texts.map((text) => valueOf(text.replace('image: {{image}}', 'image: x')))) {
    const json = value === undefined ? '' : JSON.stringify(value, undefined, indent);
    const [finding] = foundBy(cases, json);
    found += finding === undefined ? 0 : 1;
    for (const [index, fix] of (finding?.fixes ?? []).entries()) {
      assert.doesNotThrow(() => JSON.parse(applyFix(json, fix)) as unknown, `${json}\n${applyFix(json, fix)}`);
      cured(cases, json, index);
      mended++;
    }
  }
  return { found, mended };
}
