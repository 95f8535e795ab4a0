import type { Finding, FindingCode, FindingData, Fix, Severity } from '../finding';
import type { Range } from '../model';
import type { ManifestSource } from '../read';

/** One place where a rule is broken. What is left out is as in the rule. */
export interface Breach<C extends FindingCode> {
  readonly range: Range;
  readonly data: FindingData[C];
  readonly fixes?: readonly Fix[];
  readonly severity?: Severity;
  readonly alsoInSchema?: boolean;
}

interface RuleOf<C extends FindingCode> {
  readonly code: C;
  readonly severity: Severity;
  /** The published JSON schema of Nais has the same rule. */
  readonly alsoInSchema: boolean;
  /** Finds the breaches in one manifest, and their fixes. Judges nothing that a template touches. */
  readonly check: (source: ManifestSource) => Iterable<Breach<C>>;
}

export type Rule = { [C in FindingCode]: RuleOf<C> }[FindingCode];

/** All breaches of one rule as findings, with ranges relative to the document. */
export function findingsOfRule(rule: Rule, source: ManifestSource): Finding[] {
  const { code, severity, alsoInSchema } = rule;
  const breaches: Iterable<Breach<FindingCode>> = rule.check(source);
  return Array.from(
    breaches,
    // The union of rules ties each code to its data; TypeScript loses the tie when it iterates over the union.
    (breach) => ({ code, severity, alsoInSchema, fixes: [], ...breach }) as Finding,
  );
}
