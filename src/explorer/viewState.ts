import type { FileKind } from '../manifest';
import type { ContextKeys } from '../platform/contextKeys';

export type ViewState = ContextKeys['maskinporten.view'];

/** What decides on what the view shows. */
export interface ViewFacts {
  readonly hasFolder: boolean;
  readonly wholeWorkspace: boolean;
  /** What the file of the active editor is; nothing where there is none, or nobody would take it for a manifest. */
  readonly activeKind: FileKind | 'too-large' | undefined;
  readonly workloads: readonly { readonly hasBlock: boolean; readonly isShown: boolean }[];
  /** The usual places have been looked through. */
  readonly isReady: boolean;
  /** The whole workspace is being looked through. */
  readonly isSearching: boolean;
}

/** The reason for an empty tree, or `scopes` when there is something to show. */
export function viewState(facts: ViewFacts): ViewState {
  const { hasFolder, wholeWorkspace, activeKind, workloads, isReady, isSearching } = facts;
  if (!wholeWorkspace) {
    if (activeKind === 'helm' || activeKind === 'variables') return activeKind;
    if (activeKind === 'too-large') return 'tooLarge';
  }
  if (workloads.some(({ hasBlock }) => hasBlock)) {
    const isListed = workloads.some(({ hasBlock, isShown }) => isShown && (hasBlock || !wholeWorkspace));
    return isListed ? 'scopes' : 'filtered';
  }
  if (isSearching) return 'searching';
  if (workloads.length > 0) return wholeWorkspace ? 'noBlockAnywhere' : 'noBlock';
  if (!hasFolder) return 'noFolder';
  if (!isReady) return 'loading';
  return wholeWorkspace ? 'noManifestAnywhere' : 'noManifest';
}
