import type { Finding } from '../finding';
import type { ManifestSource } from '../read';
import { consumesRules } from './consumes';
import type { Rule } from './rule';
import { findingsOfRule } from './rule';
import { scopeNameRules } from './scopeNames';
import { structureRules } from './structure';

const RULES: readonly Rule[] = [...structureRules, ...consumesRules, ...scopeNameRules];

/** Checks one manifest against every rule; findings in the order of the text, ranges relative to the document. */
export function findingsIn(source: ManifestSource): readonly Finding[] {
  return RULES.flatMap((rule) => findingsOfRule(rule, source)).sort(
    (a, b) => a.range.start - b.range.start || a.code.localeCompare(b.code),
  );
}
