import type { KnownScope, KnownScopes } from '../knownScopes';
import type { ManifestSource } from '../read';
import { openingFor } from '../rules/reach';
import type { Circumstances } from '../rules/rule';
import type { Target } from '../target';
import type { CompletionSubject, CompletionWorld } from './completions';

export interface Offer {
  readonly subject: CompletionSubject;
  readonly label: string;
  /** The missing outbound rule for a scope's API. */
  readonly opening?: Opening;
}

type Opening = NonNullable<ReturnType<typeof openingFor>>;

/** The workspace's own scopes and the known ones, without those that are consumed already. */
export function scopesToConsume(source: ManifestSource, world: CompletionWorld): readonly Offer[] {
  const consumed = new Set(source.manifest.consumes.map(({ name }) => name.value));
  const own = world.exposed.map(({ scope, workload }): Offer => {
    return { subject: { kind: 'exposed', scope, workload }, label: scope };
  });
  const taken = new Set([...consumed, ...own.map(({ label }) => label)]);
  const openingOf = openings(source, world);
  const known = [...world.knownScopes.rows].sort((a, b) => (a.scope < b.scope ? -1 : 1));
  return [
    ...own.filter(({ label }) => !consumed.has(label)),
    ...known.filter(({ scope }) => !taken.has(scope)).flatMap((row) => scopeOffers(row, openingOf(row.scope))),
  ];
}

/** A known scope by itself, and with the rule that opens its API where that is missing. */
function scopeOffers(scope: KnownScope, opening: Opening | undefined): readonly Offer[] {
  const plain: Offer = { subject: { kind: 'scope', scope, opens: undefined }, label: scope.scope };
  return opening === undefined
    ? [plain]
    : [plain, { subject: { kind: 'scope', scope, opens: opening.host }, label: scope.scope, opening }];
}

/** As `openingFor`, worked out once for all scopes whose API is at the same hosts: a large file takes its time. */
function openings(source: ManifestSource, circumstances: Circumstances): (scope: string) => Opening | undefined {
  const known = new Map</* hosts */ string, Opening | undefined>();
  return (scope) => {
    const hosts = circumstances.knownScopes.hostsOf(scope, circumstances.target).join(' ');
    if (!known.has(hosts)) {
      known.set(hosts, openingFor(source, circumstances, scope));
    }
    return known.get(hosts);
  };
}

/** Where the APIs of the consumed scopes are, those of the manifest's own environment first. */
export function hostsToOpen({ manifest }: ManifestSource, { knownScopes, target }: CompletionWorld): readonly Offer[] {
  const open = new Set(manifest.outbound.flatMap(({ host }) => host?.value.toLowerCase() ?? []));
  const scopes = manifest.consumes.flatMap(({ name }) => (name.templated ? [] : [name.value]));
  const order: readonly Target[] = target === 'prod' ? ['prod', 'dev'] : ['dev', 'prod'];
  return order
    .flatMap((environment) => [...hostsOf(scopes, environment, knownScopes)])
    .filter(([host], index, all) => !open.has(host) && all.findIndex(([other]) => other === host) === index)
    .map(([host, { served, environment }]) => ({
      subject: { kind: 'host', host, target: environment, scopes: served },
      label: host,
    }));
}

function hostsOf(scopes: readonly string[], environment: Target, known: KnownScopes) {
  const hosts = new Map<string, { readonly served: string[]; readonly environment: Target }>();
  for (const scope of scopes) {
    for (const host of known.hostsOf(scope, environment)) {
      const before = hosts.get(host) ?? { served: [], environment };
      before.served.push(scope);
      hosts.set(host, before);
    }
  }
  return hosts;
}

/** Organisations that manifests of the workspace name as consumers, and the user's own. */
export function namedOrganisations({ organisations }: CompletionWorld): readonly Offer[] {
  return organisations.map((organisation) => ({
    subject: { kind: 'organisation', organisation },
    label: organisation.orgno,
  }));
}
