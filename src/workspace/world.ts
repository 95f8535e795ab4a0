import { deployedScopes } from '../manifest';
import { workloadKey } from '../shared/workload';
import { isNamed, type WorkloadReadings } from './workloadReadings';

/** The workloads and exposed scopes of all known manifests as they are once deployed, without what only a template knows. */
export function worldOf(readings: WorkloadReadings, scopePrefix: string) {
  const documents = readings.all.map(({ source, workload, manifest: { consumes, exposes } }) => {
    const key = workloadKey({ manifestUri: source.uri.toString(), workload });
    return { key, name: workload, consumes, exposes };
  });
  return {
    workloads: documents.map(({ key, name, consumes }) => ({
      key,
      name,
      scopes: consumes.filter(isNamed).map((scope) => scope.name.value),
    })),
    exposedScopes: documents.flatMap(({ exposes }) => deployedScopes(exposes, scopePrefix)),
  };
}
