import type { Problem } from '../maskinporten/problem';
import type { Translate } from '../shared/localize';
import { wordOAuthError } from './oauthErrors';
import type { Explanation } from './problems';
import type { ProblemContext } from './scopeRefusal';
import { wordScopeRefusal } from './scopeRefusals';
import { codeWords, wordRelayedRefusal } from './texas';

/** A Problem that an issuer's own refusal caused. */
export type RefusalProblem = Exclude<Extract<Problem, { refusal: unknown }>, { code: `texas/${string}` }>;

/** Explains what an issuer refused. Its own text goes along as `detail`. */
export function wordRefusal(problem: RefusalProblem, t: Translate, context: ProblemContext): Explanation {
  const { description, error, errorUri, relayedBy } = problem.refusal;
  const link = digdirPage(errorUri);
  const explanation =
    (relayedBy === 'texas' ? wordRelayedRefusal(problem, t) : undefined) ?? explain(problem, t, context);
  return { ...explanation, detail: description ?? error, ...(link !== undefined && { link }) };
}

/** Digdir's page about an error: only where the answer names one on Digdir's own host. */
function digdirPage(errorUri: string | undefined): string | undefined {
  if (errorUri === undefined || !URL.canParse(errorUri)) return undefined;
  const { protocol, hostname, username, password, port, href } = new URL(errorUri);
  const isDigdir = hostname === 'maskinporten.no' || hostname.endsWith('.maskinporten.no');
  return protocol === 'https:' && isDigdir && username + password + port === '' ? href : undefined;
}

function explain(problem: RefusalProblem, t: Translate, context: ProblemContext): Explanation {
  const sent = (name: string) => problem.sent.find((value) => value.name === name)?.value ?? '–';
  const code = codeWords(problem, t);
  switch (problem.code) {
    case 'MP-011':
      return {
        title: t('Maskinporten could not read the grant (MP-011).'),
        cause: t('A value in it is malformed, often by a line break or a wrong encoding.'),
        cure: t('Compare client id, issuer and scopes below with what is registered, character by character.'),
      };
    case 'MP-012':
      return {
        title: t('Maskinporten has seen this grant before ({code}).', { code }),
        cause: t('Every grant may be used only once. This one may have been sent again by something on the way.'),
        cure: t('Get a token again: every try makes a new grant.'),
      };
    case 'MP-100':
      return {
        title: t('Maskinporten does not know the client {client} (MP-100).', { client: sent('iss') }),
        cause:
          context.provisioning?.hasClient === false
            ? t('In the cluster the workload has no client: Nais could not make one, or is not done.')
            : t('There is no such client at {issuer}. Test and production have clients of their own.', {
                issuer: sent('aud'),
              }),
        cure: t(
          'Compare the client id with MASKINPORTEN_CLIENT_ID, and the environment with the cluster that it comes from: dev is Test, prod is Prod.',
        ),
      };
    case 'MP-110':
      return {
        title: t('Maskinporten says that the grant is for another issuer (MP-110).'),
        cause: t(
          'It names {issuer}. The issuer must be exact, with the slash at the end, and of the same environment as the client.',
          { issuer: sent('aud') },
        ),
        cure: t('Check the issuer of the credential: https://test.maskinporten.no/ or https://maskinporten.no/.'),
      };
    case 'MP-120':
      return {
        title: t('Maskinporten does not accept the certificate (MP-120).'),
        cause: t(
          'It may have expired, or be for the other environment: production certificates are not taken in Test.',
        ),
        cure: t('Add the credential again, with a valid business certificate of the right environment.'),
      };
    case 'MP-122':
      return {
        title: t('The certificate belongs to another organisation than the client {client} (MP-122).', {
          client: sent('iss'),
        }),
        cause: t('Maskinporten compares the organisation number in the certificate with that of the client.'),
        cure: t('Use a client of the organisation that owns the certificate, or a certificate of the client’s own.'),
      };
    case 'MP-123':
      return {
        title: t('Maskinporten cannot read the certificate chain in the grant (MP-123).'),
        cause: t('The header x5c must be a list of certificates in base64, the client’s own first.'),
        cure: t('Add the credential again from the certificate chain as PEM.'),
      };
    case 'MP-121':
      return {
        title: t('The key {kid} has expired at Digdir (MP-121).', { kid: sent('kid') }),
        cause: t('A registered key lives for one year.'),
        cure: t(
          'Annotate the MaskinportenClient with digdir.nais.io/rotate=true to get a new key, then add the credential again.',
        ),
      };
    case 'MP-124':
      return {
        title: t('Maskinporten does not accept the signature (MP-124).'),
        cause: problem.sent.some(({ name }) => name === 'x5c')
          ? t('The private key does not belong to the certificate, or the certificate has expired.')
          : t('The private key is not the one registered as {kid} for this client.', { kid: sent('kid') }),
        cure: t(
          'Take client id and key from the same secret, and add the credential again. On Nais the key may have been rotated since.',
        ),
      };
    case 'MP-130':
      return {
        title: t('The grant had expired when it arrived (MP-130).'),
        cause: wordClock(problem.clockSkewSeconds, t),
        cure: t('Set the clock of this machine by the network, then try again.'),
      };
    case 'token/issued-in-future':
      return {
        title: t('The grant was issued in the future, by Maskinporten’s clock.'),
        cause: wordClock(problem.clockSkewSeconds, t),
        cure: t('Set the clock of this machine by the network, then try again.'),
      };
    case 'token/unknown-kid':
      return {
        title: t('Maskinporten does not know the key {kid} for this client.', { kid: sent('kid') }),
        cause: t(
          'The key was probably rotated since it was added here, or it belongs to another client than {client}.',
          { client: sent('iss') },
        ),
        cure: t('Add the credential again with the client id and the key that the app has now.'),
      };
    case 'token/kid-required':
      return {
        title: t('Maskinporten requires a key id for this client.'),
        cause: t('The client has registered keys, and the grant named none of them.'),
        cure: t('Add the "kid" under which the key is registered, and add the credential again.'),
      };
    case 'token/own-consumer-org':
      return {
        title: t('Maskinporten does not accept the organisation {org} as the one to act for.', {
          org: sent('consumer_org'),
        }),
        cause: t('It is the client’s own organisation, and nobody delegates to itself.'),
        cure: t('Leave consumer_org out.'),
      };
    case 'MP-200':
    case 'MP-201':
    case 'MP-250':
    case 'MP-251':
      return wordScopeRefusal(problem, t, context);
    case 'MP-301':
      return {
        title: t('Maskinporten does not know this type of authorization_details ({code}).', { code }),
        cause: t('The type may be misspelt. It knows urn:altinn:systemuser and urn:altinn:consent.'),
        cure: t('Correct the type. The issuer’s metadata list those that it knows.'),
      };
    case 'MP-302':
      return {
        title: t('Maskinporten does not know a field in authorization_details ({code}).', { code }),
        cause: t('Fields that the type does not have are refused, and names are read to the letter.'),
        cure: t('Take out what does not belong there. What Maskinporten says below may name it.'),
      };
    case 'MP-303':
      return {
        title: t('Maskinporten does not accept a value in authorization_details ({code}).', { code }),
        cause: t('It may be that Altinn has no such system user or consent for this client and scope.'),
        cure: t(
          'Check the organisation number, and that the system user or the consent is approved in the same environment. What Maskinporten says below may name the value.',
        ),
      };
    case 'token/refused':
      return wordUnknown(problem, t);
  }
}

