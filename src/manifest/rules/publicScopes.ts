import type { PublicEntry } from '../publicScopes';
import { faultOf } from '../publicScopes';
import type { ManifestSource } from '../read';
import type { Breach, Circumstances, Rule } from './rule';
import { isUsualScope, singleScopes } from './scopes';

/** Rules that hold consumed scopes against Digdir's registry, where the user has fetched it. */
export const publicScopeRules: readonly Rule[] = [
  { code: 'NM016', severity: 'hint', alsoInSchema: false, check: notListed },
  { code: 'NM017', severity: 'warning', alsoInSchema: false, check: notForMaskinporten },
];

/** Nothing is said of a scope that is known otherwise, or that another rule finds fault with. */
function* notListed(source: ManifestSource, { target, knownScopes }: Circumstances): Iterable<Breach<'NM016'>> {
  for (const { scope, name } of singleScopes(source)) {
    const entries = knownScopes.publicScopes.lookup(scope, target);
    const isListed = entries.some(({ entry }) => entry !== undefined);
    const isLeft = !isUsualScope(scope) || knownScopes.isKnownOtherwise(scope) || knownScopes.near(scope) !== undefined;
    if (entries.length > 0 && !isListed && !isLeft) {
      yield { range: name.range, data: { scope, ...whereOf(entries) } };
    }
  }
}

/** Where the target is not known, the scope must be of no use in either environment that lists it. */
function* notForMaskinporten(
  source: ManifestSource,
  { target, knownScopes }: Circumstances,
): Iterable<Breach<'NM017'>> {
  for (const { scope, name } of singleScopes(source)) {
    const listed = knownScopes.publicScopes.lookup(scope, target).filter(({ entry }) => entry !== undefined);
    const faults = listed.map(({ entry }) => entry && faultOf(entry));
    const [problem] = faults;
    if (problem !== undefined && faults.every((fault) => fault !== undefined)) {
      yield { range: name.range, data: { scope, problem, ...whereOf(listed) } };
    }
  }
}

function whereOf(entries: readonly PublicEntry[]) {
  return {
    environments: entries.map(({ environment }) => environment),
    fetchedAtMs: Math.min(...entries.map(({ fetchedAtMs }) => fetchedAtMs)),
  };
}
