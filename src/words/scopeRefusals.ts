import type { Problem } from '../maskinporten/problem';
import type { Translate } from '../shared/localize';
import { wordRelative } from '../shared/time';
import type { Explanation } from './problems';
import { clientOf, scopesOf } from './remedies';
import { diagnoseScopes, type ProblemContext, type ScopeStory } from './scopeRefusal';
import { codeWords } from './texas';

type ScopeProblem = Extract<Problem, { refusedScopes: unknown }>;

/** Explains the refusals that are about scopes: unknown to the client, of another kind, not granted, not delegated. */
export function wordScopeRefusal(problem: ScopeProblem, t: Translate, context: ProblemContext): Explanation {
  const code = codeWords(problem, t);
  const scopes = scopesOf(problem);
  const scope = scopes.length > 0 ? scopes.join(', ') : t('that was asked for');
  const consumer = problem.sent.find(({ name }) => name === 'consumer_org')?.value;
  const isRelayed = problem.refusal.relayedBy === 'texas';
  switch (problem.code) {
    case 'MP-200':
      return {
        title: t('Maskinporten does not know the scope {scope} for this client ({code}).', { code, scope }),
        ...wordUnknownScope(problem, t, context),
      };
    case 'MP-201':
      return {
        title: t('The scope {scope} is not meant for Maskinporten ({code}).', { code, scope }),
        cause: t('Its owner allows it for other kinds of login only, such as ID-porten.'),
        cure: t('Ask the owner of the scope which one to use from server to server.'),
      };
    case 'MP-250':
      return {
        title: t('Your organisation has no access to the scope {scope} ({code}).', { code, scope }),
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
        title: t('The scope {scope} has not been delegated to your organisation ({code}).', { code, scope }),
        cause: isRelayed
          ? t('Texas cannot name the organisation to act for: that takes a credential, with consumer_org.')
          : consumer === undefined
            ? t('The grant names no organisation to act for.')
            : t(
                'The organisation {org} must delegate it in Altinn. Test and production have delegations of their own.',
                { org: consumer },
              ),
        cure: t('Check the organisation number, then ask that organisation to delegate the scope in Altinn.'),
      };
  }
}

/** MP-200 has several stories; the manifest, and what the cluster said of its client, tell them apart. */
function wordUnknownScope(
  problem: ScopeProblem,
  t: Translate,
  context: ProblemContext,
): Pick<Explanation, 'cause' | 'cure'> {
  const diagnosis = diagnoseScopes(scopesOf(problem), clientOf(problem), context);
  switch (diagnosis.kind) {
    case 'misspelt':
      return {
        cause: t('It is not in the manifest; {nearest} is.', { nearest: diagnosis.nearest }),
        cure: t('Ask for {nearest}, or add {scope} to the manifest and deploy it if that is what you mean.', {
          nearest: diagnosis.nearest,
          scope: diagnosis.scope,
        }),
      };
    case 'undeclared':
      return {
        cause: t('{scope} is not among the scopes that the manifest consumes.', { scope: diagnosis.scope }),
        cure: t('Add it to the manifest and deploy. It may take up to 15 minutes to reach Maskinporten.'),
      };
    case 'other-client':
      return {
        cause: t('The client {asked} asked for it. The workload’s own client in the cluster is {provisioned}.', {
          asked: diagnosis.asked,
          provisioned: diagnosis.provisioned,
        }),
        cure: t('Choose the environment with the workload’s own credential, or add that credential.'),
      };
    case 'not-deployed':
      return {
        cause: t('{scope} is in the manifest, but not in what is deployed.', { scope: diagnosis.scope }),
        cure: t('Deploy the manifest. A new scope takes up to 15 minutes to work.'),
      };
    case 'declared':
      return diagnosis.isLikely
        ? wordStory(diagnosis.stories[0] ?? 'not-granted', diagnosis.scope, t, context)
        : wordStories(t);
    case 'unknown':
      return {
        ...wordStories(t),
        cause: t(
          'It is misspelt, not among the manifest’s consumed scopes, or not granted to your organisation in this environment. After a deploy it may take up to 15 minutes.',
        ),
      };
  }
}

function wordStories(t: Translate): Pick<Explanation, 'cause' | 'cure'> {
  return {
    cause: t(
      'It is in the manifest, so the client may not have got it yet, or its owner may not have granted it to your organisation in this environment.',
    ),
    cure: t(
      'Just deployed: wait and try again. Granted after the deploy: annotate the MaskinportenClient with digdir.nais.io/resync=true, then wait. Else ask the owner of the scope for access.',
    ),
  };
}

/** A story that the cluster speaks for. How old its answer is goes along, since things may have changed since. */
function wordStory(
  story: ScopeStory,
  scope: string,
  t: Translate,
  { provisioning, nowMs = Date.now() }: ProblemContext,
): Pick<Explanation, 'cause' | 'cure'> {
  const { synchronizedAtMs, readAtMs = nowMs, refusedScopes = [], hasClient } = provisioning ?? {};
  const read = wordRelative(readAtMs, nowMs, t);
  switch (story) {
    case 'just-deployed':
      return {
        cause:
          synchronizedAtMs !== undefined && !provisioning?.isPending
            ? t('The client was brought to Digdir {time}, and a change may take 15 minutes to work.', {
                time: wordRelative(synchronizedAtMs, nowMs, t),
              })
            : t('Nais had not brought the newest deploy to Digdir yet when the cluster was asked ({time}).', {
                time: read,
              }),
        cure: t('Wait and try again. If it is still unknown then, its owner may not have granted it.'),
      };
    case 'granted-after-deploy':
      return {
        cause: t(
          'Your organisation has access to it, as Nais says, but the client may be from before the grant: Nais looks again only every hour.',
        ),
        cure: t('Annotate the MaskinportenClient with digdir.nais.io/resync=true, then wait and try again.'),
      };
    case 'not-granted':
      return {
        cause: !refusedScopes.includes(scope)
          ? t('Its owner has probably not granted it to your organisation in this environment.')
          : hasClient === false
            ? t(
                'Its owner had not granted {scope} to your organisation when the cluster was asked ({time}), and so there was no client at all.',
                { scope, time: read },
              )
            : t(
                'Its owner had not granted {scope} to your organisation when the cluster was asked ({time}): Nais left it out of the client.',
                { scope, time: read },
              ),
        cure: t(
          'Ask the owner of the scope for access. Once it is granted, annotate the MaskinportenClient with digdir.nais.io/resync=true.',
        ),
      };
  }
}
