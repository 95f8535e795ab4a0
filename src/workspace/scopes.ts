import { exposedScopeName, type ConsumedScope, type ExposedScope, type ManifestDocument } from '../manifest';
import { workloadName, type Manifests, type ManifestSource } from './manifests';

/** A workload of a file of the workspace that has to do with a scope. */
interface Involved {
  readonly source: ManifestSource;
  readonly document: ManifestDocument;
  readonly workload: string;
}

export interface ScopeExposure extends Involved {
  readonly scope: ExposedScope;
  readonly fullName: string;
}

export interface ScopeConsumption extends Involved {
  readonly scope: ConsumedScope;
}

/** Every scope that a manifest exposes under a name that no template makes; `prefix` is what the cluster puts before it. */
export function exposuresIn(manifests: Manifests, prefix: string): readonly ScopeExposure[] {
  return involved(manifests).flatMap((place) =>
    place.document.manifest.exposes
      .filter(({ product, name }) => !product.templated && !name.templated)
      .map((scope) => ({ ...place, scope, fullName: exposedScopeName(scope, prefix) })),
  );
}

/** Every place where a manifest consumes the scope. */
export function consumptionsOf(manifests: Manifests, fullName: string): readonly ScopeConsumption[] {
  return involved(manifests).flatMap((place) =>
    place.document.manifest.consumes
      .filter(({ name }) => !name.templated && name.value === fullName)
      .map((scope) => ({ ...place, scope })),
  );
}

function involved(manifests: Manifests): readonly Involved[] {
  return manifests.all.flatMap((source) =>
    source.file.documents.map((document, index) => ({ source, document, workload: workloadName(document, index) })),
  );
}
