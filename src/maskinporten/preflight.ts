import { detailsFault, SYSTEM_USER } from './authorizationDetails';
import type { ClientCredential, TokenRequest } from './model';
import { isOrganisationNumber, isPersonNumber } from './numbers';
import type { ClaimFault, Problem, SentValue } from './problem';

/** RFC 6749 section 3.3: printable ASCII without space, quotation mark and backslash. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/** What Digdir allows between `iat` and `exp` (Digdir's page "JWT grant"). */
export const MAX_LIFETIME_SECONDS = 120;

/** Something that is no fault, but that the issuer will hardly like: said, and sent all the same. */
export type ClaimHint =
  /** Digdir's client ids are UUIDs. */
  | { readonly claim: 'iss'; readonly hint: 'not-a-uuid' }
  | { readonly claim: 'scope'; readonly hint: 'duplicate'; readonly scope: string }
  /** Digdir advises one scope a token. */
  | { readonly claim: 'scope'; readonly hint: 'several' }
  /** Nine digits, the last of which is not the check digit of the others. */
  | { readonly claim: 'consumer_org'; readonly hint: 'check-digit' }
  /** Both name whom to act for. */
  | { readonly claim: 'consumer_org'; readonly hint: 'beside-system-user' };

/**
 * Checks what a grant would claim, before anything is sent: the claims of Digdir's page "JWT grant" as far as a
 * client can judge them. Gives the first fault, undefined when there is none.
 */
export function preflight(
  { clientId }: Pick<ClientCredential, 'clientId'>,
  request: TokenRequest,
  lifetimeSeconds = MAX_LIFETIME_SECONDS,
): Problem | undefined {
  if (clientId.trim() === '') return fault('iss', 'empty');
  if (!/^[\x21-\x7e]+$/.test(clientId)) return fault('iss', 'illegal-characters', clientId);
  if (!Number.isInteger(lifetimeSeconds) || lifetimeSeconds < 1 || lifetimeSeconds > MAX_LIFETIME_SECONDS) {
    return fault('exp', 'too-long', String(lifetimeSeconds));
  }
  return requestFault(request);
}

/** The same for what is asked for alone, where somebody else makes the grant. */
export function requestFault(request: TokenRequest): Problem | undefined {
  const { scopes, resource, consumerOrg, pid, authorizationDetails } = request;
  return (
    scopeFault(scopes) ??
    (resource === undefined ? undefined : resourceFault(resource)) ??
    (consumerOrg === undefined || /^\d{9}$/.test(consumerOrg)
      ? undefined
      : fault('consumer_org', 'not-nine-digits', consumerOrg)) ??
    (pid === undefined ? undefined : pidFault(pid)) ??
    (authorizationDetails === undefined ? undefined : authorizationFault(authorizationDetails))
  );
}

/** What is doubtful about a request that has no fault. `isDigdirs`: the issuer is Digdir's own. */
export function preflightHints(
  { clientId }: Pick<ClientCredential, 'clientId'>,
  { scopes, consumerOrg, authorizationDetails }: TokenRequest,
  isDigdirs: boolean,
): ClaimHint[] {
  const hints: ClaimHint[] = [];
  if (isDigdirs && !/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(clientId)) {
    hints.push({ claim: 'iss', hint: 'not-a-uuid' });
  }
  const repeated = scopes.find((scope, index) => scopes.indexOf(scope) !== index);
  if (repeated !== undefined) hints.push({ claim: 'scope', hint: 'duplicate', scope: repeated });
  if (new Set(scopes).size > 1) hints.push({ claim: 'scope', hint: 'several' });
  if (consumerOrg !== undefined && !isOrganisationNumber(consumerOrg)) {
    hints.push({ claim: 'consumer_org', hint: 'check-digit' });
  }
  if (consumerOrg !== undefined && authorizationDetails?.some(({ type }) => type === SYSTEM_USER)) {
    hints.push({ claim: 'consumer_org', hint: 'beside-system-user' });
  }
  return hints;
}

function scopeFault(scopes: readonly string[]): Problem | undefined {
  if (scopes.length === 0) return fault('scope', 'empty');
  const bad = scopes.find((scope) => !SCOPE.test(scope));
  if (bad === undefined) return undefined;
  return bad === '' ? fault('scope', 'empty') : fault('scope', 'illegal-characters', bad);
}

/** RFC 8707 section 2: an absolute URI, without a fragment. */
function resourceFault(resource: string): Problem | undefined {
  if (!/^[\x21-\x7e]+$/.test(resource) || !URL.canParse(resource)) {
    return fault('resource', 'not-absolute-uri', resource);
  }
  return resource.includes('#') ? fault('resource', 'has-fragment', resource) : undefined;
}

/** Says which rule is broken and never which number broke it: even a mistyped one may be somebody's. */
function pidFault(pid: string): Problem | undefined {
  if (!/^\d{11}$/.test(pid)) return fault('pid', 'not-eleven-digits');
  return isPersonNumber(pid) ? undefined : fault('pid', 'check-digit');
}

function authorizationFault(details: unknown): Problem | undefined {
  const found = detailsFault(details);
  return found && fault('authorization_details', found.reason, undefined, found.member);
}

function fault(claim: string, reason: ClaimFault, value?: string, member?: string): Problem {
  const sent: SentValue[] = value === undefined ? [] : [{ name: claim, value: value.slice(0, 500) }];
  return { code: 'grant/bad-request', step: 'grant', sent, claim, reason, ...(member !== undefined && { member }) };
}
