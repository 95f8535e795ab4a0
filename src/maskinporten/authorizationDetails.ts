import { asJsonObject, type JsonObject } from './json';
import { isPersonNumber } from './numbers';
import type { ClaimFault } from './problem';

/** The types that Maskinporten's metadata name (Digdir's pages "System user" and "Consent"). */
export const SYSTEM_USER = 'urn:altinn:systemuser';
export const CONSENT = 'urn:altinn:consent';

const PERSON_URN = 'urn:altinn:person:identifier-no:';
const ORGANISATION_URN = 'urn:altinn:organization:identifier-no:';

/** What is wrong with the claim, and in which member of which object. Never quotes what stands there. */
export interface DetailsFault {
  readonly reason: ClaimFault;
  /** As in `[0].systemuser_org.ID`; undefined where the claim as a whole is at fault. */
  readonly member?: string;
}

/**
 * The object that asks for a token of an Altinn system user: the one that `orgno` gave the system's owner (Digdir's
 * page "System user"). `externalRef` tells several system users of one organisation apart.
 */
export function systemUserDetails(orgno: string, externalRef?: string): Record<string, unknown> {
  return {
    type: SYSTEM_USER,
    systemuser_org: { authority: 'iso6523-actorid-upis', ID: `0192:${orgno}` },
    ...(externalRef !== undefined && externalRef !== '' && { externalRef }),
  };
}

/**
 * The object that asks for a token of a consent in Altinn (Altinn, "Retrieve a consent token"). `from` is who
 * consented: eleven digits of a person, nine of an organisation, or either as the URN that Altinn uses.
 */
export function consentDetails(id: string, from: string): Record<string, unknown> {
  const urn = /^\d{11}$/.test(from) ? PERSON_URN + from : /^\d{9}$/.test(from) ? ORGANISATION_URN + from : from;
  return { type: CONSENT, id, from: urn };
}

/**
 * Checks `authorization_details`: objects with a `type` (RFC 9396 section 2), and for Altinn's types the members to
 * the letter, since Maskinporten refuses all others (MP-302, MP-303). Gives the first fault.
 */
export function detailsFault(details: unknown): DetailsFault | undefined {
  if (!Array.isArray(details) || details.length === 0) return { reason: 'not-objects' };
  const items: readonly unknown[] = details;
  for (const [index, item] of items.entries()) {
    const fault = itemFault(item);
    if (fault) return { ...fault, ...(fault.member !== undefined && { member: `[${index}].${fault.member}` }) };
  }
  const systemUsers = items.filter((item) => asJsonObject(item)?.['type'] === SYSTEM_USER);
  return systemUsers.length > 1 ? { reason: 'one-party' } : undefined;
}

function itemFault(item: unknown): DetailsFault | undefined {
  const detail = asJsonObject(item);
  if (!detail) return { reason: 'not-objects' };
  const { type } = detail;
  if (typeof type !== 'string' || type === '') return { reason: 'no-type' };
  if (type === SYSTEM_USER) return systemUserFault(detail);
  return type === CONSENT ? consentFault(detail) : undefined;
}

function systemUserFault(detail: JsonObject): DetailsFault | undefined {
  const organisation = asJsonObject(detail['systemuser_org']);
  return (
    strangerIn(detail, ['type', 'systemuser_org', 'externalRef']) ??
    missing(organisation, 'systemuser_org') ??
    strangerIn(organisation ?? {}, ['authority', 'ID'], 'systemuser_org.') ??
    unless(organisation?.['authority'] === 'iso6523-actorid-upis', 'systemuser_org.authority') ??
    unless(matches(organisation?.['ID'], /^0192:\d{9}$/), 'systemuser_org.ID') ??
    unless(detail['externalRef'] === undefined || matches(detail['externalRef'], /\S/), 'externalRef')
  );
}

function consentFault(detail: JsonObject): DetailsFault | undefined {
  const { id, from } = detail;
  return (
    strangerIn(detail, ['type', 'id', 'from']) ??
    missing(id, 'id') ??
    unless(matches(id, /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i), 'id') ??
    missing(from, 'from') ??
    unless(isConsenter(from), 'from')
  );
}

function isConsenter(from: unknown): boolean {
  if (typeof from !== 'string') return false;
  if (from.startsWith(PERSON_URN)) return isPersonNumber(from.slice(PERSON_URN.length));
  return from.startsWith(ORGANISATION_URN) && /^\d{9}$/.test(from.slice(ORGANISATION_URN.length));
}

/** Drafts of Altinn's page wrote `systemuserorg`: what is nearly right is refused like anything else. */
function strangerIn(members: JsonObject, known: readonly string[], prefix = ''): DetailsFault | undefined {
  const stranger = Object.keys(members).find((name) => !known.includes(name));
  return stranger === undefined ? undefined : { reason: 'unknown-member', member: prefix + shown(stranger) };
}

function missing(value: unknown, member: string): DetailsFault | undefined {
  return value === undefined ? { reason: 'missing-member', member } : undefined;
}

function unless(isFine: boolean, member: string): DetailsFault | undefined {
  return isFine ? undefined : { reason: 'bad-member', member };
}

function matches(value: unknown, form: RegExp): boolean {
  return typeof value === 'string' && form.test(value);
}

/** The name of a member is shown, so it is bounded and cannot be somebody's number. */
function shown(name: string): string {
  return name
    .replace(/\p{Cc}/gu, ' ')
    .replace(/\d{6,}/g, '…')
    .slice(0, 60);
}
