import type { SavedPart, SaveFault } from '../http/savedRequests';
import type { SavedEntryFault, SavedFileFault } from '../http/savedRequestsFile';
import type { Translate } from '../shared/localize';

/** Why a request does not belong into a file that is shared. */
export function wordSaveFault(fault: SaveFault, t: Translate): string {
  switch (fault.kind) {
    case 'token':
      return t('There is a token or a private key in it ({part}).', { part: partWords(fault.part, t) });
    case 'secret-header':
      return t('The header {header} has a secret in it.', { header: fault.header });
    case 'secret-in-url':
      return t(
        'There is a password or another secret in the URL. Send it in a header instead: its value is kept apart.',
      );
    case 'secret-in-body':
      return t('The body has a value that is named as a secret.');
    case 'person':
      return t('There is a national identity number in it ({part}).', { part: partWords(fault.part, t) });
  }
}

function partWords(part: SavedPart, t: Translate): string {
  switch (part) {
    case 'name':
      return t('the name');
    case 'method':
      return t('the method');
    case 'url':
      return t('the URL');
    case 'headers':
      return t('the headers');
    case 'body':
      return t('the body');
    case 'scopes':
      return t('the scopes');
    case 'resource':
      return t('the resource');
  }
}

/** Why a file of saved requests cannot be read. It is left as it is. */
export function wordSavedFileFault({ kind, line }: SavedFileFault, file: string, t: Translate): string {
  switch (kind) {
    case 'syntax':
      return t('{file} is not valid JSON: see line {line}. Nothing in it was changed.', { file, line });
    case 'version':
      return t(
        '{file} is of a version that this extension does not know: see line {line}. Nothing in it was changed.',
        {
          file,
          line,
        },
      );
    case 'no-list':
      return t('{file} has no list of requests: see line {line}. Nothing in it was changed.', { file, line });
  }
}

/** Why a request in the file is not shown. The others are. */
export function wordSavedEntryFault({ member, line }: SavedEntryFault, file: string, t: Translate): string {
  switch (member) {
    case 'request':
      return t('{file}, line {line}: this is not a request.', { file, line });
    case 'name':
    case 'method':
    case 'url':
      return t('{file}, line {line}: the request has no {member}.', { file, line, member });
    case 'headers':
      return t('{file}, line {line}: headers is a list of texts such as “Accept: application/json”.', { file, line });
    case 'body':
      return t('{file}, line {line}: body is a text, or a list of its lines.', { file, line });
    case 'scopes':
      return t('{file}, line {line}: scopes is a list of names.', { file, line });
    case 'resource':
      return t('{file}, line {line}: resource is a text.', { file, line });
  }
}
