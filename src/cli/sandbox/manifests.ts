import { deployedScopes, readFile } from '../../manifest';
import type { Manifest } from '../../manifest';
import type { SandboxExposedScope } from '../../sandbox';
import type { Fault } from '../faults';
import { findFiles } from '../files';
import type { GivenVariables } from '../options';
import { readTexts } from '../read';
import { prepareRendering } from '../variables';
import type { ConfiguredClient } from './config';

/** What manifests say of their workloads: each is a client with what it consumes, and owns what it exposes. */
export interface Declared {
  readonly clients: readonly ConfiguredClient[];
  readonly exposedScopes: readonly SandboxExposedScope[];
  readonly faults: readonly Fault[];
}

export interface DeclaringFiles extends GivenVariables {
  /** Files, folders and glob patterns, as given. */
  readonly manifests: readonly string[];
  readonly scopePrefix: string;
}

/** Reads the workloads of manifests. What only a template knows is left out, unless variables fill it in. */
export async function readDeclared(
  { manifests, scopePrefix, ...given }: DeclaringFiles,
  folder: string,
): Promise<Declared> {
  const found = await findFiles(manifests, folder);
  const { render, faults: renderFaults } = await prepareRendering(given, folder);
  const read = await readTexts(found.files, (file, text) => {
    const content = readFile(text);
    const rendered = content.kind === 'manifest' ? render?.(content) : undefined;
    const notRendered: Fault[] =
      rendered?.failure === undefined ? [] : [{ kind: 'not-rendered', path: file, finding: rendered.failure }];
    return { manifests: rendered?.manifests ?? content.documents.map(({ manifest }) => manifest), notRendered };
  });
  const all = read.results.flatMap((result) => result.manifests);
  const none: Fault[] =
    all.length > 0 || found.files.length === 0 ? [] : [{ kind: 'no-manifest', path: manifests.join(' ') }];
  return {
    clients: all.map(clientOf),
    exposedScopes: all.flatMap(({ exposes }) => deployedScopes(exposes, scopePrefix)),
    faults: [
      ...found.faults,
      ...renderFaults,
      ...read.faults,
      ...read.results.flatMap(({ notRendered }) => notRendered),
      ...none,
    ],
  };
}

function clientOf({ name, consumes }: Manifest, index: number): ConfiguredClient {
  const known = name !== undefined && !name.templated ? name.value : undefined;
  return {
    name: known ?? `workload-${index + 1}`,
    scopes: consumes.filter((scope) => !scope.name.templated).map((scope) => scope.name.value),
  };
}
