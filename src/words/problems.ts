import type { KeyFault, Problem } from '../maskinporten/problem';
import type { Translate } from '../shared/localize';
import { wordNetworkProblem, type NetworkProblem } from './networkProblems';
import { wordRefusal, type RefusalProblem } from './refusals';
import { wordTexasProblem, type TexasProblem } from './texas';

/** A failed step in the user's language: what happened, the likeliest cause, what to do. Plain text. */
export interface ProblemWords {
  readonly title: string;
  readonly cause: string;
  readonly cure: string;
  /** What the other side said in its own words, for those who want to see it. */
  readonly detail?: string;
  /** Digdir's own page about this refusal. */
  readonly link?: string;
}

/** Explains every Problem. Facts about Maskinporten's refusals are from Digdir's page "Troubleshooting". */
export function wordProblem(problem: Problem, t: Translate): ProblemWords {
  if (isTexasProblem(problem)) return wordTexasProblem(problem, t);
  if (isRefusal(problem)) return wordRefusal(problem, t);
  if (isNetworkProblem(problem)) return wordNetworkProblem(problem, t);
  switch (problem.code) {
    case 'token/unreadable':
    case 'discovery/unreadable':
    case 'jwks/unreadable':
      return wordUnreadable(problem, t);
    case 'discovery/issuer-mismatch':
      return {
        title: t('The issuer calls itself by another name.'),
        cause: t(
          'The credential is for {expected}, the metadata says {actual}. They must agree to the letter, a slash at the end included.',
          { expected: problem.expected, actual: problem.actual },
        ),
        cure: t('Check the issuer URL of the credential. No grant was sent.'),
      };
    case 'discovery/endpoint-refused':
      return {
        title: t('The issuer’s metadata name an address that is not safe to use.'),
        cause: t(
          '{member} is {endpoint}. It must use https, or stay on this machine, and for Maskinporten itself be on the issuer’s own host.',
          { member: problem.member, endpoint: problem.endpoint },
        ),
        cure: t('Check the issuer URL, and whether something on the network answers in its place. No grant was sent.'),
      };
    case 'workspace/untrusted':
      return {
        title: t('This workspace is not trusted.'),
        cause: t('In Restricted Mode nothing is signed and nothing is sent.'),
        cure: t('Trust the workspace, if you trust its files, and try again.'),
      };
    case 'production/not-confirmed':
      return {
        title: t('Nothing was sent: production was not confirmed.'),
        cause: t('A production token gives access to real data, so it is fetched and sent only once you confirm.'),
        cure: t('Try again and confirm, or select another environment.'),
      };
    case 'credential/unavailable':
      return {
        title: t('The private key of {name} is not available.', { name: problem.name }),
        cause:
          problem.reason === 'missing'
            ? t('The secret store of this machine no longer has it.')
            : t('The secret store of this machine could not be read. Its keyring may be locked or missing.'),
        cure: t('Unlock the keyring and try again, or add the credential again.'),
      };
    case 'grant/key-unusable':
      return wordKeyFault(problem, t);
    case 'grant/bad-request':
      return wordClaimFault(problem, t);
    default:
      return wordRequestFault(problem, t);
  }
}

type Of<C extends Problem['code']> = Extract<Problem, { code: C }>;

function isRefusal(problem: Exclude<Problem, TexasProblem>): problem is RefusalProblem {
  return 'refusal' in problem;
}

function isTexasProblem(problem: Problem): problem is TexasProblem {
  return problem.code.startsWith('texas/');
}

function isNetworkProblem(problem: Problem): problem is NetworkProblem {
  return problem.code.startsWith('network/');
}

