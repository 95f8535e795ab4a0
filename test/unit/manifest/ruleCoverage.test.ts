import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '../../../src/manifest';
import { createTranslate } from '../../../src/shared/localize';
import { wordFinding, wordFix } from '../../../src/words/findings';
import { RULE_CASES } from './cases';
import type { AnyRuleCases } from './ruleCases';
import { foundBy } from './ruleCases';

const read = (file: string): string => readFileSync(path.join(__dirname, '../../..', file), 'utf8');

/** The codes that there are: the keys of `FindingData`. Which of them no cases name, only their source can tell. */
const CODES = [...read('src/manifest/finding.ts').matchAll(/^ {2}(NM\d{3}): /gm)].map(([, code]) => code ?? '');

const SECTIONS = read('docs/diagnostics.md').split(/^## /m);
const english = createTranslate({});
const norwegian = createTranslate(JSON.parse(read('l10n/nb.json')) as Readonly<Record<string, string>>);

/** Every finding that the examples of a code show, with the text it was found in. */
function shownBy(cases: AnyRuleCases): readonly (readonly [text: string, finding: Finding])[] {
  const texts = [
    ...cases.finds.map(([text]) => text),
    ...(cases.cures ?? []).map(([before]) => before),
    ...(cases.incurable ?? []),
  ];
  return texts.flatMap((text) => foundBy(cases, text).map((finding) => [text, finding] as const));
}

it('all codes are known to the tests of what each must have', () => {
  assert.ok(CODES.length > 50);
  const unknown = RULE_CASES.filter(({ code }) => !CODES.includes(code));
  assert.deepEqual(unknown, []);
});

for (const code of CODES) {
  describe(`${code} is complete`, () => {
    const all = RULE_CASES.filter((cases) => cases.code === code);

    it('with examples of what it finds, what it lets pass, and what it leaves to a template', () => {
      for (const kind of ['finds', 'passes', 'templated'] as const) {
        assert.ok(
          all.some((cases) => cases[kind].length > 0),
          `no example in ${kind}`,
        );
      }
    });

    it('with an applied fix, for each kind of fix that it gives', () => {
      const offered = new Set<string>();
      const applied = new Set<string>();
      for (const cases of all) {
        for (const [, { fixes }] of shownBy(cases)) {
          fixes.forEach(({ title }) => offered.add(title.kind));
        }
        for (const [before, , fix = 0] of cases.cures ?? []) {
          applied.add(foundBy(cases, before)[0]?.fixes[fix]?.title.kind ?? 'none');
        }
      }
      assert.deepEqual([...applied].sort(), [...offered].sort());
    });

    it('with a section in docs/diagnostics.md that has each severity, a cure and a source', () => {
      const section = SECTIONS.find((each) => each.startsWith(`${code}\n`)) ?? '';
      const [, severities = ''] = /\*\*[^*]+\*\* \(([^)]*)\)/.exec(section) ?? [];
      for (const { severity } of all) {
        assert.match(severities, new RegExp(`\\b${severity}\\b`));
      }
      assert.match(section, /^Fix: /m);
      assert.match(section, /_Source:\s/);
    });

    it('with words in both languages, that name every fact', () => {
      for (const [text, finding] of all.flatMap(shownBy)) {
        const words = (t: typeof english): readonly string[] => [
          wordFinding(finding, t),
          ...finding.fixes.map(({ title }) => wordFix(title, t)),
        ];
        const [here, there] = [words(english), words(norwegian)];
        for (const [index, sentence] of here.entries()) {
          assert.notEqual(sentence, there[index], text);
        }
        for (const sentence of [...here, ...there]) {
          assert.doesNotMatch(sentence, /undefined|\[object|\{\w+\}(?!\})/, text);
        }
        assert.match(here[0] ?? '', /^\S.*\.$/s);
      }
    });
  });
}
