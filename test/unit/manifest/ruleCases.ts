import assert from 'node:assert/strict';
import type { Finding, FindingCode, FindingOptions, Severity } from '../../../src/manifest';
import { findingsOf, readFile } from '../../../src/manifest';
import { application, applyFix, cut } from './helpers';

/** What one rule does, by example. Other rules may find something in the same texts. */
export interface RuleCases<C extends FindingCode = FindingCode> {
  readonly title: string;
  readonly code: C;
  readonly severity: Severity;
  readonly alsoInSchema: boolean;
  readonly options?: FindingOptions;
  /** How findings are made, where the text alone does not decide. */
  readonly judge?: (text: string) => readonly Finding[];
  /** A text, what the squiggle is under, and what the finding says. */
  readonly finds: readonly (readonly [text: string, marked: string, data?: Extract<Finding, { code: C }>['data']])[];
  /** Texts that are right. */
  readonly passes: readonly string[];
  /** Texts that might be wrong, but that a template decides on. */
  readonly templated: readonly string[];
  /** A text, and the same after the first fix or the one named: nothing else changes, and the finding is gone. */
  readonly cures?: readonly (readonly [before: string, after: string, fix?: number])[];
  /** Texts with a finding for which there is no cure to offer. */
  readonly incurable?: readonly string[];
}

/** The cases of any one code. */
export type AnyRuleCases = { [C in FindingCode]: RuleCases<C> }[FindingCode];

/** The findings of the cases' code in a text. */
export function foundBy({ code, judge, options }: AnyRuleCases, text: string): readonly Finding[] {
  const all = judge === undefined ? findingsOf(readFile(text), options) : judge(text);
  return all.filter((finding) => finding.code === code);
}

/** Applies one fix of the first finding: gives the new text, in which that finding must be gone. */
export function cured(cases: AnyRuleCases, before: string, fix = 0): string {
  const [finding] = foundBy(cases, before);
  const result = applyFix(before, finding?.fixes[fix]);
  const saysTheSame = ({ data }: Finding): boolean => JSON.stringify(data) === JSON.stringify(finding?.data);
  const [all, left] = [before, result].map((text) => foundBy(cases, text).filter(saysTheSame).length);
  assert.equal(left, (all ?? 0) - 1, result);
  return result;
}

export function describeRule(cases: AnyRuleCases): void {
  describe(`${cases.code}, ${cases.title}`, () => {
    for (const [text, marked, data] of cases.finds) {
      it(`is found in ${shown(text)}`, () => {
        const [finding, ...others] = foundBy(cases, text);
        assert.ok(finding, text);
        assert.deepEqual(others, []);
        assert.equal(cut(text, finding.range), marked);
        assert.equal(finding.severity, cases.severity);
        assert.equal(finding.alsoInSchema, cases.alsoInSchema);
        if (data !== undefined) {
          assert.deepEqual(finding.data, data);
        }
      });
    }
    for (const text of cases.passes) {
      it(`is not found in ${shown(text)}`, () => {
        assert.deepEqual(foundBy(cases, text), []);
      });
    }
    for (const text of cases.templated) {
      it(`leaves to the template ${shown(text)}`, () => {
        assert.deepEqual(foundBy(cases, text), []);
      });
    }
    for (const [before, after, fix] of cases.cures ?? []) {
      it(`is cured in ${shown(before)}`, () => {
        assert.equal(cured(cases, before, fix), after);
      });
    }
    for (const text of cases.incurable ?? []) {
      it(`has no cure in ${shown(text)}`, () => {
        const [finding] = foundBy(cases, text);
        assert.deepEqual(finding?.fixes, []);
      });
    }
  });
}

/** The lines of a text that tell it from others. */
function shown(text: string): string {
  const usual = new Set(application().split('\n'));
  const lines = text.split(/\r?\n/).filter((line) => !usual.has(line));
  return JSON.stringify(lines.map((line) => line.trim()).join(' ⏎ ')).slice(0, 160);
}

/** A workload that exposes one scope, with these lines besides its name, product, separator and switch. */
export function exposing(...lines: readonly string[]): string {
  return exposingItem('enabled: true', 'product: aap', 'name: read', 'separator: "/"', ...lines);
}

/** A workload that exposes one scope, an item with these lines. */
export function exposingItem(...lines: readonly string[]): string {
  return exposingItems(...lines.map((line, index) => `${index === 0 ? '- ' : '  '}${line}`));
}

/** A workload that exposes the items, whose lines stand under `exposes`. */
export function exposingItems(...lines: readonly string[]): string {
  return application('    scopes:', '      exposes:', ...lines.map((line) => `        ${line}`));
}

/** A workload that exposes one scope, in braces, with these entries besides the required ones. */
export function exposingFlow(...entries: readonly string[]): string {
  const all = ['enabled: true', 'product: aap', 'name: read', ...entries];
  return application(`    scopes: {exposes: [{${all.join(', ')}}]} # all`);
}

/** A workload whose lines under `spec` are given as they stand there. */
export function workload(...spec: readonly string[]): string {
  return [
    'apiVersion: nais.io/v1alpha1',
    'kind: Application',
    'metadata:',
    '  name: app',
    '  namespace: team',
    'spec:',
    ...spec.map((line) => `  ${line}`),
    '',
  ].join('\n');
}

/** A workload with outbound rules, whose lines stand under `external`. */
export function opening(...lines: readonly string[]): string {
  return workload('accessPolicy:', '  outbound:', '    external:', ...lines.map((line) => `      ${line}`));
}

/** A workload with outbound rules in brackets. */
export function openingFlow(items: string): string {
  return workload(`accessPolicy: {outbound: {external: [${items}]}} # all`);
}

/** A hand-written MaskinportenClient, whose lines under `spec` are given as they stand there. */
export function client(...spec: readonly string[]): string {
  return [
    'apiVersion: nais.io/v1',
    'kind: MaskinportenClient',
    'metadata:',
    '  name: app',
    '  namespace: team',
    'spec:',
    ...spec.map((line) => `  ${line}`),
    '',
  ].join('\n');
}
