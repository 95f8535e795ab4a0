import type { Finding, FindingData, FixTitle } from '../manifest';
import type { Translate } from '../shared/localize';

/** One sentence or two for a finding: what is wrong, and what will happen when. */
export function wordFinding(finding: Finding, t: Translate): string {
  switch (finding.code) {
    case 'NM005':
      return unknownKey(finding.data, t);
    case 'NM006':
      return t('scopes must have consumes and exposes below it, and is a list here: the deploy will be refused.');
    case 'NM007':
      return t('An item of consumes needs a name key, as in {example}: the deploy will be refused.', {
        example: `- name: ${finding.data.scope}`,
      });
    case 'NM008':
      return nameProblem(finding.data, t);
    case 'NM009':
      return t(
        'The scope holds {characters}, which no scope can have: Maskinporten will refuse it when a token is asked for.',
        {
          characters: finding.data.characters.map((character) => characterName(character, t)).join(', '),
        },
      );
    case 'NM010':
      return t(
        'This name holds {count} scopes, and Digdir will take it for one that does not exist. Each needs its own item.',
        {
          count: finding.data.scopes.length,
        },
      );
    case 'NM011':
      return t(
        '{scope} has no owner’s prefix, as in prefix:name: Maskinporten most likely does not know it when a token is asked for.',
        {
          scope: finding.data.scope,
        },
      );
    case 'NM012':
      return t(
        '{characters} is rare in a scope. If Digdir has the scope under another spelling, no token will be granted.',
        {
          characters: finding.data.characters.join(' '),
        },
      );
    case 'NM013':
      return t(
        'A scope neither begins nor ends with {signs}, nor has two of one in a row: Maskinporten most likely does not know {scope} when a token is asked for.',
        {
          signs: '/ : .',
          scope: finding.data.scope,
        },
      );
    case 'NM014':
      return t('{scope} is consumed already, further up. Once is enough.', { scope: finding.data.scope });
    default:
      return unreachable(finding);
  }
}

/** What a fix does, as the title of a quick fix. */
export function wordFix(title: FixTitle, t: Translate): string {
  switch (title.kind) {
    case 'rename-key':
      return t('Rename {from} to {to}', { from: title.from, to: title.to });
    case 'wrap-consumes':
      return t('Move the list below consumes');
    case 'wrap-names':
      return t('Put it under a name key');
    case 'add-name':
      return t('Add a name');
    case 'remove-characters':
      return t('Change to {result}', { result: title.result });
    case 'split-scopes':
      return t('Split into {count} items', { count: title.count });
    case 'add-prefix':
      return t('Change to {result}', { result: title.result });
    case 'replace':
      return t('Replace with {result}', { result: title.result });
    case 'remove-duplicate':
      return t('Remove this item');
    default:
      return unreachable(title);
  }
}

function unknownKey({ key, parent, nearest }: FindingData['NM005'], t: Translate): string {
  return nearest === undefined
    ? t('There is no key {key} in {parent}: the deploy will be refused.', { key, parent })
    : t('There is no key {key} in {parent}: the deploy will be refused. {nearest} is the nearest one.', {
        key,
        parent,
        nearest,
      });
}

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

/** Characters that nobody could see by themselves are named. */
function characterName(character: string, t: Translate): string {
  switch (character) {
    case ' ':
      return t('a space');
    case '\t':
      return t('a tab');
    case '\n':
    case '\r':
      return t('a line break');
    default:
      return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? character : codePoint(character);
  }
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function unreachable(value: never): never {
  throw new TypeError(`Unworded: ${JSON.stringify(value)}`);
}
