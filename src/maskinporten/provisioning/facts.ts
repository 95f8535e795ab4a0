import { conditionOf, hasClient, isBehind, refusedScopes, type HasClient } from './conditions';
import type { ProvisioningStatus } from './model';

/** What a reading of the cluster tells about a refusal of Maskinporten's. Undefined is what the text did not say. */
export interface ProvisioningFacts {
  readonly readAtMs: number;
  /** When digdirator last brought the client to Digdir (`status.synchronizationTime`). */
  readonly synchronizedAtMs: number | undefined;
  readonly hasClient: HasClient;
  readonly clientId: string | undefined;
  /** digdirator has not looked at the newest deploy yet, or is at work on it. */
  readonly isPending: boolean;
  /** The scopes that were deployed. */
  readonly deployedScopes: readonly string[] | undefined;
  /** Those that the organisation had no access to when digdirator last looked. */
  readonly refusedScopes: readonly string[];
  /** Whether digdirator says of the scopes' access at all: then what it does not refuse is granted. */
  readonly tellsAccess: boolean;
}

/** `readAtMs` is when the cluster was asked. */
export function provisioningFacts(status: ProvisioningStatus, readAtMs: number): ProvisioningFacts {
  const access = conditionOf(status, 'InvalidConsumedScopes');
  const refused = refusedScopes(status);
  return {
    readAtMs,
    synchronizedAtMs: status.synchronizedAtMs,
    hasClient: hasClient(status),
    clientId: status.clientId,
    isPending: isBehind(status) || conditionOf(status, 'Ready')?.status === 'False',
    deployedScopes: status.consumes,
    refusedScopes: refused,
    // A refusal whose text cannot be read is none of a scope, and says nothing of the others.
    tellsAccess: access?.status === 'False' || refused.length > 0,
  };
}