/** A refusal that is not in the table: shown as it is, and no cause is made up for it. */
function wordUnknown({ refusal, mpCode }: Extract<Problem, { code: 'token/refused' }>, t: Translate): Explanation {
  const { error, description, traceId, retryAfterSeconds } = refusal;
  // A code of Maskinporten's own says more than the word of the specification, even where it is not known here.
  const meaning = mpCode === undefined ? wordOAuthError(error, t) : undefined;
  const cures = [
    retryAfterSeconds === undefined
      ? t('Compare what was sent, below, with what is registered for the client.')
      : t('It asks you to wait {seconds} s before the next try.', { seconds: retryAfterSeconds }),
    traceId === undefined ? undefined : t('Digdir finds the request by its trace id {traceId}.', { traceId }),
  ];
  return {
    title:
      mpCode === undefined
        ? t('The issuer refuses the grant: {error}.', { error })
        : t('The issuer refuses the grant: {error} ({code}).', { error, code: mpCode }),
    cause: [meaning, description].filter(Boolean).join(' ') || t('It gives no reason.'),
    cure: cures.filter(Boolean).join(' '),
  };
}

/** Maskinporten allows ten seconds. The `Date` header has whole seconds, so less than three say nothing. */
function wordClock(clockSkewSeconds: number | undefined, t: Translate): string {
  if (clockSkewSeconds === undefined || Math.abs(clockSkewSeconds) < 3) {
    return t('The clock of this machine may be wrong, or the request was long on its way.');
  }
  return clockSkewSeconds > 0
    ? t('The clock of this machine is {seconds} s ahead of Maskinporten’s.', { seconds: clockSkewSeconds })
    : t('The clock of this machine is {seconds} s behind Maskinporten’s.', { seconds: -clockSkewSeconds });
}
