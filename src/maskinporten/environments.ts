import type { Environment } from './model';

/** Digdir's test environment (Digdir's page "Well-known endpoints"; the slash at the end belongs to the name). */
export const TEST: Environment = { kind: 'test', issuer: 'https://test.maskinporten.no/' };

/** Digdir's production environment. */
export const PROD: Environment = { kind: 'prod', issuer: 'https://maskinporten.no/' };

const WELL_KNOWN = '/.well-known/oauth-authorization-server';

/** The environment that an issuer identifier names: Digdir's own to the letter, else `custom`. */
export function environmentOf(issuer: string): Environment {
  return [TEST, PROD].find((known) => known.issuer === issuer) ?? { kind: 'custom', issuer };
}

/**
 * Where an issuer's metadata may be, in the order to try. For an issuer with a path the well-known part is first
 * appended, as Nais, Texas and mock-oauth2-server do, then put before the path, as RFC 8414 section 3.1 says.
 * Throws a TypeError for what is no URL.
 */
export function metadataUrls(issuer: string): string[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, '');
  return path === '' ? [origin + WELL_KNOWN] : [origin + path + WELL_KNOWN, origin + WELL_KNOWN + path];
}
