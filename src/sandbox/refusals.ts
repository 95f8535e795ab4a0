import { describable } from './http';

interface RefusalForm {
  /** Maskinporten's code, where it gives one. */
  readonly code?: string;
  readonly status: number;
  readonly error: string;
  /** `{name}` stands for what the check found. */
  readonly text: string;
  /** `assumed`: Digdir has published neither page nor sample with this status, `error` and text together. */
  readonly wording: 'published' | 'assumed';
}

const CLIENT_FAILED = 'Invalid assertion. Client authentication failed.';

/**
 * How Maskinporten refuses, by what was wrong: Digdir's page "Feilsøking i Maskinporten", and answers that its
 * users have published. Where Digdir gives no code, the name is ours.
 */
const REFUSALS = {
  'MP-011': mp('MP-011', 400, 'invalid_request', 'Invalid assertion. Invalid parameter value.'),
  'MP-012': assumed(mp('MP-012', 400, 'invalid_grant', 'Grant is used before.')),
  'MP-100': mp('MP-100', 400, 'invalid_grant', CLIENT_FAILED),
  'MP-110': mp('MP-110', 400, 'invalid_grant', `${CLIENT_FAILED} Invalid JWT claim aud.`),
  'MP-120': mp('MP-120', 400, 'invalid_grant', `${CLIENT_FAILED} The JWT is signed with an invalid certificate.`),
  'MP-121': mp('MP-121', 400, 'invalid_grant', `${CLIENT_FAILED} Expired key.`),
  'MP-122': assumed(
    mp(
      'MP-122',
      400,
      'invalid_grant',
      'Invalid JWT. Invalid organization number for client. Does not match certificate orgno.',
    ),
  ),
  'MP-123': assumed(mp('MP-123', 400, 'invalid_grant', 'Invalid JWT header x5c.')),
  'MP-124': assumed(mp('MP-124', 400, 'invalid_grant', 'Invalid JWT signature.')),
  'MP-130': assumed(mp('MP-130', 400, 'invalid_grant', 'JWT is expired.')),
  'MP-200': mp('MP-200', 400, 'invalid_scope', 'Token request contains invalid scopes for client, {scopes}'),
  'MP-201': mp('MP-201', 400, 'invalid_scope', 'Token request contains scopes not allowed for maskinporten, {scopes}'),
  'MP-250': assumed(mp('MP-250', 403, 'forbidden', 'Consumer has not been granted access to the scope {scopes}.')),
  'MP-251': assumed(
    mp(
      'MP-251',
      403,
      'forbidden',
      'Consumer {consumer} has not delegated access to the scope {scope} to supplier {supplier}.',
    ),
  ),
  'MP-301': assumed(mp('MP-301', 400, 'invalid_authorization_details', 'Unknown authorization details type, {type}')),
  'MP-302': assumed(
    mp('MP-302', 400, 'invalid_authorization_details', 'Unknown fields in the authorization details, {fields}'),
  ),
  'MP-303': assumed(
    mp('MP-303', 400, 'invalid_altinn_customer_configuration', 'Invalid authorization details values, {type}'),
  ),
  'unknown-kid': uncoded('invalid_grant', `${CLIENT_FAILED} Unknown key identifier (kid) for client.`),
  'missing-kid': uncoded(
    'invalid_grant',
    `${CLIENT_FAILED} Invalid JWT. The client requires pre-registered jwk and no key identifier (kid) provided.`,
  ),
  'issued-in-future': uncoded('invalid_grant', 'Issue time is after now.'),
  'own-organisation': uncoded(
    'invalid_request',
    'Validation of JWT claim failed: The combination consumer_org in claim and delegation scope on client is invalid.',
  ),
  'on-behalf-of': assumed(
    uncoded('invalid_request', 'Invalid assertion. The claim iss_onbehalfof names nobody that is registered.'),
  ),
  'unreadable-form': assumed(uncoded('invalid_request', 'Invalid token request: {reason}.')),
  'unknown-grant-type': assumed(uncoded('unsupported_grant_type', 'Unsupported grant type.')),
  'refused-algorithm': assumed(uncoded('invalid_grant', 'Invalid assertion. Algorithm must be one of {algorithms}.')),
  'two-keys': assumed(uncoded('invalid_grant', 'Invalid assertion. The header must have one of kid and x5c.')),
  'missing-claim': assumed(uncoded('invalid_request', 'Invalid assertion. The claim {claim} is required.')),
  'unknown-claim': assumed(uncoded('invalid_request', 'Invalid assertion. Claims not supported: {claims}.')),
  'issued-too-long-ago': assumed(uncoded('invalid_grant', 'Invalid assertion. The claim iat is {seconds} s old.')),
  'lifetime-too-long': assumed(
    uncoded('invalid_grant', 'Invalid assertion. The claim exp is {seconds} s after the claim iat.'),
  ),
  'grants-put-off': assumed({ ...uncoded('temporarily_unavailable', 'Too many grants.'), status: 503 }),
} satisfies Record<string, RefusalForm>;

export type RefusalName = keyof typeof REFUSALS;

/** What a check found wrong; `values` fill the text. */
export interface Refusal {
  readonly name: RefusalName;
  readonly values: Readonly<Record<string, string | number>>;
}

/** What the token endpoint answers for a refusal, but for its trace id. */
export interface RefusalAnswer {
  readonly code: string | undefined;
  readonly status: number;
  readonly error: string;
  readonly description: string;
  readonly wording: RefusalForm['wording'];
}

export function refuse(name: RefusalName, values: Refusal['values'] = {}): Refusal {
  return { name, values };
}

export function refusalAnswer({ name, values }: Refusal): RefusalAnswer {
  const { code, status, error, text, wording }: RefusalForm = REFUSALS[name];
  const filled = text.replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ''));
  return { code, status, error, description: describable(filled), wording };
}

export const REFUSAL_NAMES = Object.keys(REFUSALS) as readonly RefusalName[];

function mp(code: string, status: number, error: string, text: string): RefusalForm {
  return { code, status, error, text, wording: 'published' };
}

function uncoded(error: string, text: string): RefusalForm {
  return { status: 400, error, text, wording: 'published' };
}

function assumed(form: RefusalForm): RefusalForm {
  return { ...form, wording: 'assumed' };
}
