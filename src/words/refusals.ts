import type { Problem } from '../maskinporten/problem';
import type { Translate } from '../shared/localize';
import type { ProblemWords } from './problems';
import { codeWords, wordRelayedRefusal } from './texas';

/** A Problem that an issuer's own refusal caused. */
export type RefusalProblem = Exclude<Extract<Problem, { refusal: unknown }>, { code: `texas/${string}` }>;

/** Explains what an issuer refused. Its own text goes along as `detail`. */
export function wordRefusal(problem: RefusalProblem, t: Translate): ProblemWords {
  const { description, error, errorUri, relayedBy } = problem.refusal;
  const link = digdirPage(errorUri);
  const explanation = (relayedBy === 'texas' ? wordRelayedRefusal(problem, t) : undefined) ?? explain(problem, t);
  return { ...explanation, detail: description ?? error, ...(link !== undefined && { link }) };
}

/** Digdir's page about an error: only where the answer names one on Digdir's own host. */
function digdirPage(errorUri: string | undefined): string | undefined {
  if (errorUri === undefined || !URL.canParse(errorUri)) return undefined;
  const { protocol, hostname, username, password, port, href } = new URL(errorUri);
  const isDigdir = hostname === 'maskinporten.no' || hostname.endsWith('.maskinporten.no');
  return protocol === 'https:' && isDigdir && username + password + port === '' ? href : undefined;
}

export type Explanation = Pick<ProblemWords, 'title' | 'cause' | 'cure'>;

function explain(problem: RefusalProblem, t: Translate): Explanation {
  const sent = (name: string) => problem.sent.find((value) => value.name === name)?.value ?? '–';
  const isRelayed = problem.refusal.relayedBy === 'texas';
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
        cause: t('There is no such client at {issuer}. Test and production have clients of their own.', {
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
        cause: t('The private key is not the one registered as {kid} for this client.', { kid: sent('kid') }),
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
      return {
        title: t('Maskinporten does not know the scope {scope} for this client ({code}).', {
          code,
          scope: scopeWords(problem, sent),
        }),
        cause: t(
          'It is misspelt, not among the manifest’s consumed scopes, or not granted to your organisation in this environment. After a deploy it may take up to 15 minutes.',
        ),
        cure: t(
          'Just deployed: wait and try again. Granted after the deploy: annotate the MaskinportenClient with digdir.nais.io/resync=true, then wait. Else ask the owner of the scope for access.',
        ),
      };
    case 'MP-201':
      return {
        title: t('The scope {scope} is not meant for Maskinporten ({code}).', {
          code,
          scope: scopeWords(problem, sent),
        }),
        cause: t('Its owner allows it for other kinds of login only, such as ID-porten.'),
        cure: t('Ask the owner of the scope which one to use from server to server.'),
      };
    case 'MP-250':
      return {
        title: t('Your organisation has no access to the scope {scope} ({code}).', {
          code,
          scope: scopeWords(problem, sent),
        }),
        cause: isRelayed
          ? t(
              'Its owner has not granted it in this environment. Texas cannot act for another organisation: that takes a credential, with consumer_org.',
            )
          : t(
              'Its owner has not granted it in this environment. For work on behalf of another organisation, consumer_org may be missing.',
            ),
        cure: t('Ask the owner of the scope for access, in Test and in Prod by itself.'),
      };
    case 'MP-251':
      return {
        title: t('The scope {scope} has not been delegated to your organisation ({code}).', {
          code,
          scope: scopeWords(problem, sent),
        }),
        cause: isRelayed
          ? t('Texas cannot name the organisation to act for: that takes a credential, with consumer_org.')
          : t('The organisation {org} must delegate it in Altinn. Test and production have delegations of their own.', {
              org: sent('consumer_org'),
            }),
        cure: t('Check the organisation number, then ask that organisation to delegate the scope in Altinn.'),
      };
    case 'token/refused':
      return wordUnknown(problem, t);
  }
}

/** A refusal that is not in the table: shown as it is, and no cause is made up for it. */
function wordUnknown({ refusal, mpCode }: Extract<Problem, { code: 'token/refused' }>, t: Translate): Explanation {
  return {
    title:
      mpCode === undefined
        ? t('The issuer refuses the grant: {error}.', { error: refusal.error })
        : t('The issuer refuses the grant: {error} ({code}).', { error: refusal.error, code: mpCode }),
    cause: refusal.description ?? t('It gives no reason.'),
    cure:
      refusal.traceId === undefined
        ? t('Compare what was sent, below, with what is registered for the client.')
        : t(
            'Compare what was sent, below, with what is registered for the client. Digdir finds the request by its trace id {traceId}.',
            { traceId: refusal.traceId },
          ),
  };
}

function scopeWords(
  { refusedScopes }: Extract<Problem, { refusedScopes: unknown }>,
  sent: (name: string) => string,
): string {
  return refusedScopes.length > 0 ? refusedScopes.join(', ') : sent('scope').replaceAll(' ', ', ');
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
