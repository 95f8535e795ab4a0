import { hidePersons } from '../maskinporten/numbers';
import type { ClaimPart, ClaimRow, ClaimValue } from '../shared/messages';
import type { Translate } from '../shared/localize';

/** What the reader looks for first comes first; members that are not named here follow as they came. */
const ORDER: Readonly<Record<ClaimPart, readonly string[]>> = {
  claims: [
    'consumer',
    'supplier',
    'delegation_source',
    'pid',
    'scope',
    'aud',
    'authorization_details',
    'exp',
    'iat',
    'nbf',
    'iss',
    'client_id',
    'client_amr',
    'client_orgno',
    'token_type',
    'jti',
  ],
  header: ['kid', 'alg', 'typ', 'x5c'],
  'grant-header': ['kid', 'alg', 'typ', 'x5c'],
  'grant-claims': [
    'aud',
    'iss',
    'scope',
    'resource',
    'consumer_org',
    'pid',
    'authorization_details',
    'iat',
    'exp',
    'nbf',
    'jti',
  ],
};

/** NumericDates (RFC 7519 section 2). */
const TIMES: ReadonlySet<string> = new Set(['exp', 'iat', 'nbf', 'auth_time']);

/** Identifier schemes of ISO 6523 that hold a Norwegian organisation number: 9908 is the older one. */
const ORGANISATION_SCHEMES: ReadonlySet<string> = new Set(['0192', '9908']);

/**
 * The members of a token's or a grant's header or claims, explained and in reading order. National identity numbers are
 * not shown: screens are shared, and a copy has them.
 */
export function wordClaims(part: ClaimPart, members: Readonly<Record<string, unknown>>, t: Translate): ClaimRow[] {
  const rank = (name: string): number => {
    const place = ORDER[part].indexOf(name);
    return place < 0 ? ORDER[part].length : place;
  };
  return Object.entries(members)
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([name, value]) => ({ name, value: claimValue(name, value, t), explanation: explain(part, name, value, t) }));
}

/** What is copied for a claim: a text as it is, anything else as JSON. */
export function claimText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Nine digits out of `{authority, ID: "0192:889640782"}`; an ID may have more parts (Digdir, "Access token"). */
export function organisationNumber(value: unknown): string | undefined {
  if (typeof value === 'string') return /^\d{9}$/.test(value) ? value : organisationOfId(value);
  if (typeof value !== 'object' || value === null || !('ID' in value)) return undefined;
  return typeof value.ID === 'string' ? organisationOfId(value.ID) : undefined;
}

function organisationOfId(id: string): string | undefined {
  const [scheme, number] = id.split(':');
  return scheme !== undefined && ORGANISATION_SCHEMES.has(scheme) && /^\d{9}$/.test(number ?? '') ? number : undefined;
}

function claimValue(name: string, value: unknown, t: Translate): ClaimValue {
  const organisation = isOrganisation(name) ? organisationNumber(value) : undefined;
  if (organisation !== undefined) return { kind: 'organisation', number: organisation, text: claimText(value) };
  if (TIMES.has(name) && typeof value === 'number' && Number.isFinite(value)) {
    return { kind: 'time', atMs: value * 1000, text: String(value) };
  }
  if (name === 'scope' && typeof value === 'string' && value.includes(' ')) {
    return { kind: 'list', items: value.split(' ').filter(Boolean) };
  }
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return { kind: 'list', items: value };
  if (name === 'pid') return { kind: 'text', text: '•'.repeat(11) };
  if (typeof value === 'string') return { kind: 'text', text: hidePersons(value) };
  return { kind: 'json', text: hidePersons(indented(value, t)) };
}

function isOrganisation(name: string): boolean {
  return name === 'consumer' || name === 'supplier' || name === 'consumer_org' || name === 'client_orgno';
}

/** JSON.stringify gives up with a RangeError on nesting that JSON.parse still reads. */
function indented(value: unknown, t: Translate): string {
  try {
    return JSON.stringify(value, null, 2);
  } catch {
    return t('Nested too deeply to be shown.');
  }
}

function explain(part: ClaimPart, name: string, value: unknown, t: Translate): string | undefined {
  if (part === 'claims') return explainTokenClaim(name, value, t);
  if (part === 'grant-claims') return explainGrantClaim(name, t);
  return explainHeader(part, name, t);
}

