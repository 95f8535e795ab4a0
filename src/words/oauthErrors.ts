import type { Translate } from '../shared/localize';

/**
 * What an OAuth error means by its specification: RFC 6749 sections 4.1.2.1 and 5.2, RFC 8707 section 2, RFC 9396
 * section 5. Undefined for a word that none of them has.
 */
export function wordOAuthError(error: string, t: Translate): string | undefined {
  switch (error) {
    case 'invalid_request':
      return t('The request lacks something, has it twice, or is malformed.');
    case 'invalid_client':
      return t('The client is unknown, or did not prove who it is.');
    case 'invalid_grant':
      return t('The grant is not valid: malformed, expired, signed with another key, or for another issuer.');
    case 'unauthorized_client':
      return t('The client may not get tokens in this way.');
    case 'unsupported_grant_type':
      return t('The issuer does not take JWT grants.');
    case 'invalid_scope':
      return t('A scope is unknown, malformed, or more than the client may have.');
    case 'invalid_target':
      return t('The issuer does not know the resource, or does not give tokens for it.');
    case 'invalid_authorization_details':
      return t('The issuer does not accept the authorization_details.');
    case 'temporarily_unavailable':
      return t('The issuer is too busy, or under maintenance.');
    case 'server_error':
      return t('The issuer failed.');
    default:
      return undefined;
  }
}
