import type { Problem } from '../maskinporten/problem';
import type { Translate } from '../shared/localize';
import type { Remedy } from '../shared/remedy';
import { wordAltinnProblem, type AltinnProblem } from './altinn';
import { wordCertificateFault, wordClaimFault, wordKeyFault } from './grantFaults';
import { wordNetworkProblem, type NetworkProblem } from './networkProblems';
import { wordRefusal, type RefusalProblem } from './refusals';
import { remediesFor } from './remedies';
import type { ProblemContext } from './scopeRefusal';
import { wordTexasProblem, type TexasProblem } from './texas';
import { wordUnreadable } from './unreadable';

/** What happened, the likeliest cause, what to do. Plain text. */
export interface Explanation {
  readonly title: string;
  readonly cause: string;
  readonly cure: string;
  /** What the other side said in its own words, for those who want to see it. */
  readonly detail?: string;
  /** Digdir's own page about this refusal. */
  readonly link?: string;
}

/** A failed step in the user's language. */
export interface ProblemWords extends Explanation {
  /** What can be done with one click, the likeliest cure first. */
  readonly actions: readonly Remedy[];
}

/**
 * Explains every Problem. Facts about Maskinporten's refusals are from Digdir's page "Troubleshooting". `context` is
 * what the caller knows of the manifest and its workload: without it the words say what may be.
 */
export function wordProblem(problem: Problem, t: Translate, context: ProblemContext = {}): ProblemWords {
  const explanation = explain(problem, t, context);
  return { ...explanation, actions: remediesFor(problem, context, explanation.link) };
}

function explain(problem: Problem, t: Translate, context: ProblemContext): Explanation {
  if (isTexasProblem(problem)) return wordTexasProblem(problem, t);
  if (isRefusal(problem)) return wordRefusal(problem, t, context);
  if (isNetworkProblem(problem)) return wordNetworkProblem(problem, t);
  if (isAltinnProblem(problem)) return wordAltinnProblem(problem, t);
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
    case 'grant/certificate-unusable':
      return wordCertificateFault(problem, t);
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

function isAltinnProblem(problem: Problem): problem is AltinnProblem {
  return problem.code.startsWith('altinn/');
}

function isNetworkProblem(problem: Problem): problem is NetworkProblem {
  return problem.code.startsWith('network/');
}

function wordRequestFault(problem: Extract<Problem, { code: `request/${string}` }>, t: Translate): Explanation {
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
    case 'request/value-missing':
      return {
        title: t('Not sent: the value of a header is missing.'),
        cause: t('The header refers to a value that is kept apart from the request, and there is none for this host.'),
        cure: t('Send again and type it in, or put the value in the place of the reference.'),
      };
  }
}

function wordHeaderFault({ reason }: Of<'request/bad-header'>, t: Translate): Pick<Explanation, 'cause' | 'cure'> {
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
