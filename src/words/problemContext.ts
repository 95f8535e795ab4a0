import type { Manifest } from '../manifest';
import type { ProvisioningFacts } from '../maskinporten/provisioning';
import type { ProblemContext } from './scopeRefusal';

/**
 * What a manifest tells about a refusal: which scopes it consumes, and whose MaskinportenClient it is. Says nothing of
 * what a template decides at deploy. `provisioning` is what the cluster said of that client, if anybody asked.
 */
export function problemContextOf(
  manifest: Manifest | undefined,
  provisioning: ProvisioningFacts | undefined,
): ProblemContext {
  const cluster = provisioning && { provisioning };
  if (!manifest) return { ...cluster };
  const { consumes, name, namespace } = manifest;
  const isComplete = !consumes.some((scope) => scope.name.templated);
  return {
    ...cluster,
    ...(isComplete && { declaredScopes: consumes.map((scope) => scope.name.value).filter((scope) => scope !== '') }),
    ...(name &&
      namespace &&
      !name.templated &&
      !namespace.templated && { workload: { workload: name.value, team: namespace.value } }),
  };
}
