import type { Translate } from '../shared/localize';
import type { KeysVerification, Verification } from '../maskinporten/verify';
import { wordProblem } from './problems';

/** What is known of a signature, in one sentence: "Signature verified with key … of …", or why not. */
export function wordVerification(
  verification: Verification,
  t: Translate,
): { readonly verified: boolean; readonly text: string } {
  if (verification.verified) {
    const { kid, issuer } = verification;
    return { verified: true, text: t('Signature verified with key {kid} of {issuer}', { kid, issuer }) };
  }
  return { verified: false, text: wordFault(verification, t) };
}

/** The same for keys that were pasted: whose they are is for the user to know. */
export function wordKeysVerification(
  verification: KeysVerification,
  t: Translate,
): { readonly verified: boolean; readonly text: string } {
  if (verification.verified) {
    return {
      verified: true,
      text: t('Signature verified with key {kid} of the pasted key set', { kid: verification.kid }),
    };
  }
  const { reason } = verification;
  switch (reason) {
    case 'keys-unreadable':
      return { verified: false, text: t('What was pasted is no JSON Web Key Set ({"keys": […]}).') };
    case 'unknown-key':
      return { verified: false, text: t('The pasted key set has no key with the id that it names.') };
    default:
      return { verified: false, text: wordFault({ verified: false, reason }, t) };
  }
}

function wordFault(fault: Exclude<Verification, { verified: true }>, t: Translate): string {
  switch (fault.reason) {
    case 'not-a-jwt':
      return t('It is no signed JWT, so there is no signature to check.');
    case 'unsigned':
      return t('It has no signature, so anyone could have written it.');
    case 'issuer':
      return t('It names another issuer than the one that it came from. No key was fetched.');
    case 'algorithm':
      return t('It is signed with another algorithm than RS256, RS384 or RS512.');
    case 'no-kid':
      return t('It does not say which key signed it.');
    case 'unknown-key':
      return t('The issuer publishes no key with the id that it names.');
    case 'signature':
      return t('The signature is wrong: this is not what the issuer signed.');
    case 'keys-unavailable': {
      const { title, cause } = wordProblem(fault.problem, t);
      return t('The keys of the issuer could not be fetched. {title} {cause}', { title, cause });
    }
  }
}
