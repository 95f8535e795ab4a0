import type { FindingData, UnreadableReason } from '../../manifest';
import type { Translate } from '../../shared/localize';
import type { Wording } from './wording';

/** Sentences on the document and on `maskinporten` in it. */
export const blockWords: Wording<
  | 'NM001'
  | 'NM002'
  | 'NM003'
  | 'NM004'
  | 'NM005'
  | 'NM006'
  | 'NM031'
  | 'NM061'
  | 'NM070'
  | 'NM071'
  | 'NM080'
  | 'NM081'
  | 'NM082'
  | 'NM083'
> = {
  NM001: ({ key }, t) =>
    key === 'enabled'
      ? t('maskinporten needs enabled, true or false: the deploy will be refused.')
      : t('A MaskinportenClient needs secretName, what its Secret will be called: the deploy will be refused.'),
  NM002: ({ key, value }, t) =>
    value === undefined
      ? t('{key} has no value, and must be true or false: the deploy will be refused.', { key })
      : t('{key} must be true or false, without quotes, and is {value}: the deploy will be refused.', {
          key,
          value,
        }),
  NM003: (_, t) => t('Maskinporten is off here: the scopes below are not registered, and no client is made.'),
  NM004: (_, t) =>
    t('No scope is listed: the client that is made can only get a token for the cluster’s default scope.'),
  NM005: unknownKey,
  NM006: ({ key, expected, keys }, t) =>
    expected === 'list'
      ? t('{key} must be a list, with a dash before each item: the deploy will be refused.', { key })
      : t('{key} must have keys of its own below it ({keys}): the deploy will be refused.', {
          key,
          keys: keys.join(', '),
        }),
  NM031: ({ port }, t) =>
    t('Port {port} is taken by the token sidecar, which Maskinporten brings along: Nais will refuse the app.', {
      port,
    }),
  NM061: ({ scope, other }, t) =>
    t('The same app consumes {scope} in {other}, but not here: the client of this manifest gets no token for it.', {
      scope,
      other,
    }),
  NM070: ({ kind, apiVersion, expected }, t) =>
    t('{kind} has the version {expected}, not {apiVersion}: the deploy will be refused.', {
      kind,
      apiVersion,
      expected,
    }),
  NM071: (_, t) => t('metadata has no namespace: the deploy will most likely be refused.'),
  NM080: ({ tag }, t) =>
    t('A formatter pulled the braces of {tag} apart: it is not filled in at deploy any more.', {
      tag,
    }),
  NM081: renderFault,
  NM082: (_, t) =>
    t('The aliases of this document stand for more than is read here: nothing that they name was checked.'),
  NM083: (_, t) =>
    t('This manifest is over 1 MB and is not checked in the editor. The command nais-maskinporten check reads it.'),
};

function unknownKey({ key, parent, nearest }: FindingData['NM005'], t: Translate): string {
  return nearest === undefined
    ? t('There is no key {key} in {parent}: the deploy will be refused.', { key, parent })
    : t('There is no key {key} in {parent}: the deploy will be refused. {nearest} is the nearest one.', {
        key,
        parent,
        nearest,
      });
}

function renderFault({ fault, variables }: FindingData['NM081'], t: Translate): string {
  switch (fault.kind) {
    case 'missing':
      return t('{file} has no {name}: the deploy puts nothing here.', { file: variables, name: fault.name });
    case 'unreadable':
      return wordUnreadable(fault.reason, variables, t);
    case 'syntax':
      return t('The deploy client cannot read the template here: the deploy will fail.');
    case 'arguments':
      return t('{helper} takes {count} here, no more and no less: the deploy will fail.', {
        helper: fault.helper,
        count: fault.count === 1 ? t('one value') : t('two values'),
      });
    case 'partial':
      return t('Nais has no partials to put here: the deploy will fail.');
    case 'depth':
      return t('Blocks stand in blocks without end here: the template was not filled in.');
    case 'size':
      return t('The template, or what comes out of it, is too large: it was not filled in.');
  }
}

/** Why a variables file is of no use. */
export function wordUnreadable(reason: UnreadableReason, file: string, t: Translate): string {
  switch (reason) {
    case 'missing':
      return t('{file} is not there any more, or cannot be opened: the template was not filled in.', { file });
    case 'syntax':
      return t('{file} is neither YAML nor JSON: the template was not filled in.', { file });
    case 'not-a-map':
      return t('{file} has no variables, as in name: value: the template was not filled in.', { file });
    case 'too-large':
      return t('{file} is too large to be read: the template was not filled in.', { file });
  }
}