/** Sources: Digdir, "Access token" and "Audience-restricted tokens"; RFC 7519 section 4.1. */
function explainTokenClaim(name: string, value: unknown, t: Translate): string | undefined {
  switch (name) {
    case 'consumer':
      return t('The organisation that has the access. An API decides by this claim.');
    case 'supplier':
      return t('The organisation that asked for the token on behalf of the consumer.');
    case 'delegation_source':
      return t('Where the consumer delegated its access to the supplier.');
    case 'pid':
      return explainPerson(t);
    case 'scope':
      return t('What the token gives access to.');
    case 'aud':
      return value === 'unspecified'
        ? t('Not restricted to one API. Newer tokens leave this claim out instead.')
        : t('The API that the token is meant for. Any other API should refuse it.');
    case 'authorization_details':
      return explainDetails(value, t);
    case 'exp':
      return t('The token ends here. An API refuses it from then on.');
    case 'iat':
      return t('The token was made at this time.');
    case 'nbf':
      return t('The token is not valid before this time.');
    case 'iss':
      return t('The issuer that made and signed the token.');
    case 'client_id':
      return t('The client that asked for the token. Not meant for access control: that is what consumer is for.');
    case 'client_amr':
      return explainAuthentication(value, t);
    case 'client_orgno':
      return t('The organisation of the client. An older claim: read consumer instead.');
    case 'token_type':
      return t('Whoever holds the token may use it: it goes into the Authorization header as Bearer.');
    case 'jti':
      return t('The unique number of this token.');
    default:
      return undefined;
  }
}

function explainPerson(t: Translate): string {
  return t('National identity number of the person that the token is restricted to. Hidden here; Copy has it.');
}

function explainDetails(value: unknown, t: Translate): string {
  const types = (Array.isArray(value) ? (value as readonly unknown[]) : []).map((item) =>
    typeof item === 'object' && item !== null && 'type' in item ? item.type : undefined,
  );
  if (types.includes('urn:altinn:systemuser')) {
    return t('The Altinn system user that the token is bound to, and the organisation that it acts for.');
  }
  if (types.includes('urn:altinn:consent')) return t('The Altinn consent that the token is bound to.');
  return t('What the token is bound to besides its scope (RFC 9396).');
}

function explainAuthentication(value: unknown, t: Translate): string | undefined {
  switch (value) {
    case 'private_key_jwt':
      return t('The client proved itself with a key that is registered on it.');
    case 'virksomhetssertifikat':
    case 'CForESeal':
    case 'QCForESeal':
      return t('The client proved itself with a business certificate.');
    default:
      return t('How the client proved itself to the issuer.');
  }
}

/** Sources: Digdir, "JWT grant"; RFC 7523 section 3. */
function explainGrantClaim(name: string, t: Translate): string | undefined {
  switch (name) {
    case 'aud':
      return t('The issuer that the grant is for, to the letter.');
    case 'iss':
      return t('The client id.');
    case 'scope':
      return t('What was asked for.');
    case 'resource':
      return t('The API that the token is to be restricted to.');
    case 'consumer_org':
      return t('The organisation on whose behalf the token was asked for.');
    case 'pid':
      return explainPerson(t);
    case 'authorization_details':
      return t('What the token is to be bound to besides its scope (RFC 9396).');
    case 'iat':
      return t('The grant was made at this time. The issuer accepts ten seconds of difference between the clocks.');
    case 'exp':
      return t('The grant ends here. It may live no longer than 120 seconds.');
    case 'nbf':
      return t('The grant is not valid before this time.');
    case 'jti':
      return t('The unique number of this grant. The issuer takes each only once.');
    default:
      return undefined;
  }
}

/** RFC 7515 section 4.1. */
function explainHeader(part: 'header' | 'grant-header', name: string, t: Translate): string | undefined {
  switch (name) {
    case 'kid':
      return part === 'header'
        ? t('The key of the issuer that signed the token.')
        : t('The key of the client that signed the grant.');
    case 'alg':
      return t('The algorithm of the signature.');
    case 'typ':
      return t('The type of what was signed.');
    case 'x5c':
      return t('The certificate chain of the key.');
    default:
      return undefined;
  }
}
