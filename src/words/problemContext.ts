import type { Manifest } from '../manifest';
import type { ProblemContext } from './scopeRefusal';

/**
 * What a manifest tells about a refusal: which scopes it consumes, and whose MaskinportenClient it is. Says nothing of
 * what a template decides at deploy.
 */
export function problemContextOf(manifest: Manifest | undefined): ProblemContext {
  if (!manifest) return {};
  const { consumes, name, namespace } = manifest;
  const isComplete = !consumes.some((scope) => scope.name.templated);
  return {
    ...(isComplete && { declaredScopes: consumes.map((scope) => scope.name.value).filter((scope) => scope !== '') }),
    ...(name &&
      namespace &&
      !name.templated &&
      !namespace.templated && { workload: { workload: name.value, team: namespace.value } }),
  };
}
