import type { Manifest } from '../manifest/model';
import { decodeToken, tokenState, type DecodedToken } from '../maskinporten/decode';
import type { Token } from '../maskinporten/model';
import type { Verification } from '../maskinporten/verify';
import type { Translate } from '../shared/localize';
import type { ScopeRow, VerificationLine } from '../shared/messages';
import type { CopyPart, ReadableToken, TokenDetails } from '../shared/tokenMessages';
import { claimText, wordClaims } from '../words/claims';
import { wordDecoded } from '../words/decoded';
import { wordVerification } from '../words/verification';

/** All that the token view may know of a token: never the token itself, nor its signature. */
export function tokenDetails(
  token: Token,
  verification: VerificationLine,
  manifest: Pick<Manifest, 'consumes'> | undefined,
  t: Translate,
): TokenDetails {
  return {
    ...readableToken(token, t),
    obtainedAtMs: token.obtainedAtMs,
    verification,
    scopes: scopeRows(token, manifest, t),
    grant: token.grant && {
      header: wordClaims('grant-header', token.grant.header, t),
      claims: wordClaims('grant-claims', token.grant.claims, t),
    },
  };
}

/** A token as far as it can be read: an answer's, or a text that somebody found. */
export interface TokenText {
  readonly accessToken: string;
  /** What the answer said of its end, if it came with one. */
  readonly expiresAtMs?: number | undefined;
}

/** What a token says of itself, explained. */
export function readableToken(token: TokenText, t: Translate): ReadableToken {
  const decoded = decodeToken(token.accessToken);
  return {
    form: decoded.kind,
    notes: wordDecoded(decoded, t),
    ...validitySpan(token, decoded),
    claims: decoded.kind === 'jwt' ? wordClaims('claims', decoded.claims, t) : [],
    header: 'header' in decoded ? wordClaims('header', decoded.header, t) : [],
  };
}

/** The payload as it is copied: indented JSON. Undefined where nobody but the issuer can read one. */
export function payloadText({ accessToken }: TokenText): string | undefined {
  const decoded = decodeToken(accessToken);
  return decoded.kind === 'jwt' ? JSON.stringify(decoded.claims, null, 2) : undefined;
}

/** A line that puts the token into the environment of a POSIX shell. */
export function exportLine({ accessToken }: TokenText): string {
  const isPlain = /^[\w.~+/=-]+$/.test(accessToken);
  return `export MASKINPORTEN_TOKEN=${isPlain ? accessToken : `'${accessToken.replaceAll("'", "'\\''")}'`}`;
}

/** One member of what the view shows, as it is copied. Undefined where there is no such member. */
export function memberText(
  token: Pick<Token, 'accessToken' | 'grant'>,
  part: Exclude<CopyPart, `altinn-${string}`>,
  name: string,
): string | undefined {
  const members = membersOf(token, part);
  return members && Object.hasOwn(members, name) ? claimText(members[name]) : undefined;
}

function membersOf(
  { accessToken, grant }: Pick<Token, 'accessToken' | 'grant'>,
  part: Exclude<CopyPart, `altinn-${string}`>,
): Readonly<Record<string, unknown>> | undefined {
  const decoded = decodeToken(accessToken);
  switch (part) {
    case 'claims':
      return decoded.kind === 'jwt' ? decoded.claims : undefined;
    case 'header':
      return 'header' in decoded ? decoded.header : undefined;
    case 'grant-header':
      return grant?.header;
    case 'grant-claims':
      return grant?.claims;
  }
}

/**
 * When the token is good. A JWT says so itself; of any other the issuer's `expires_in` is all that is known. A JWT
 * whose own words cannot be judged is not judged by `expires_in` instead: an API goes by the claims.
 */
function validitySpan(
  { expiresAtMs }: TokenText,
  decoded: DecodedToken,
): Pick<ReadableToken, 'notBeforeMs' | 'expiresAtMs'> {
  if (decoded.kind !== 'jwt') return { notBeforeMs: undefined, expiresAtMs };
  if (tokenState(decoded.claims, 0) === 'unknown') return { notBeforeMs: undefined, expiresAtMs: undefined };
  const { exp, nbf } = decoded.claims;
  return { notBeforeMs: milliseconds(nbf), expiresAtMs: milliseconds(exp) };
}

function milliseconds(numericDate: unknown): number | undefined {
  return typeof numericDate === 'number' ? numericDate * 1000 : undefined;
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
