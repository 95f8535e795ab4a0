import type { OwnScopeFault, PublicAccess, PublicEnvironment } from '../manifest';
import type { RegistryFault } from '../maskinporten/registry';
import type { Translate } from '../shared/localize';
import { wordRelative } from '../shared/time';

/** "in test", "in production", "in test and production". */
export function wordRegistries(environments: readonly PublicEnvironment[], t: Translate): string {
  if (environments.length > 1) return t('in test and production');
  return environments[0] === 'prod' ? t('in production') : t('in test');
}

/** A day in the form that reads the same in every language: 2026-11-22, by UTC. */
export function wordDay(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}

/** Who may use a scope, by Digdir's registry, with its age: for a hover (NM018). */
export function wordAccess(access: PublicAccess, t: Translate, nowMs: number): string {
  const where = wordRegistries(access.environments, t);
  const age = wordRelative(access.fetchedAtMs, nowMs, t);
  if (access.kind === 'open') {
    return t('Open to every organisation {where}: no grant is needed (Digdir’s registry, fetched {age}).', {
      where,
      age,
    });
  }
  return access.ownerOrgno === undefined
    ? t('Its owner must grant it to your organisation {where} (Digdir’s registry, fetched {age}).', { where, age })
    : t('Its owner, {orgno}, must grant it to your organisation {where} (Digdir’s registry, fetched {age}).', {
        orgno: access.ownerOrgno,
        where,
        age,
      });
}

/** Why a registry's answer is of no use, and what to do. */
export function wordRegistryFault(fault: RegistryFault, host: string, t: Translate): string {
  switch (fault.reason) {
    case 'status':
      return t('{host} answered with status {status}. Try again later; what was fetched before stays.', {
        host,
        status: fault.status,
      });
    case 'too-large':
      return t(
        'The answer of {host} is over {megabytes} MB, which no list of scopes is. What was fetched before stays.',
        {
          host,
          megabytes: Math.round(fault.limitBytes / 1024 / 1024),
        },
      );
    case 'unreadable':
      return t(
        'What {host} answered is no list of scopes. Something on the network may answer in its place; what was fetched before stays.',
        { host },
      );
  }
}

/** Which row of the setting is left out, and why. */
export function wordOwnScopeFault({ row, problem, value }: OwnScopeFault, t: Translate): string {
  switch (problem) {
    case 'not-an-object':
      return t('Row {row} of maskinporten.knownScopes is left out: it must be an object with a scope.', { row });
    case 'no-scope':
      return t('Row {row} of maskinporten.knownScopes is left out: it has no scope.', { row });
    case 'not-a-scope':
      return t('Row {row} of maskinporten.knownScopes is left out: {value} cannot be a scope.', { row, value });
    case 'hosts':
      return t(
        'Row {row} of maskinporten.knownScopes ({value}) is left out: test and prod are lists of host names, without https:// and path.',
        { row, value },
      );
    case 'owner':
      return t('Row {row} of maskinporten.knownScopes ({value}) is left out: owner must be a text.', { row, value });
    case 'documentation':
      return t('Row {row} of maskinporten.knownScopes ({value}) is left out: documentation must begin with https://.', {
        row,
        value,
      });
  }
}
