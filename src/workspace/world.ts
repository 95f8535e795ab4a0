import { exposedScopeName } from '../manifest';
import { workloadKey } from '../shared/workload';
import { workloadName, type Manifests } from './manifests';

/** The workloads and exposed scopes of all known manifests, without what only a template knows. */
export function worldOf(manifests: Manifests, scopePrefix: string) {
  const documents = manifests.all.flatMap(({ uri, file }) =>
    file.documents.map((document, index) => {
      const name = workloadName(document, index);
      const { consumes, exposes } = document.manifest;
      return { key: workloadKey({ manifestUri: uri.toString(), workload: name }), name, consumes, exposes };
    }),
  );
  return {
    workloads: documents.map(({ key, name, consumes }) => ({
      key,
      name,
      scopes: consumes.filter((scope) => !scope.name.templated).map((scope) => scope.name.value),
    })),
    exposedScopes: documents
      .flatMap(({ exposes }) => exposes)
      .filter(({ product, name }) => !product.templated && !name.templated)
      .map((scope) => ({
        name: exposedScopeName(scope, scopePrefix),
        atMaxAgeSeconds: scope.atMaxAgeSeconds?.templated ? undefined : scope.atMaxAgeSeconds?.value,
      })),
  };
}
