import type { Condition, ProvisioningStatus } from './model';

/** Whether there is a client at Digdir, undefined where the text does not say. */
export type HasClient = boolean | undefined;

export function conditionOf({ conditions }: ProvisioningStatus, type: string): Condition | undefined {
  return conditions.find((condition) => condition.type === type);
}

export function trueCondition(status: ProvisioningStatus, type: string): Condition | undefined {
  const condition = conditionOf(status, type);
  return condition?.status === 'True' ? condition : undefined;
}

export function hasClient(status: ProvisioningStatus): HasClient {
  return status.clientId !== undefined ? true : hasResource(status) ? false : undefined;
}

/** Lines of conditions do not say whether there is a client. */
export function hasResource({ name }: ProvisioningStatus): boolean {
  return name !== undefined;
}

/** The scopes that the condition names: `Organization has no access to scopes: [a, b]` (digdirator, reconciler.go). */
export function refusedScopes(status: ProvisioningStatus): readonly string[] {
  const message = trueCondition(status, 'InvalidConsumedScopes')?.message ?? '';
  const list = /\[([^\]]*)\]/.exec(message)?.[1] ?? '';
  // The characters of a scope-token (RFC 6749 section 3.3).
  return [...new Set(list.split(/[\s,]+/).filter((scope) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope)))];
}

/**
 * Whether the newest spec waits to be looked at. The status has the generation of the last success; a condition that
 * failed has that of the last try.
 */
export function isBehind(status: ProvisioningStatus): boolean {
  const observed = observedGeneration(status);
  return status.generation !== undefined && observed !== undefined && observed < status.generation;
}

export function observedGeneration({ observedGeneration: last, conditions }: ProvisioningStatus): number | undefined {
  const all = [last, ...conditions.map((condition) => condition.observedGeneration)];
  const known = all.filter((generation) => generation !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}
