import type { CommandField } from '../maskinporten/commands';
import { modulusBits } from '../maskinporten/keys';
import type {
  CredentialFormat,
  Doubt,
  RecognisedClient,
  RefusalReason,
  RefusedSource,
} from '../maskinporten/recognise';
import type { Translate } from '../shared/localize';
import { wordKeyFault } from './grantFaults';
import type { Explanation } from './problems';

/** One thing that was read, for the user to see before it is kept. Plain text, and no secret. */
export interface RecognisedFact {
  readonly label: string;
  readonly value: string;
}

/** What is doubtful, and what to do about it. */
export interface DoubtWords {
  readonly doubt: string;
  readonly cure: string;
}

export function wordFormat(format: CredentialFormat, t: Translate): string {
  switch (format) {
    case 'jwk':
      return t('a key (JWK)');
    case 'jwks':
      return t('a set of keys (JWKS)');
    case 'env':
      return t('environment variables');
    case 'variables':
      return t('variables in JSON');
    case 'kubernetes-secret':
      return t('a Secret of Kubernetes');
    case 'nais-secret':
      return t('a Secret, read with the Nais CLI');
    case 'mounted-folder':
      return t('a folder with a file for each variable');
    case 'pem':
      return t('a key in a PEM file');
  }
}

/** What was recognised, in the order in which a developer looks for it. What is missing is left out. */
export function wordRecognised(client: RecognisedClient, t: Translate): RecognisedFact[] {
  const { key, clientId, environment, scopes, secret } = client;
  const facts: RecognisedFact[] = [{ label: t('Recognised'), value: wordFormat(client.format, t) }];
  if (secret) facts.push({ label: t('Name of the Secret'), value: secret.name });
  if (clientId !== undefined) facts.push({ label: t('Client id'), value: clientId });
  if (key.ok) {
    const { kid, alg } = key.jwk;
    const bits = modulusBits({ ...key.jwk });
    facts.push({ label: t('Key id'), value: kid ?? '' });
    facts.push({ label: t('Key'), value: t('RSA, {bits} bits, {alg}', { bits, alg: alg ?? '' }) });
  }
  if (environment) facts.push({ label: t('Issuer'), value: environment.issuer });
  if (scopes.length > 0) facts.push({ label: t('Scopes'), value: scopes.join(' ') });
  return facts;
}

/** Puts a doubt into words. Names of variables are as Nais writes them. */
export function wordDoubt(doubt: Doubt, t: Translate): DoubtWords {
  switch (doubt.code) {
    case 'key-unusable': {
      const { cause, cure } = wordKeyFault(doubt, t);
      return { doubt: cause, cure };
    }
    case 'alg-missing':
      return {
        doubt: t('The key does not say which algorithm it is for. RS256 is assumed.'),
        cure: t('Add "alg" if the key is registered for RS384 or RS512.'),
      };
    case 'key-expired':
      return {
        doubt: t('By its own "exp" the key expired on {date}.', { date: isoDate(doubt.expiredAtMs) }),
        cure: t('Maskinporten may refuse it (MP-121). Take the key that the client has now.'),
      };
    case 'client-id-missing':
      return { doubt: t('There is no client id.'), cure: t('Fill in MASKINPORTEN_CLIENT_ID of the same Secret.') };
    case 'client-id-malformed':
      return {
        doubt: t('The value of MASKINPORTEN_CLIENT_ID cannot be a client id, so it was left out.'),
        cure: t('Fill in MASKINPORTEN_CLIENT_ID of the same Secret.'),
      };
    case 'environments-contradict':
      return {
        doubt: t('The URLs are not of one environment: {urls}.', {
          urls: doubt.urls.map(({ variable, url }) => `${variable}=${url}`).join(', '),
        }),
        cure: t('Choose the environment in which the client is registered. A key never goes to the other one.'),
      };
    case 'issuer-derived':
      return {
        doubt: t('The issuer {issuer} was derived from the URL of its metadata. It may have a slash at the end.', {
          issuer: doubt.issuer,
        }),
        cure: t('Compare it with "issuer" in the metadata.'),
      };
    case 'retired-host':
      return {
        doubt: t('{variable} names {host}, which Digdir closed in June 2024.', {
          variable: doubt.variable,
          host: doubt.host,
        }),
        cure: t('Use test.maskinporten.no. Its clients and keys are others than those of ver2.'),
      };
    case 'not-a-url':
      return {
        doubt: t('The value of {variable} is not a URL that can be used, so it was left out.', {
          variable: doubt.variable,
        }),
        cure: t('Check the value where it was copied from.'),
      };
    case 'insecure-url':
      return {
        doubt: t('{variable} would go over the network unprotected: {url}. It was left out.', {
          variable: doubt.variable,
          url: doubt.url,
        }),
        cure: t('Use https. Plain http is for this machine only: localhost and 127.0.0.1.'),
      };
    case 'scopes-left-out':
      return {
        doubt: t('{count} of the words in MASKINPORTEN_SCOPES were left out: they cannot be scopes, or are too many.', {
          count: doubt.count,
        }),
        cure: t('Correct it in the manifest. Several scopes are several items of the list.'),
      };
    case 'damaged-value':
      return {
        doubt: t('The value of {variable} is not base64 of a text, so it was left out.', { variable: doubt.variable }),
        cure: t('Copy the whole Secret again.'),
      };
    case 'set-twice':
      return {
        doubt: t('{variable} is set more than once. The last value was used.', { variable: doubt.variable }),
        cure: t('Make sure that client id and key are of the same client.'),
      };
    case 'several-candidates':
      return {
        doubt: t('There is more than one key: {names}. {chosen} was chosen.', {
          names: doubt.names.join(', '),
          chosen: doubt.chosen,
        }),
        cure: t('Choose the right one.'),
      };
  }
}

