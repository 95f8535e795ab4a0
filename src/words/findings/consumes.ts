import type { FindingData } from '../../manifest';
import type { Translate } from '../../shared/localize';
import { characterList } from './characters';
import type { Wording } from './wording';

/** Sentences on consumed scopes. */
export const consumesWords: Wording<
  'NM007' | 'NM008' | 'NM009' | 'NM010' | 'NM011' | 'NM012' | 'NM013' | 'NM014' | 'NM015'
> = {
  NM007: ({ scope }, t) =>
    t('An item of consumes needs a name key, as in {example}: the deploy will be refused.', {
      example: `- name: ${scope}`,
    }),
  NM008: nameProblem,
  NM009: ({ characters }, t) =>
    t('The scope holds {characters}, which no scope can have: Maskinporten will refuse it when a token is asked for.', {
      characters: characterList(characters, t),
    }),
  NM010: ({ scopes }, t) =>
    t('This name holds {count} scopes, and Digdir will take it for one that does not exist. Each needs its own item.', {
      count: scopes.length,
    }),
  NM011: ({ scope }, t) =>
    t(
      '{scope} has no owner’s prefix, as in prefix:name: Maskinporten most likely does not know it when a token is asked for.',
      { scope },
    ),
  NM012: ({ characters }, t) =>
    t('{characters} is rare in a scope. If Digdir has the scope under another spelling, no token will be granted.', {
      characters: characters.join(' '),
    }),
  NM013: ({ scope }, t) =>
    t(
      'A scope cannot begin or end with any of {signs}, or have two of the same in a row: Maskinporten most likely does not know {scope} when a token is asked for.',
      { signs: '/ : .', scope },
    ),
  NM014: ({ scope }, t) => t('{scope} is consumed already, further up: this item changes nothing.', { scope }),
  NM015: ({ scope, known }, t) =>
    t('{known} is a known scope; {scope} is not. If it is misspelt, no token will be granted for it.', {
      scope,
      known,
    }),
};

function nameProblem({ problem }: FindingData['NM008'], t: Translate): string {
  switch (problem) {
    case 'missing':
      return t('An item of consumes needs a name: without it, the deploy will be refused.');
    case 'empty':
      return t('The name is empty: Digdir has no such scope, so no token will be granted for it.');
    case 'not-a-string':
      return t('The name must be text, in quotes where YAML reads something else: the deploy will be refused.');
  }
}
