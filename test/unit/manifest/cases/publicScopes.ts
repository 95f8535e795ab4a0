import { knownScopesWith, PublicScopes, type FindingOptions, type PublicScope } from '../../../../src/manifest';
import { consuming } from '../helpers';
import type { AnyRuleCases } from '../ruleCases';

export const DAY = Date.UTC(2026, 10, 22);

/** A public scope, as nearly all of them are. */
export function scope(name: string, rest: Partial<PublicScope> = {}): PublicScope {
  return {
    scope: name,
    description: undefined,
    active: true,
    integrationTypes: ['maskinporten'],
    ownerOrgno: '974761076',
    accessibleForAll: false,
    ...rest,
  };
}

/** The registries, fetched on one day. */
export function listed(
  test: readonly PublicScope[] | undefined,
  prod: readonly PublicScope[] | undefined,
): PublicScopes {
  return new PublicScopes({
    ...(test && { test: { fetchedAtMs: DAY, scopes: test } }),
    ...(prod && { prod: { fetchedAtMs: DAY + 1, scopes: prod } }),
  });
}

/** With the registries, and nothing else out of the ordinary. */
export function optionsFor(registry: PublicScopes, rest: FindingOptions = {}): FindingOptions {
  return { knownScopes: knownScopesWith([], registry), ...rest };
}

export const publicScopeCases: readonly AnyRuleCases[] = [
  {
    title: 'not among the public scopes',
    code: 'NM016',
    severity: 'hint',
    alsoInSchema: false,
    options: optionsFor(listed([scope('ssb:open')], [scope('ssb:other')])),
    finds: [
      [
        consuming('- name: ssb:hidden/read'),
        'ssb:hidden/read',
        { scope: 'ssb:hidden/read', environments: ['test', 'prod'], fetchedAtMs: DAY },
      ],
    ],
    passes: [
      consuming('- name: ssb:open'),
      consuming('- name: ssb:other'),
      // Publicly documented, and so known to be right.
      consuming('- name: ks:fiks'),
      // For NM015, NM011 and NM012.
      consuming('- name: ssb:opem'),
      consuming('- name: ssb'),
      consuming('- name: ssb:Hidden'),
    ],
    templated: [consuming('- name: ssb:{{name}}')],
    incurable: [consuming('- name: ssb:hidden/read')],
  },

  {
    title: 'listed, and of no use',
    code: 'NM017',
    severity: 'warning',
    alsoInSchema: false,
    options: optionsFor(
      listed(
        [
          scope('ssb:gone', { active: false }),
          scope('ssb:login', { integrationTypes: ['idporten'] }),
          scope('ssb:mixed'),
          scope('ssb:other/mixed', { active: false }),
        ],
        [scope('ssb:gone', { active: false }), scope('ssb:mixed', { active: false }), scope('ssb:other/mixed')],
      ),
    ),
    finds: [
      [
        consuming('- name: ssb:gone'),
        'ssb:gone',
        { scope: 'ssb:gone', problem: 'inactive', environments: ['test', 'prod'], fetchedAtMs: DAY },
      ],
      [
        consuming('- name: ssb:login'),
        'ssb:login',
        { scope: 'ssb:login', problem: 'integration-type', environments: ['test'], fetchedAtMs: DAY },
      ],
    ],
    passes: [
      // Of use in one environment, and it is not known which is meant.
      consuming('- name: ssb:mixed'),
      consuming('- name: ssb:other/mixed'),
      consuming('- name: ssb:unlisted'),
    ],
    templated: [consuming('- name: ssb:gone{{suffix}}')],
    incurable: [consuming('- name: ssb:gone')],
  },
];
