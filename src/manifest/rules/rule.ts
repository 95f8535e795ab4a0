import type { Finding, FindingCode, FindingData, Fix, Severity } from '../finding';
import type { KnownScopes } from '../knownScopes';
import type { Range } from '../model';
import type { ManifestSource } from '../read';
import type { Target } from '../target';

/** What a rule must know that the manifest does not say. */
export interface Circumstances {
  readonly target: Target;
  /** The cluster has no network policies (Nais: on-prem, FSS), so that no outbound rule has any effect. */
  readonly onPrem: boolean;
  /** What the cluster puts before the name of every exposed scope (Digdirator, `scope-prefix`). */
  readonly scopePrefix: string;
  readonly knownScopes: KnownScopes;
}

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
  readonly check: (source: ManifestSource, circumstances: Circumstances) => Iterable<Breach<C>>;
}

export type Rule = { [C in FindingCode]: RuleOf<C> }[FindingCode];

/** All breaches of one rule as findings, with ranges relative to the document. */
export function findingsOfRule(rule: Rule, source: ManifestSource, circumstances: Circumstances): Finding[] {
  const { code, severity, alsoInSchema } = rule;
  const breaches: Iterable<Breach<FindingCode>> = rule.check(source, circumstances);
  return Array.from(
    breaches,
    // The union of rules ties each code to its data; TypeScript loses the tie when it iterates over the union.
    (breach) => ({ code, severity, alsoInSchema, fixes: [], ...breach }) as Finding,
  );
}
