import type { Finding } from '../finding';
import type { ManifestSource } from '../read';
import { blockRules } from './block';
import { consumersRules } from './consumers';
import { consumesRules } from './consumes';
import { documentRules } from './document';
import { envRules } from './env';
import { exposedOptionRules } from './exposedOptions';
import { exposesRules } from './exposes';
import { outboundRules } from './outbound';
import { portsRules } from './ports';
import { publicScopeRules } from './publicScopes';
import { reachRules } from './reach';
import type { Circumstances, Rule } from './rule';
import { findingsOfRule } from './rule';
import { scopeNameRules } from './scopeNames';
import { structureRules } from './structure';
import { suppressionsIn } from './suppression';

export const RULES: readonly Rule[] = [
  ...documentRules,
  ...blockRules,
  ...structureRules,
  ...consumesRules,
  ...scopeNameRules,
  ...publicScopeRules,
  ...exposesRules,
  ...exposedOptionRules,
  ...consumersRules,
  ...outboundRules,
  ...portsRules,
  ...reachRules,
  ...envRules,
];

/**
 * Checks one manifest against every rule; findings in the order of the text, ranges relative to the document, without
 * those that a comment in the text silences.
 */
export function findingsIn(source: ManifestSource, circumstances: Circumstances): readonly Finding[] {
  const suppressions = suppressionsIn(source.templates.masked);
  const judged = { ...source, derived: new Map<unknown, unknown>() };
  return RULES.flatMap((rule) => findingsOfRule(rule, judged, circumstances))
    .filter(({ code, range }) => !suppressions.cover(code, range.start))
    .sort((a, b) => a.range.start - b.range.start || a.code.localeCompare(b.code));
}
