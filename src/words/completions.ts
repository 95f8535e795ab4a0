import { ownerOf, type CompletionSubject, type Confidence, type KnownScope, type Target } from '../manifest';
import type { Translate } from '../shared/localize';
import { wordKey } from './keys';

/** What is shown of an item to choose. */
export interface CompletionWords {
  /** Beside the label, where two items have the same one. */
  readonly beside?: string;
  /** In one short line. */
  readonly detail?: string;
  /** Paragraphs of plain text. */
  readonly documentation: readonly string[];
}

export function wordCompletion(subject: CompletionSubject, t: Translate): CompletionWords {
  switch (subject.kind) {
    case 'key':
      return { documentation: [wordKey(subject.key, t)] };
    case 'value':
      return { documentation: [] };
    case 'scope':
      return wordScope(subject.scope, subject.opens, t);
    case 'exposed':
      return {
        detail: t('exposed by {workload}', { workload: subject.workload }),
        documentation: [t('{workload} in this workspace exposes the scope.', { workload: subject.workload })],
      };
    case 'host':
      return {
        detail: wordEnvironment(subject.target, t),
        documentation: [t('Known to serve {scopes}.', { scopes: subject.scopes.join(', ') })],
      };
    case 'organisation':
      return {
        detail: subject.organisation.name ?? t('your organisation'),
        documentation: subject.organisation.name === undefined ? [] : [t('Named so by a manifest of this workspace.')],
      };
    case 'expose':
      return { detail: t('a scope to expose'), documentation: [t('An item with all that Nais requires of it.')] };
  }
}

function wordScope(scope: KnownScope, opens: string | undefined, t: Translate): CompletionWords {
  const owner = scope.ownerName ?? ownerOf(scope.scope)?.name;
  const hosts = wordKnownHosts(scope, t);
  return {
    ...(opens === undefined ? {} : { beside: t('and open {host}', { host: opens }) }),
    ...(owner === undefined ? {} : { detail: owner }),
    documentation: [
      ...(opens === undefined ? [] : [t('Adds an outbound rule for {host} too.', { host: opens })]),
      ...(scope.description === undefined ? [] : [scope.description]),
      ...(hosts === undefined ? [] : [hosts]),
      wordConfidence(scope.confidence, t),
    ],
  };
}

/** Where a scope's API is known to be; nothing where nobody has published it. */
export function wordKnownHosts(scope: Pick<KnownScope, 'test' | 'prod'>, t: Translate): string | undefined {
  const test = scope.test.join(', ');
  const prod = scope.prod.join(', ');
  if (test && prod) return t('Known API hosts: {test} in test, {prod} in production.', { test, prod });
  if (test) return t('Known API host in test: {test}.', { test });
  return prod ? t('Known API host in production: {prod}.', { prod }) : undefined;
}

/** How a row of the table of known scopes came to be there. */
export function wordConfidence(confidence: Confidence, t: Translate): string {
  switch (confidence) {
    case 'stated':
      return t('The owner’s documentation names the scope and its hosts. The list of known scopes is not complete.');
    case 'paired':
      return t(
        'The scope is publicly known; its hosts are taken from public manifests that consume it. The list of known scopes is not complete.',
      );
    case 'named':
      return t('The scope is publicly known. The list of known scopes is not complete.');
    case 'own':
      return t('The scope is in your setting maskinporten.knownScopes.');
    case 'listed':
      return t('The scope is in Digdir’s registry of public scopes.');
  }
}

function wordEnvironment(target: Target, t: Translate): string {
  return target === 'prod' ? t('production') : t('test');
}
