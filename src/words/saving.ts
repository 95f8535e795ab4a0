import type { Translate } from '../shared/localize';

/** Why a body could not be written, by the code of the file system (nodejs.org, "Common system errors"). */
export function wordSaveFailure(code: string, t: Translate): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return t('The disk is full.');
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return t('You may not write there.');
    case 'ENOENT':
    case 'ENOTDIR':
      return t('The folder is not there.');
    case 'EISDIR':
    case 'EEXIST':
      return t('Something else has this name there.');
    case 'ENAMETOOLONG':
      return t('The name is too long.');
    case 'EFBIG':
      return t('Files there cannot be so large.');
    default:
      return t('The file system says {code}.', { code });
  }
}
