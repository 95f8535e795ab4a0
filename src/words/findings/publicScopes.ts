import type { Translate } from '../../shared/localize';
import { wordDay, wordRegistries } from '../publicScopes';
import type { Wording } from './wording';

/** Sentences on consumed scopes beside Digdir's registry, which is as old as its day. */
export const publicScopesWords: Wording<'NM016' | 'NM017'> = {
  NM016: ({ scope, environments, fetchedAtMs }, t) =>
    t(
      '{scope} was not among the public scopes {where} on {day}. A private scope is not listed there, and may be right.',
      {
        scope,
        where: wordRegistries(environments, t),
        day: wordDay(fetchedAtMs),
      },
    ),
  NM017: ({ scope, problem, environments, fetchedAtMs }, t) =>
    notForMaskinporten(problem, { scope, where: wordRegistries(environments, t), day: wordDay(fetchedAtMs) }, t),
};

function notForMaskinporten(
  problem: 'inactive' | 'integration-type',
  { scope, where, day }: { readonly scope: string; readonly where: string; readonly day: string },
  t: Translate,
): string {
  return problem === 'inactive'
    ? t(
        '{scope} was switched off by its owner {where} (seen on {day}): Maskinporten will refuse it when a token is asked for.',
        {
          scope,
          where,
          day,
        },
      )
    : t('{scope} is not for clients of Maskinporten {where} (seen on {day}): asking for it will give MP-201.', {
        scope,
        where,
        day,
      });
}