/** Explains why a source that was recognised is not taken. A command goes beside it, where the source has one. */
export function wordRefusedSource({ reason, command }: RefusedSource, t: Translate): Explanation {
  const runCommand = t(
    'Run the command in a terminal. It puts the key on the clipboard and prints nothing; then import from there.',
  );
  const words: Record<RefusalReason, Explanation> = {
    pkcs12: {
      title: t('This is a PKCS#12 file.'),
      cause: t('Its key is locked with a password, which is not asked for here.'),
      cure: runCommand,
    },
    'encrypted-pem': {
      title: t('This key is encrypted.'),
      cause: t('Its password is not asked for here.'),
      cure: runCommand,
    },
    'unsupported-pem': {
      title: t('There is no key in this PEM text that can be read.'),
      cause: t('Private keys are read in PKCS#8 and PKCS#1, the forms that OpenSSL writes. It may also be damaged.'),
      cure: t('Copy all of it, from the BEGIN line to the END line.'),
    },
    'values-hidden': {
      title: t('The Secret has been read without its values.'),
      cause: t('The Nais CLI gives them only when it is told to. Reading them is logged and requires a reason.'),
      cure: command === undefined ? t('Read it again with --with-values.') : runCommand,
    },
    'no-key': {
      title: t('There is no private key here.'),
      cause: t('It has neither a JWK nor MASKINPORTEN_CLIENT_JWK.'),
      cure: t('Take the Secret whose name begins with maskinporten- and copy all of it.'),
    },
    damaged: {
      title: t('This looks like a credential, but it is damaged.'),
      cause: t('A part of it is missing, or was changed on the way.'),
      cure: t('Copy all of it again.'),
    },
    'too-large': {
      title: t('This is too large for a credential.'),
      cause: t('1 MB is read at most, and 256 kB of YAML.'),
      cure: t('Export the one Secret alone, as JSON.'),
    },
  };
  return words[reason];
}

/** Why a command line was not made: a name in it is none that Kubernetes allows, and could be more than a name. */
export function wordRefusedCommand(field: CommandField, t: Translate): string {
  switch (field) {
    case 'workload':
      return t('No command was made: the name of the workload is not one that Kubernetes allows.');
    case 'team':
      return t('No command was made: the name of the team is not one that Kubernetes allows.');
    case 'environment':
      return t('No command was made: the name of the environment is not one that Nais allows.');
    case 'secret':
      return t('No command was made: the name of the Secret is not one that Kubernetes allows.');
    case 'reason':
      return t('No command was made: the reason must have 10 to 200 letters, digits and plain signs.');
    case 'port':
      return t('No command was made: a port is a number from 1 to 65535.');
  }
}

/** The day in UTC, the same in every language. */
function isoDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
