import type { CaFileFault } from '../http/caFile';
import type { Translate } from '../shared/localize';

/** Why the certificates of `file`, the value of `maskinporten.http.caFile`, are not in use, and what to do about it. */
export function wordCaFileFault(fault: CaFileFault, file: string, t: Translate): string {
  switch (fault) {
    case 'relative':
      return t(
        'The CA file {file} is not used: maskinporten.http.caFile takes an absolute path, or one that begins with ~/.',
        { file },
      );
    case 'missing':
      return t(
        'The CA file {file} is not used: it cannot be read. Correct maskinporten.http.caFile, or empty it to trust the system’s certificates alone.',
        { file },
      );
    case 'none':
      return t(
        'The CA file {file} is not used: there is no certificate in it. It takes PEM, from BEGIN CERTIFICATE to END CERTIFICATE.',
        { file },
      );
    case 'unreadable':
      return t(
        'The CA file {file} is not used: what stands there as a certificate is damaged. Export the certificate once more, as PEM.',
        { file },
      );
  }
}