function wordUnreadable(
  { code, status, contentType }: Of<'token/unreadable' | 'discovery/unreadable' | 'jwks/unreadable'>,
  t: Translate,
): ProblemWords {
  const title = {
    'token/unreadable': t('The issuer’s answer is neither a token nor a refusal.'),
    'discovery/unreadable': t('The metadata of the issuer was not found.'),
    'jwks/unreadable': t('The issuer’s keys could not be read.'),
  }[code];
  const type = contentType ?? t('no content type');
  const cause = t('It answered {status} with {type}.', { status, type });
  if (status === 429) return { title, cause, cure: t('Too many requests. Wait a minute and try again.') };
  if (status >= 500)
    return { title, cause, cure: t('The issuer has trouble of its own. Wait a little and try again.') };
  if (status >= 300 && status < 400) {
    return { title, cause, cure: t('It points elsewhere, which is not followed. Check the issuer URL.') };
  }
  if (/\bhtml\b/i.test(type)) {
    return {
      title,
      cause,
      cure: t(
        'A web page in place of an answer may come from a proxy or a network that wants a login. Open the issuer in a browser and see.',
      ),
    };
  }
  return { title, cause, cure: t('Check the issuer URL of the credential: it may be another server that answers.') };
}

/** Why a private key cannot sign grants. */
export function wordKeyFault({ reason }: { readonly reason: KeyFault }, t: Translate): ProblemWords {
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

function wordClaimFault({ claim, reason, sent }: Of<'grant/bad-request'>, t: Translate): ProblemWords {
  const title = t('The grant would be refused: {claim} is not valid. Nothing was sent.', { claim });
  const value = sent[0]?.value ?? '';
  switch (reason) {
    case 'empty':
      return { title, cause: t('{claim} is empty.', { claim }), cure: t('Fill it in and try again.') };
    case 'illegal-characters':
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
  }
}

function wordRequestFault(problem: Extract<Problem, { code: `request/${string}` }>, t: Translate): ProblemWords {
  switch (problem.code) {
    case 'request/insecure-url':
      return {
        title: t('Not sent: {url} would go over the network unprotected.', { url: problem.url }),
        cause: t('http shows the request, its token included, to everyone on the way.'),
        cure: t('Use https. Plain http is for this machine only: localhost and 127.0.0.1.'),
      };
    case 'request/bad-url':
      return {
        title: t('Not sent: “{url}” is not a URL.', { url: problem.url }),
        cause: t('A request needs a whole URL with scheme and host.'),
        cure: t('Write it with https:// in front.'),
      };
    case 'request/url-credentials':
      return {
        title: t('Not sent: the URL has a user name or a password in it.'),
        cause: t('Addresses end up in logs and histories, and so would the password.'),
        cure: t('Take it out of the URL.'),
      };
    case 'request/bad-method':
      return {
        title: t('Not sent: “{method}” is not a method that can be used here.', { method: problem.method }),
        cause: t('A method is one word, and CONNECT and TRACE are left out because of the token.'),
        cure: t('Use GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS.'),
      };
    case 'request/bad-header':
      return {
        title: t('Not sent: the header “{header}” is not valid.', { header: problem.header }),
        ...wordHeaderFault(problem, t),
      };
    case 'request/sandbox-token-elsewhere':
      return {
        title: t('Not sent: a sandbox token does not go to {host}.', { host: problem.host }),
        cause: t('The sandbox signs with a key of its own, so no other API would accept its tokens.'),
        cure: t('Choose a credential for Test or Prod, or send to an API on this machine.'),
      };
  }
}

function wordHeaderFault({ reason }: Of<'request/bad-header'>, t: Translate): Pick<ProblemWords, 'cause' | 'cure'> {
  switch (reason) {
    case 'illegal-name':
      return {
        cause: t('Names of headers have letters, digits and a few signs, and no spaces.'),
        cure: t('Correct the name.'),
      };
    case 'illegal-value':
      return {
        cause: t('Its value has a line break or another character that headers cannot have.'),
        cure: t('Take the character out. A header takes plain characters only: encode the others.'),
      };
    case 'set-by-transport':
      return {
        cause: t('This header is made from the URL, the body and the connection, and must fit them.'),
        cure: t('Remove it.'),
      };
    case 'authorization-beside-token':
      return {
        cause: t('The request has a token already, which is sent in Authorization.'),
        cure: t('Remove the header, or choose to send without a token.'),
      };
    case 'illegal-token':
      return {
        cause: t('The token has characters that a header cannot have.'),
        cure: t('Get a new token.'),
      };
  }
}
