import type { ClientCredential, TokenRequest } from './model';
import type { ClaimFault, Problem, SentValue } from './problem';

/** RFC 6749 section 3.3: printable ASCII without space, quotation mark and backslash. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/**
 * Checks what a grant would claim, before anything is sent: the claims of Digdir's page "JWT grant" as far as a
 * client can judge them. Gives the first fault, undefined when there is none.
 */
export function preflight(credential: Pick<ClientCredential, 'clientId'>, request: TokenRequest): Problem | undefined {
  return credential.clientId.trim() === '' ? fault('iss', 'empty') : requestFault(request);
}

/** The same for what is asked for alone, where somebody else makes the grant. */
export function requestFault(request: TokenRequest): Problem | undefined {
  const faults = [
    scopeFault(request.scopes),
    request.resource === undefined ? undefined : resourceFault(request.resource),
    request.consumerOrg === undefined || /^\d{9}$/.test(request.consumerOrg)
      ? undefined
      : fault('consumer_org', 'not-nine-digits', request.consumerOrg),
    request.authorizationDetails === undefined ? undefined : detailsFault(request.authorizationDetails),
  ];
  return faults.find((found) => found !== undefined);
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

/** RFC 9396 section 2: objects, each with a `type`. What came from JSON may be anything, whatever its type says. */
function detailsFault(details: unknown): Problem | undefined {
  if (!Array.isArray(details) || details.length === 0) return fault('authorization_details', 'not-objects');
  for (const detail of details as unknown[]) {
    if (typeof detail !== 'object' || detail === null || Array.isArray(detail)) {
      return fault('authorization_details', 'not-objects');
    }
    const type: unknown = (detail as Record<string, unknown>)['type'];
    if (typeof type !== 'string' || type === '') return fault('authorization_details', 'no-type');
  }
  return undefined;
}

function fault(claim: string, reason: ClaimFault, value?: string): Problem {
  const sent: SentValue[] = value === undefined ? [] : [{ name: claim, value }];
  return { code: 'grant/bad-request', step: 'grant', sent, claim, reason };
}
