import assert from 'node:assert/strict';
import type { Finding, FindingCode, FindingOptions, Severity } from '../../../src/manifest';
import { findingsOf, readFile } from '../../../src/manifest';
import { application, applyFix, cut } from './helpers';

/** What one rule does, by example. Other rules may find something in the same texts. */
export interface RuleCases<C extends FindingCode = FindingCode> {
  readonly code: C;
  readonly severity: Severity;
  readonly alsoInSchema: boolean;
  readonly options?: FindingOptions;
  /** A text, what the squiggle is under, and what the finding says. */
  readonly finds: readonly (readonly [text: string, marked: string, data?: Extract<Finding, { code: C }>['data']])[];
  /** Texts that are right. */
  readonly passes: readonly string[];
  /** Texts that might be wrong, but that a template decides on. */
  readonly templated: readonly string[];
  /** A text, and the same after the first fix: nothing else changes, and the finding is gone. */
  readonly cures?: readonly (readonly [before: string, after: string])[];
  /** Texts with a finding for which there is no cure to offer. */
  readonly incurable?: readonly string[];
}

export function describeRule<C extends FindingCode>(title: string, cases: RuleCases<C>): void {
  const found = (text: string): readonly Finding[] =>
    findingsOf(readFile(text), cases.options).filter(({ code }) => code === cases.code);

  describe(`${cases.code}, ${title}`, () => {
    for (const [text, marked, data] of cases.finds) {
      it(`is found in ${shown(text)}`, () => {
        const [finding, ...others] = found(text);
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
        assert.deepEqual(found(text), []);
      });
    }
    for (const text of cases.templated) {
      it(`leaves to the template ${shown(text)}`, () => {
        assert.deepEqual(found(text), []);
      });
    }
    for (const [before, after] of cases.cures ?? []) {
      it(`is cured in ${shown(before)}`, () => {
        const result = applyFix(before, found(before)[0]?.fixes[0]);
        assert.equal(result, after);
        assert.deepEqual(found(result), []);
      });
    }
    for (const text of cases.incurable ?? []) {
      it(`has no cure in ${shown(text)}`, () => {
        const [finding] = found(text);
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
