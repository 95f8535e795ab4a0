import { VARIABLES, type Doubt, type Variable, type Variables } from './model';

const NAMES: ReadonlySet<string> = new Set(VARIABLES);

export function isVariable(name: string): name is Variable {
  return NAMES.has(name);
}

/** A client id is an identifier. Whatever is longer or has other characters may be a secret in the wrong place. */
const CLIENT_ID = /^[\w.:~@/-]{1,128}$/;

/** RFC 6749 section 3.3, and no longer than a scope that anybody has made. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/;
const MAX_SCOPES = 200;

/** The client id that the variables name, undefined with a doubt where there is none that can be one. */
export function readClientId(variables: Variables): { clientId: string | undefined; doubts: readonly Doubt[] } {
  const clientId = (variables.get('MASKINPORTEN_CLIENT_ID') ?? '').trim();
  if (clientId === '') return { clientId: undefined, doubts: [{ code: 'client-id-missing' }] };
  return CLIENT_ID.test(clientId)
    ? { clientId, doubts: [] }
    : { clientId: undefined, doubts: [{ code: 'client-id-malformed' }] };
}

/** The scopes that the manifest asked for, granted or not (nais/digdirator writes all of them). */
export function readScopes(variables: Variables): { scopes: readonly string[]; doubts: readonly Doubt[] } {
  const words = (variables.get('MASKINPORTEN_SCOPES') ?? '').split(/\s+/).filter((word) => word !== '');
  const scopes = [...new Set(words.filter((word) => SCOPE.test(word)))].slice(0, MAX_SCOPES);
  const count = new Set(words).size - scopes.length;
  return { scopes, doubts: count === 0 ? [] : [{ code: 'scopes-left-out', count }] };
}
