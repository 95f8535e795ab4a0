import { jsonFault } from '../../maskinporten/jsonFault';

/** A member of a JSON object, and where its value ends. */
export interface JsonMember {
  readonly name: string;
  readonly value: unknown;
  /** Offset after the value. */
  readonly end: number;
}

export type JsonReading =
  | { readonly kind: 'members'; readonly members: readonly JsonMember[]; readonly end: number }
  | { readonly kind: 'other'; readonly value: unknown; readonly end: number }
  | { readonly kind: 'syntax-error'; readonly reason: string; readonly end: number };

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gsu;

/** Reads JSON with the places of its object's members, duplicates among them: error texts name these places. */
export function readJsonMembers(text: string): JsonReading {
  const fault = jsonFault(text);
  if (fault) return { kind: 'syntax-error', ...fault };
  const value: unknown = JSON.parse(text);
  const end = text.trimEnd().length;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { kind: 'other', value, end };
  return { kind: 'members', members: membersOf(text), end };
}

/** `text` is JSON of an object: so its own members are what stands between commas one level deep. */
function membersOf(text: string): JsonMember[] {
  const members: JsonMember[] = [];
  let depth = 0;
  let name: string | undefined;
  let start = 0;
  let previousEnd = 0;
  const close = () => {
    if (name === undefined) return;
    members.push({ name, value: JSON.parse(text.slice(start, previousEnd)), end: previousEnd });
    name = undefined;
  };
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    if (depth === 1 && token === ':') start = index + 1;
    else if (depth === 1 && name === undefined && token.startsWith('"')) name = JSON.parse(token) as string;
    else if (depth === 1 && (token === ',' || token === '}')) close();
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    previousEnd = index + token.length;
  }
  return members;
}

/** Where an offset is: lines from 1, columns in bytes up to it, as serde_json counts them. */
export function placeOf(text: string, end: number): string {
  const before = text.slice(0, end);
  const line = before.split('\n').length;
  const column = Buffer.byteLength(before.slice(before.lastIndexOf('\n') + 1));
  return `line ${line} column ${column}`;
}
