import type { Translate } from '../shared/localize';
import type { ActiveEnvironment } from '../state/environments';
import type { ViewState } from './viewState';

export interface ViewSituation {
  readonly state: ViewState;
  readonly environment: Pick<ActiveEnvironment, 'label' | 'kind'>;
  readonly filter: string;
  readonly wholeWorkspace: boolean;
  /** The name of the file in the active editor. */
  readonly activeFile: string | undefined;
  readonly isTrusted: boolean;
  /** The rows are those of an earlier reading. */
  readonly isOutdated: boolean;
  /** There are more manifests than were looked for. */
  readonly hitBound: boolean;
  /** What goes wrong in the sandbox on purpose, in words. */
  readonly scenarios: readonly string[];
}

/** The words around the tree. A message hides the welcome text of an empty tree, so it has one only beside rows. */
export function describeView(situation: ViewSituation, t: Translate) {
  const { state, environment, filter, wholeWorkspace, activeFile } = situation;
  const namesFile = state === 'helm' || state === 'variables' || state === 'tooLarge' || state === 'noBlock';
  const description = namesFile
    ? activeFile
    : filter !== ''
      ? t('“{filter}”', { filter })
      : wholeWorkspace
        ? t('whole workspace')
        : undefined;
  return { title: environment.label, description, message: state === 'scopes' ? messageOf(situation, t) : '' };
}

/** The one thing that matters most. */
function messageOf(situation: ViewSituation, t: Translate): string {
  const { isTrusted, isOutdated, hitBound, environment, filter, scenarios } = situation;
  if (isOutdated) return t('The manifest cannot be read as it stands. These are its scopes from before.');
  // The description may have no room beside the icons.
  if (filter !== '') return t('Only what matches “{filter}” is shown.', { filter });
  if (!isTrusted) {
    return t('Restricted Mode: manifests are read and checked. Tokens and requests need a trusted workspace.');
  }
  if (hitBound) return t('The workspace has more manifests than are shown here: the search stopped at its limit.');
  if (scenarios.length > 0) {
    return t('On purpose, in the sandbox: {scenarios}.', { scenarios: scenarios.join(', ') });
  }
  if (environment.kind === 'sandbox') {
    return t('The sandbox grants what is declared here. The real Maskinporten needs the owner’s grant first.');
  }
  return '';
}
