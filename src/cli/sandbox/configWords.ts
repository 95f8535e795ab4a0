import type { Translate } from '../../shared/localize';
import type { ConfigFault } from './config';

/** One sentence: which file, where in it, and what is wrong. The value itself is never in it: it may be a key. */
export function wordConfigFault(file: string, fault: ConfigFault, t: Translate): string {
  const place = fault.path === '' ? file : `${file}: ${fault.path}`;
  switch (fault.kind) {
    case 'no-json':
      return t('{place} is no JSON.', { place });
    case 'type':
      return t('{place} must be {expected}.', { place, expected: wordType(fault.expected, t) });
    case 'pattern':
      return wordPattern(place, fault.form, t);
    case 'range':
      return t('{place} must be from {least} to {most}.', { place, least: fault.least, most: fault.most });
    case 'choice':
      return t('{place} must be one of {allowed}.', { place, allowed: fault.allowed.join(', ') });
    case 'missing':
      return t('{place} lacks {member}.', { place, member: fault.member });
    case 'unknown':
      return t('{place} cannot have {member}.', { place, member: fault.member });
    case 'same-client':
      return t('{place} is the id of another client already.', { place });
    case 'key':
      return fault.reason === 'no-kid'
        ? t('{place} lacks {member}.', { place, member: 'kid' })
        : t('{place} must be an RSA key of 2048 bits or more as a JWK, with all its members.', { place });
  }
}

function wordType(type: Extract<ConfigFault, { kind: 'type' }>['expected'], t: Translate): string {
  switch (type) {
    case 'object':
      return t('an object');
    case 'array':
      return t('a list');
    case 'string':
      return t('a text');
    case 'integer':
      return t('a whole number');
    case 'boolean':
      return t('true or false');
  }
}

function wordPattern(place: string, form: string, t: Translate): string {
  switch (form) {
    case 'organisation':
      return t('{place} must be an organisation number of nine digits.', { place });
    case 'scope':
      return t('{place} must be the full name of a scope, without spaces.', { place });
    case 'page':
      return t('{place} must be an address with https.', { place });
    default:
      return t('{place} may have letters without accents, digits, and . _ - alone, and up to 100 of them.', { place });
  }
}
