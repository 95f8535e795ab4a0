import assert from 'node:assert/strict';
import type { Finding, FindingCode, Fix } from '../../../src/manifest';
import { findingsOf, readFile } from '../../../src/manifest';

/** A workload around `maskinporten`, whose lines are given as they stand under `spec`, indented by two. */
export function application(...maskinporten: readonly string[]): string {
  return [
    'apiVersion: nais.io/v1alpha1',
    'kind: Application',
    'metadata:',
    '  name: app',
    '  namespace: team',
    'spec:',
    '  image: {{image}}',
    '  accessPolicy: {outbound: {external: [{host: api.example.no}]}}',
    '  maskinporten:',
    '    enabled: true',
    ...maskinporten,
    '',
  ].join('\n');
}

/** A workload that consumes the items, each a line that stands under `consumes`. */
export function consuming(...items: readonly string[]): string {
  return application('    scopes:', '      consumes:', ...items.map((item) => `        ${item}`));
}

export function findings(text: string): readonly Finding[] {
  return findingsOf(readFile(text));
}

export function codes(text: string): readonly FindingCode[] {
  return findings(text).map(({ code }) => code);
}

/** The only finding of a text, which must have the code. */
export function only<C extends FindingCode>(code: C, text: string): Extract<Finding, { code: C }> {
  const [finding, ...others] = findings(text);
  assert.deepEqual(
    [finding, ...others].map((each) => each?.code),
    [code],
  );
  return finding as Extract<Finding, { code: C }>;
}

/** The text after a fix, whose edits must lie in the text and not overlap. */
export function applyFix(text: string, fix: Fix | undefined): string {
  assert.ok(fix, 'no such fix');
  const edits = [...fix.edits].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  let result = '';
  let end = 0;
  for (const { range, newText } of edits) {
    assert.ok(end <= range.start && range.start <= range.end && range.end <= text.length, 'overlapping edits');
    result += text.slice(end, range.start) + newText;
    end = range.end;
  }
  return result + text.slice(end);
}

/** Applies the first fix of the only finding, asserts that the finding is gone, and gives the new text. */
export function fixed(code: FindingCode, text: string): string {
  const result = applyFix(text, only(code, text).fixes[0]);
  assert.ok(!codes(result).includes(code), `${code} is still there:\n${result}`);
  return result;
}

export function cut(text: string, { start, end }: { readonly start: number; readonly end: number }): string {
  return text.slice(start, end);
}
