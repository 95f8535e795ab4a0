import type { Manifest } from '../manifest/model';
import { decodeToken, tokenState, type DecodedToken } from '../maskinporten/decode';
import type { Token } from '../maskinporten/model';
import type { Verification } from '../maskinporten/verify';
import type { Translate } from '../shared/localize';
import type { ClaimPart, ScopeRow, TokenDetails, VerificationLine } from '../shared/messages';
import { claimText, wordClaims } from '../words/claims';
import { wordVerification } from '../words/verification';

/** All that the token view may know of a token: never the token itself, nor its signature. */
export function tokenDetails(
  token: Token,
  verification: VerificationLine,
  manifest: Pick<Manifest, 'consumes'> | undefined,
  t: Translate,
): TokenDetails {
  const decoded = decodeToken(token.accessToken);
  return {
    form: decoded.kind,
    formNote: formNote(decoded, t),
    ...validitySpan(token, decoded),
    obtainedAtMs: token.obtainedAtMs,
    verification,
    scopes: scopeRows(token, manifest, t),
    claims: decoded.kind === 'jwt' ? wordClaims('claims', decoded.claims, t) : [],
    header: 'header' in decoded ? wordClaims('header', decoded.header, t) : [],
    grant: token.grant && {
      header: wordClaims('grant-header', token.grant.header, t),
      claims: wordClaims('grant-claims', token.grant.claims, t),
    },
  };
}

/** The payload as it is copied: indented JSON. Undefined where nobody but the issuer can read one. */
export function payloadText(token: Token): string | undefined {
  const decoded = decodeToken(token.accessToken);
  return decoded.kind === 'jwt' ? JSON.stringify(decoded.claims, null, 2) : undefined;
}

/** One member of what the view shows, as it is copied. Undefined where there is no such member. */
export function memberText(token: Token, part: ClaimPart, name: string): string | undefined {
  const members = membersOf(token, part);
  return members && Object.hasOwn(members, name) ? claimText(members[name]) : undefined;
}

function membersOf(token: Token, part: ClaimPart): Readonly<Record<string, unknown>> | undefined {
  const decoded = decodeToken(token.accessToken);
  switch (part) {
    case 'claims':
      return decoded.kind === 'jwt' ? decoded.claims : undefined;
    case 'header':
      return 'header' in decoded ? decoded.header : undefined;
    case 'grant-header':
      return token.grant?.header;
    case 'grant-claims':
      return token.grant?.claims;
  }
}

/**
 * When the token is good. A JWT says so itself; of any other the issuer's `expires_in` is all that is known. A JWT
 * whose own words cannot be judged is not judged by `expires_in` instead: an API goes by the claims.
 */
function validitySpan(token: Token, decoded: DecodedToken): Pick<TokenDetails, 'notBeforeMs' | 'expiresAtMs'> {
  if (decoded.kind !== 'jwt') return { notBeforeMs: undefined, expiresAtMs: token.expiresAtMs };
  if (tokenState(decoded.claims, token.obtainedAtMs) === 'unknown') {
    return { notBeforeMs: undefined, expiresAtMs: undefined };
  }
  const { exp, nbf } = decoded.claims;
  return { notBeforeMs: milliseconds(nbf), expiresAtMs: milliseconds(exp) };
}

function milliseconds(numericDate: unknown): number | undefined {
  return typeof numericDate === 'number' ? numericDate * 1000 : undefined;
}

function formNote(decoded: DecodedToken, t: Translate): string | undefined {
  switch (decoded.kind) {
    case 'jwt':
      return undefined;
    case 'opaque':
      return t('This token is opaque: only the issuer and the API can read it. It works like any other.');
    case 'jwe':
      return t('This token is encrypted: only the API that it is meant for can read it. It works like any other.');
    case 'malformed':
      return t('This token looks like a JWT but cannot be read as one. An API will hardly accept it.');
  }
}

/** What is known of the signature, as the view shows it. */
export function verificationLine(verification: Verification, t: Translate): VerificationLine {
  const { verified, text } = wordVerification(verification, t);
  return verified ? { kind: 'verified', text } : { kind: 'not-verified', text: t('Not verified.'), reason: text };
}

/** Every scope that was asked for or granted, beside what the manifest declares. */
function scopeRows(token: Token, manifest: Pick<Manifest, 'consumes'> | undefined, t: Translate): ScopeRow[] {
  const declared = new Set(manifest?.consumes.map(({ name }) => name.value));
  // A templated name may stand for any scope: then nobody can say that one is not declared.
  const canTell = manifest !== undefined && !manifest.consumes.some(({ name }) => name.templated);
  const names = new Set([...token.requestedScopes, ...token.grantedScopes]);
  return [...names].map((name) => {
    const row = {
      name,
      requested: token.requestedScopes.includes(name),
      granted: token.grantedScopes.includes(name),
      declared: declared.has(name) || (canTell ? false : undefined),
    };
    return { ...row, difference: difference(row, t) };
  });
}

function difference(
  { requested, granted, declared }: Pick<ScopeRow, 'requested' | 'granted' | 'declared'>,
  t: Translate,
): string | undefined {
  if (!granted) return t('Asked for, but not granted.');
  if (!requested) return t('Granted without being asked for.');
  if (declared === false) return t('Not in the manifest: the application gets no token for it until it is.');
  return undefined;
}
