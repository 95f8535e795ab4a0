import { asJsonObjects, asText, type JsonObject } from '../json';
import type { Candidate, Reading } from './model';

/** A bare JWK, or the keys of a set (RFC 7517 sections 4 and 5); undefined where `value` is neither. */
export function readJwk(value: JsonObject): Reading | undefined {
  if (typeof value['kty'] === 'string') {
    return { kind: 'candidates', format: 'jwk', candidates: [{ ...nameless, name: '#1', key: value }] };
  }
  if (!Array.isArray(value['keys'])) return undefined;
  const all = asJsonObjects(value['keys']);
  const secret = all.filter(({ d }) => d !== undefined);
  // Of public keys alone the first stands for all: none of them can sign.
  const candidates = (secret.length > 0 ? secret : all.slice(0, 1)).map((key, index): Candidate => ({
    ...nameless,
    name: nameOf(key, index),
    key,
  }));
  return candidates.length > 0
    ? { kind: 'candidates', format: 'jwks', candidates }
    : { kind: 'refused', reason: 'no-key' };
}

const nameless = { variables: undefined, doubts: [] };

/** A key id may be any text: what cannot be shown on one line is counted instead. */
function nameOf({ kid }: JsonObject, index: number): string {
  const name = asText(kid);
  return name !== undefined && /^[\x21-\x7e]{1,100}$/.test(name) ? name : `#${index + 1}`;
}
