import type { ProblemCode } from './problem';

/** Codes that an issuer's answer may have. */
export type RefusalCode = Extract<
  ProblemCode,
  `MP-${string}` | 'token/unknown-kid' | 'token/kid-required' | 'token/issued-in-future' | 'token/own-consumer-org'
>;

export interface RefusalRow {
  readonly code: RefusalCode;
  /** Undefined where no published answer shows which `error` goes with the text. */
  readonly error?: string;
  /** Part of the text, as Digdir's page "Troubleshooting" and published answers word it. */
  readonly text: RegExp;
  /** Names of the claims and header members that matter to this refusal, the most telling first. */
  readonly matters: readonly string[];
}

/**
 * Maskinporten's refusals, from Digdir's page "Troubleshooting" (docs.digdir.no, maskinporten_feilsoking). The order
 * matters for those known by their text: "Client authentication failed" stands before most of the others.
 */
export const REFUSAL_ROWS: readonly RefusalRow[] = [
  { code: 'MP-110', error: 'invalid_grant', text: /Invalid JWT claim aud/i, matters: ['aud'] },
  { code: 'MP-120', text: /signed with an invalid certificate/i, matters: ['x5c', 'aud'] },
  { code: 'MP-121', error: 'invalid_grant', text: /Expired key/i, matters: ['kid', 'iss'] },
  { code: 'MP-122', text: /Invalid organization number for client/i, matters: ['x5c', 'iss'] },
  { code: 'MP-123', text: /Invalid JWT header x5c/i, matters: ['x5c'] },
  { code: 'MP-124', text: /Invalid JWT signature/i, matters: ['kid', 'x5c', 'alg', 'iss'] },
  { code: 'MP-130', text: /JWT is expired/i, matters: ['iat', 'exp'] },
  { code: 'MP-012', text: /Grant is used before/i, matters: ['jti'] },
  {
    code: 'token/unknown-kid',
    error: 'invalid_grant',
    text: /Unknown key identifier \(kid\)/i,
    matters: ['kid', 'iss', 'aud'],
  },
  {
    code: 'token/kid-required',
    error: 'invalid_grant',
    text: /requires pre-registered jwk and no key identifier/i,
    matters: ['kid', 'x5c', 'iss'],
  },
  { code: 'token/issued-in-future', error: 'invalid_grant', text: /Issue time is after now/i, matters: ['iat', 'exp'] },
  {
    code: 'token/own-consumer-org',
    error: 'invalid_request',
    text: /combination consumer_org in claim and delegation scope on client/i,
    matters: ['consumer_org', 'scope'],
  },
  {
    code: 'MP-100',
    error: 'invalid_grant',
    text: /Client not found|Client authentication failed\.?\s*(?:\(|$)/i,
    matters: ['iss', 'aud'],
  },
  {
    code: 'MP-011',
    error: 'invalid_request',
    text: /Invalid assertion\. Invalid parameter value/i,
    matters: ['aud', 'iss', 'scope', 'resource', 'consumer_org', 'authorization_details'],
  },
  { code: 'MP-200', error: 'invalid_scope', text: /contains invalid scopes for client/i, matters: ['scope', 'iss'] },
  {
    code: 'MP-201',
    error: 'invalid_scope',
    text: /scopes not allowed for maskinporten|integration types? only allowed for user login/i,
    matters: ['scope'],
  },
  {
    code: 'MP-250',
    error: 'forbidden',
    text: /has not been granted access to the scope/i,
    matters: ['scope', 'consumer_org', 'iss'],
  },
  {
    code: 'MP-251',
    error: 'forbidden',
    text: /has not delegated access to the scope/i,
    matters: ['scope', 'consumer_org', 'iss'],
  },
  { code: 'MP-301', text: /Unknown authorization details type/i, matters: ['authorization_details'] },
  { code: 'MP-302', text: /Unknown fields in the authorization details/i, matters: ['authorization_details'] },
  { code: 'MP-303', text: /Invalid authorization details values/i, matters: ['authorization_details', 'scope'] },
];

/** Everything of a grant that may be shown, for refusals of which we do not know what they are about. */
export const ALL_THAT_MAY_MATTER: readonly string[] = [
  'iss',
  'aud',
  'scope',
  'kid',
  'x5c',
  'alg',
  'iat',
  'exp',
  'resource',
  'consumer_org',
  'authorization_details',
];
