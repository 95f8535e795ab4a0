import { workloadKey, type WorkloadReference } from './workload';

/** What can go wrong in the sandbox on purpose, and what the user chose for it. */
export type ScenarioChoice =
  | { readonly kind: PlainScenarioKind }
  /** `speed` times as fast as the clock on the wall. */
  | { readonly kind: 'propagating'; readonly seconds: number; readonly speed: number }
  | { readonly kind: 'lifetime' | 'clock-off'; readonly seconds: number }
  | { readonly kind: 'slow'; readonly delayMs: number };

type PlainScenarioKind =
  | 'not-granted'
  | 'revoked'
  | 'not-for-maskinporten'
  | 'delegation-missing'
  | 'key-expired'
  | 'client-unknown'
  | 'down'
  | 'error'
  | 'garbage';

export type ScenarioKind = ScenarioChoice['kind'];

/** How far a scenario reaches at least: a scope, a workload's client, or the sandbox as a whole. */
export type ScenarioReach = 'scope' | 'client' | 'sandbox';

/** Of two scenarios in one slot the later takes the place of the earlier, where they are for the same target. */
type Slot = 'grant' | 'lifetime' | 'client' | 'clock' | 'service';

/** For the scopes of a workload, for one of them, or, with neither, for the sandbox as a whole. */
export interface ScenarioTarget {
  readonly workload?: WorkloadReference | undefined;
  readonly scope?: string | undefined;
}

/** A scenario that is on. */
export interface ActiveScenario extends ScenarioTarget {
  readonly choice: ScenarioChoice;
  readonly begunAtMs: number;
}

const KINDS: Readonly<Record<ScenarioKind, readonly [ScenarioReach, Slot]>> = {
  'not-granted': ['scope', 'grant'],
  revoked: ['scope', 'grant'],
  propagating: ['scope', 'grant'],
  'not-for-maskinporten': ['scope', 'grant'],
  'delegation-missing': ['scope', 'grant'],
  lifetime: ['scope', 'lifetime'],
  'key-expired': ['client', 'client'],
  'client-unknown': ['client', 'client'],
  'clock-off': ['sandbox', 'clock'],
  down: ['sandbox', 'service'],
  slow: ['sandbox', 'service'],
  error: ['sandbox', 'service'],
  garbage: ['sandbox', 'service'],
};

export const SCENARIO_KINDS = Object.keys(KINDS) as readonly ScenarioKind[];

export function reachOf(kind: ScenarioKind): ScenarioReach {
  return KINDS[kind][0];
}

/** The target as far as a scenario of this kind can tell targets apart. */
export function targetFor(kind: ScenarioKind, { workload, scope }: ScenarioTarget): ScenarioTarget {
  switch (reachOf(kind)) {
    case 'sandbox':
      return {};
    case 'client':
      return { workload };
    case 'scope':
      return { workload, scope };
  }
}

/** `scenarios` with `added`, which takes the place of what it excludes. */
export function withScenario(scenarios: readonly ActiveScenario[], added: ActiveScenario): readonly ActiveScenario[] {
  const [, slot] = KINDS[added.choice.kind];
  return [...scenarios.filter((one) => KINDS[one.choice.kind][1] !== slot || !isSameTarget(one, added)), added];
}

/** The scenarios that were chosen for exactly this target. */
export function scenariosAt(scenarios: readonly ActiveScenario[], target: ScenarioTarget): readonly ActiveScenario[] {
  return scenarios.filter((one) => isSameTarget(one, target));
}

/** When a scenario ends by itself, in milliseconds since 1970; undefined for one that does not. */
export function endOf({ choice, begunAtMs }: ActiveScenario): number | undefined {
  return choice.kind === 'propagating' ? begunAtMs + (choice.seconds * 1_000) / choice.speed : undefined;
}

function isSameTarget(one: ScenarioTarget, other: ScenarioTarget): boolean {
  return one.scope === other.scope && keyOf(one) === keyOf(other);
}

function keyOf({ workload }: ScenarioTarget): string | undefined {
  return workload && workloadKey(workload);
}
