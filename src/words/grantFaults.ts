import type { CertificateFault, KeyFault, ProblemOf } from '../maskinporten/problem';
import type { Translate } from '../shared/localize';
import type { Explanation } from './problems';

/** Why a private key cannot sign grants. */
export function wordKeyFault({ reason }: { readonly reason: KeyFault }, t: Translate): Explanation {
  const title = t('This private key cannot sign grants.');
  const importAgain = t('Copy the whole value of MASKINPORTEN_CLIENT_JWK and add the credential again.');
  switch (reason) {
    case 'unreadable':
      return {
        title,
        cause: t('It is not the JSON of one private RSA key (JWK), or a part of it is missing.'),
        cure: importAgain,
      };
    case 'not-private':
      return { title, cause: t('It is the public half of a key.'), cure: importAgain };
    case 'inconsistent':
      return { title, cause: t('Its private and its public half do not belong together.'), cure: importAgain };
    case 'no-kid':
      return {
        title,
        cause: t('It has no key id (kid), and Maskinporten finds keys by it.'),
        cure: t('Add the "kid" under which the public key is registered at Digdir.'),
      };
    case 'not-rsa':
      return {
        title,
        cause: t('It is not an RSA key, and Maskinporten accepts RSA keys only.'),
        cure: t('Take the key that Nais made for the app (MASKINPORTEN_CLIENT_JWK), or register an RSA key.'),
      };
    case 'too-short':
      return {
        title,
        cause: t('It is shorter than 2048 bits.'),
        cure: t('Register a key of 2048 bits, or take the one that Nais made for the app (MASKINPORTEN_CLIENT_JWK).'),
      };
    case 'unsupported-alg':
      return {
        title,
        cause: t('Its "alg" is none of RS256, RS384 and RS512.'),
        cure: t('Set "alg" to the one under which the key is registered. Keys from Nais have RS256.'),
      };
  }
}

/** Why a certificate chain cannot stand in a grant. */
export function wordCertificateFault({ reason }: { readonly reason: CertificateFault }, t: Translate): Explanation {
  const title = t('This certificate cannot be used for grants.');
  switch (reason) {
    case 'unreadable':
      return {
        title,
        cause: t('It is not in PEM, or a part of it is missing.'),
        cure: t('Export the whole chain as PEM, from BEGIN CERTIFICATE to END CERTIFICATE.'),
      };
    case 'not-for-this-key':
      return {
        title,
        cause: t('None of the certificates belongs to the private key.'),
        cure: t('Export key and certificate from the same place.'),
      };
    case 'broken-chain':
      return {
        title,
        cause: t('One of the certificates is not part of the chain.'),
        cure: t('Keep the business certificate and those that issued it, and leave out all others.'),
      };
    case 'expired':
      return {
        title,
        cause: t('A certificate in the chain has expired.'),
        cure: t('Order a new business certificate, and add the credential again.'),
      };
    case 'not-yet-valid':
      return {
        title,
        cause: t('A certificate in the chain is not valid yet, or the clock of this machine is wrong.'),
        cure: t('Check the clock of this machine.'),
      };
  }
}

/** Why a claim would be refused, before it is sent. */
export function wordClaimFault(
  { claim, reason, sent, member = '' }: ProblemOf<'grant/bad-request'>,
  t: Translate,
): Explanation {
  const title = t('The grant would be refused: {claim} is not valid. Nothing was sent.', { claim });
  const value = sent[0]?.value ?? '';
  switch (reason) {
    case 'empty':
      return { title, cause: t('{claim} is empty.', { claim }), cure: t('Fill it in and try again.') };
    case 'illegal-characters':
      if (claim === 'iss') {
        return {
          title,
          cause: t('The client id has a space or another character that client ids cannot have.'),
          cure: t('Copy MASKINPORTEN_CLIENT_ID again, without what surrounds it.'),
        };
      }
      return {
        title,
        cause: t('The scope “{scope}” has a space or another character that scopes cannot have.', { scope: value }),
        cure: t('Correct it in the manifest. Several scopes are several items of the list.'),
      };
    case 'not-nine-digits':
      return {
        title,
        cause: t('“{value}” is not an organisation number.', { value }),
        cure: t('Write its nine digits, without spaces and without 0192: in front.'),
      };
    case 'not-absolute-uri':
      return {
        title,
        cause: t('“{value}” is not an absolute URI.', { value }),
        cure: t('Write the whole URI, as the API’s owner gives it, with https:// in front.'),
      };
    case 'has-fragment':
      return {
        title,
        cause: t('“{value}” has a fragment, the part after #.', { value }),
        cure: t('Leave the fragment out.'),
      };
    case 'not-objects':
      return {
        title,
        cause: t('{claim} must be a list of JSON objects, with one at least.', { claim }),
        cure: t('Write it as [{"type": …}].'),
      };
    case 'no-type':
      return {
        title,
        cause: t('One of the objects has no "type".'),
        cure: t('Add the type, such as urn:altinn:systemuser.'),
      };
    case 'not-eleven-digits':
      return {
        title,
        cause: t('A national identity number has eleven digits.'),
        cure: t('Write them without spaces. It is not shown here, so that it does not end up in a picture or a log.'),
      };
    case 'check-digit':
      return {
        title,
        cause: t('Its last two digits do not fit the others, so it is nobody’s national identity number.'),
        cure: t('Correct it. In Test, use a person from Tenor.'),
      };
    case 'too-long':
      return {
        title,
        cause: t('A grant may live from 1 to 120 whole seconds, and this one would live {value}.', { value }),
        cure: t('Set the lifetime of grants to 120 seconds or less.'),
      };
    case 'one-party':
      return {
        title,
        cause: t('It names two system users, and a grant is for one.'),
        cure: t('Get a token for each of them.'),
      };
    case 'unknown-member':
      return {
        title,
        cause: t('{member} is no member of this type, and Maskinporten refuses those that it does not know.', {
          member,
        }),
        cure: t('Compare with the form of the type: names are read to the letter.'),
      };
    case 'missing-member':
      return { title, cause: t('{member} is missing.', { member }), cure: t('Fill it in and try again.') };
    case 'bad-member':
      return {
        title,
        cause: t('The value of {member} does not have its form.', { member }),
        cure: t(
          'Organisations are written 0192: and nine digits in a system user; consents name a UUID, and persons and organisations by Altinn’s URNs.',
        ),
      };
  }
}
