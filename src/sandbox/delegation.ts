import type { Claims } from './claims';
import type { RegisteredClient } from './clients';
import type { SandboxSystemUser } from './model';
import { refuse } from './refusals';
import type { Refusal } from './refusals';
import type { ScenarioBoard } from './scenarios';

/** Altinn in Digdir's test environment, which the sandbox stands in for. */
const DELEGATION_SOURCE = 'https://tt02.altinn.no/';

const SYSTEM_USER = 'urn:altinn:systemuser';
const CONSENT = 'urn:altinn:consent';

/** Altinn, "System user" and "Retrieve consent token": what a grant may say of what it asks for. */
const MEMBERS: ReadonlyMap</* type */ string, ReadonlySet<string>> = new Map([
  [SYSTEM_USER, new Set(['type', 'systemuser_org', 'externalRef', 'systemuser_id', 'system_id'])],
  [CONSENT, new Set(['type', 'id', 'from'])],
]);

/** What the metadata name (RFC 9396 section 10). */
export const AUTHORIZATION_DETAILS_TYPES: readonly string[] = [...MEMBERS.keys()];

/** On whose behalf a token is issued. */
export interface Parties {
  readonly consumer: string;
  /** Who asks, where that is not the consumer itself. */
  readonly supplier?: string;
  readonly delegationSource?: string;
}

type PartiesVerdict =
  { readonly allowed: true; readonly parties: Parties } | { readonly allowed: false; readonly refusal: Refusal };

/**
 * Finds on whose behalf the grant asks (Digdir, "Delegation of access in Altinn"): `consumer_org` must have delegated
 * each scope to the client's organisation.
 */
export function partiesOf(
  claims: Claims,
  client: RegisteredClient,
  scopes: readonly string[],
  scenarios: ScenarioBoard,
): PartiesVerdict {
  const { organisation } = client;
  // Digdir's older kind of delegation, for organisations registered on the client: the sandbox's clients have none.
  if (claims['iss_onbehalfof'] !== undefined) return { allowed: false, refusal: refuse('on-behalf-of') };
  const consumer = claims['consumer_org'];
  if (typeof consumer !== 'string') return { allowed: true, parties: { consumer: organisation } };
  if (consumer === organisation) return { allowed: false, refusal: refuse('own-organisation') };
  const delegations = client.delegations.filter((delegation) => delegation.consumer === consumer);
  const missing = scopes.filter(
    (scope) =>
      scenarios.hits('delegation-missing', client, scope) ||
      !delegations.some((delegation) => delegation.scopes?.includes(scope) ?? true),
  );
  if (missing.length > 0) {
    const values = { consumer, scope: missing.join(' '), supplier: organisation };
    return { allowed: false, refusal: refuse('MP-251', values) };
  }
  return { allowed: true, parties: { consumer, supplier: organisation, delegationSource: DELEGATION_SOURCE } };
}

type DetailsVerdict =
  | { readonly allowed: true; readonly details: readonly Claims[] | undefined }
  | { readonly allowed: false; readonly refusal: Refusal };

/**
 * Finds the system user or the consent that `authorization_details` ask for (RFC 9396; Altinn, "System user" and
 * "Retrieve consent token"), and gives what stands of it in the token. `consumer` is whom the token is for: a consent
 * is given to it.
 */
export function detailsOf(
  { authorization_details: details }: Claims,
  client: RegisteredClient,
  consumer: string,
): DetailsVerdict {
  if (details === undefined) return { allowed: true, details: undefined };
  const granted: Claims[] = [];
  for (const detail of details as readonly (Claims & { readonly type: string })[]) {
    const { type } = detail;
    const members = MEMBERS.get(type);
    if (!members) return refused('MP-301', { type });
    const unknown = Object.keys(detail).filter((name) => !members.has(name));
    if (unknown.length > 0) return refused('MP-302', { fields: unknown.join(' ') });
    const found = type === CONSENT ? consentOf(detail, client, consumer) : systemUserOf(detail, client);
    if (!found) return refused('MP-303', { type });
    granted.push({ type, ...found });
  }
  return { allowed: true, details: granted };
}

function systemUserOf(detail: Claims, { systemUsers }: RegisteredClient): Claims | undefined {
  const user = systemUsers.find((one) => isMeant(one, detail));
  return (
    user && {
      systemuser_org: organisationId(user.organisation),
      systemuser_id: [user.id],
      system_id: user.systemId,
      ...(user.externalRef === undefined ? {} : { externalRef: user.externalRef }),
    }
  );
}

/** Altinn, "Retrieve consent token": both the id and who consented must be right. */
function consentOf({ id, from }: Claims, { consents }: RegisteredClient, consumer: string): Claims | undefined {
  const consent = consents.find((one) => one.id === id && one.from === from);
  return (
    consent && {
      id,
      from,
      to: organisationId(consumer),
      validTo: consent.validTo,
      consentRights: [
        { action: ['consent'], resource: [{ type: 'urn:altinn:resource', value: consent.resource }], metadata: {} },
      ],
    }
  );
}

/** An organisation as tokens name it: ISO 6523, with the Norwegian register's prefix (Digdir, "Access token"). */
export function organisationId(organisation: string): { readonly authority: string; readonly ID: string } {
  return { authority: 'iso6523-actorid-upis', ID: `0192:${organisation}` };
}

function isMeant({ organisation, externalRef, id, systemId }: SandboxSystemUser, detail: Claims): boolean {
  const { systemuser_id: ids, system_id: system } = detail;
  if (ids !== undefined && !(Array.isArray(ids) && ids.includes(id))) return false;
  if (system !== undefined && system !== systemId) return false;
  const asked = detail['systemuser_org'];
  if (typeof asked !== 'object' || asked === null || !('ID' in asked)) return false;
  if (asked.ID !== organisationId(organisation).ID) return false;
  return detail['externalRef'] === undefined || detail['externalRef'] === externalRef;
}

function refused(name: 'MP-301' | 'MP-302' | 'MP-303', values: Refusal['values']): DetailsVerdict {
  return { allowed: false, refusal: refuse(name, values) };
}
