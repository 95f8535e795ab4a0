import type { FindingData } from '../../manifest';
import type { Translate } from '../../shared/localize';
import { characterList, characterName } from './characters';
import type { Wording } from './wording';

/** Sentences on exposed scopes and their consumers. */
export const exposesWords: Wording<
  | 'NM040'
  | 'NM041'
  | 'NM042'
  | 'NM043'
  | 'NM044'
  | 'NM045'
  | 'NM046'
  | 'NM047'
  | 'NM048'
  | 'NM050'
  | 'NM051'
  | 'NM052'
  | 'NM053'
  | 'NM054'
  | 'NM055'
  | 'NM056'
  | 'NM057'
  | 'NM058'
  | 'NM059'
  | 'NM060'
> = {
  NM040: ({ missing }, t) =>
    t('An exposed scope needs {keys}: without it, the deploy will be refused.', { keys: missing.join(', ') }),
  NM041: ({ product }, t) =>
    t(
      'A product is lower-case letters a to z and digits, in quotes where it is a number, unlike {product}: the deploy will be refused.',
      {
        product: product === '' ? '""' : product,
      },
    ),
  NM042: malformedName,
  NM043: ({ separator }, t) =>
    t('A separator is one of {signs}, not {separator}: the deploy will be refused.', {
      signs: '/ : .',
      separator: separator === '' ? '""' : separator,
    }),
  NM044: (_, t) =>
    t('With delegationSource, separator must be written out as {separator}: the deploy will be refused.', {
      separator: '"/"',
    }),
  NM045: ({ scope, separator }, t) =>
    t('No separator is set: it is {separator}, and the scope is called {scope}.', { scope, separator }),
  NM046: ({ value }, t) =>
    t('The only delegationSource is {known}, not {value}: the deploy will be refused.', { known: 'altinn', value }),
  NM047: ({ value }, t) =>
    t('visibility is {known}, not {value}: the deploy will be refused.', { known: 'private | public', value }),
  NM048: ({ value }, t) =>
    t('atMaxAge is a whole number of seconds from {least} to {most}, not {value}: the deploy will be refused.', {
      least: 30,
      most: 680,
      value: value === '' ? '""' : value,
    }),
  NM050: (_, t) =>
    t('allowedIntegrations must not be empty: the deploy will be refused. Without the key it is maskinporten.'),
  NM051: (_, t) =>
    t('maskinporten is not among the integrations: consumers will get no token for this scope from Maskinporten.'),
  NM052: ({ orgno }, t) =>
    t('To YAML, {orgno} without quotes is a number, and orgno must be text: the deploy will be refused.', { orgno }),
  NM053: ({ orgno, problem }, t) =>
    problem === 'missing'
      ? t('A consumer needs an orgno: without it, the deploy will be refused.')
      : t(
          'An organisation number is nine digits in quotes and nothing else, unlike {orgno}: the deploy will be refused.',
          {
            orgno: orgno === '' ? '""' : orgno,
          },
        ),
  NM054: ({ orgno }, t) =>
    t('The check digit of {orgno} is wrong: there is no such organisation, and Digdir will most likely refuse it.', {
      orgno,
    }),
  NM055: ({ orgno }, t) =>
    t('{orgno} is a consumer of this scope already, further up: this item changes nothing.', { orgno }),
  NM056: (_, t) => t('The scope is open to every organisation: what is listed as consumers changes nothing.'),
  NM057: ({ scope }, t) =>
    t(
      'Another item gives the scope {scope} too. Digdir may refuse the second one, and then the whole client is not updated.',
      {
        scope,
      },
    ),
  NM058: ({ scope }, t) =>
    scope === undefined
      ? t('This scope is switched off for all its consumers at the next deploy.')
      : t('{scope} is switched off for all its consumers at the next deploy.', { scope }),
  NM059: ({ name, characters }, t) =>
    t('Nais takes {characters} in {name}, but OAuth has no such letters in a scope: asking for a token may fail.', {
      name,
      characters: characterList(characters, t),
    }),
  NM060: ({ scope, consumer, organisation }, t) =>
    t(
      '{consumer} consumes {scope}, and your organisation, {organisation}, is not among its consumers: it will get no token.',
      {
        scope,
        consumer,
        organisation,
      },
    ),
};

function malformedName({ name, isText, at, character }: FindingData['NM042'], t: Translate): string {
  if (name === '') {
    return t('The name is empty: the deploy will be refused.');
  }
  if (!isText) {
    return t('To YAML, {name} is no text, and a name must be: the deploy will be refused.', { name });
  }
  if (character !== undefined) {
    return t('{character} cannot stand at place {place} of the name {name}: the deploy will be refused.', {
      character: characterName(character, t),
      place: at + 1,
      name,
    });
  }
  return t('The name {name} ends too early: the deploy will be refused.', { name });
}
