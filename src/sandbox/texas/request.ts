import type { Request } from '../http';
import { readFormField, readJsonField, typeNameOf } from './fields';
import type { FieldRules, FieldValues } from './fields';
import { placeOf, readJsonMembers } from './jsonMembers';

/** Fields of POST /api/v1/token (nais/texas, src/oauth/identity_provider.rs); others are passed over. */
export const TOKEN_FIELDS: FieldRules = {
  target: { kind: 'text', required: true },
  identity_provider: { kind: 'provider', required: true },
  resource: { kind: 'text', required: false },
  authorization_details: { kind: 'details', required: false },
  skip_cache: { kind: 'flag', required: false },
};

/** Fields of POST /api/v1/token/exchange. */
export const EXCHANGE_FIELDS: FieldRules = {
  target: { kind: 'text', required: true },
  identity_provider: { kind: 'provider', required: true },
  user_token: { kind: 'text', required: true },
  skip_cache: { kind: 'flag', required: false },
};

/** Fields of POST /api/v1/introspect. */
export const INTROSPECTION_FIELDS: FieldRules = {
  token: { kind: 'text', required: true },
  identity_provider: { kind: 'provider', required: true },
};

const STRUCT_NAMES: ReadonlyMap<FieldRules, string> = new Map([
  [TOKEN_FIELDS, 'TokenRequest'],
  [EXCHANGE_FIELDS, 'TokenExchangeRequest'],
  [INTROSPECTION_FIELDS, 'IntrospectRequest'],
]);

export type TexasReading =
  | { readonly ok: true; readonly fields: FieldValues }
  /** `description` is what Texas answers, and may quote what was sent. */
  | { readonly ok: false; readonly description: string };

/** Reads a body as Texas does: JSON or a form, by how its type begins (nais/texas, src/handler.rs). */
export function readTexasRequest({ headers, body }: Request, rules: FieldRules): TexasReading {
  const type = headers['content-type'] ?? '';
  if (type.startsWith('application/json')) {
    return isType(type, /^application\/(?:json|[^;]+\+json)$/i)
      ? readJson(body, rules)
      : refused('Expected request with `Content-Type: application/json`');
  }
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return isType(type, /^application\/x-www-form-urlencoded$/i)
      ? readForm(body.toString('utf8'), rules)
      : refused('Form requests must have `Content-Type: application/x-www-form-urlencoded`');
  }
  const expected = '`application/json`, `application/x-www-form-urlencoded`';
  return refused(`unsupported media type: ${type}: expected one of ${expected}`);
}

function isType(header: string, type: RegExp): boolean {
  const [mediaType = ''] = header.split(';', 1);
  return type.test(mediaType.trim());
}

function readJson(body: Buffer, rules: FieldRules): TexasReading {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return refused('Failed to parse the request body as JSON: invalid unicode code point');
  }
  const reading = readJsonMembers(text);
  const at = (end: number) => `at ${placeOf(text, end)}`;
  if (reading.kind === 'syntax-error') {
    return refused(`Failed to parse the request body as JSON: ${reading.reason} ${at(reading.end)}`);
  }
  const badData = (reason: string, end: number) =>
    refused(`Failed to deserialize the JSON body into the target type: ${reason} ${at(end)}`);
  if (reading.kind === 'other') {
    const struct = STRUCT_NAMES.get(rules) ?? 'request';
    return badData(`invalid type: ${typeNameOf(reading.value)}, expected struct ${struct}`, reading.end);
  }
  const fields: Record<string, unknown> = {};
  const seen = new Set<string>();
  for (const { name, value, end } of reading.members) {
    const rule = ruleOf(rules, name);
    if (!rule) continue;
    if (seen.has(name)) return badData(`duplicate field \`${name}\``, end);
    seen.add(name);
    const read = readJsonField(value, rule);
    if (!read.ok) return badData(`${name}: ${read.reason}`, end);
    if (read.value !== undefined) fields[name] = read.value;
  }
  const missing = missingField(rules, seen);
  return missing === undefined ? { ok: true, fields } : badData(`missing field \`${missing}\``, reading.end);
}

function readForm(text: string, rules: FieldRules): TexasReading {
  const badForm = (reason: string) => refused(`Failed to deserialize form body: ${reason}`);
  const fields: Record<string, unknown> = {};
  const seen = new Set<string>();
  for (const [name, value] of new URLSearchParams(text)) {
    const rule = ruleOf(rules, name);
    if (!rule) continue;
    if (seen.has(name)) return badForm(`duplicate field \`${name}\``);
    seen.add(name);
    const read = readFormField(value, rule);
    if (!read.ok) return badForm(`${name}: ${read.reason}`);
    fields[name] = read.value;
  }
  const missing = missingField(rules, seen);
  return missing === undefined ? { ok: true, fields } : badForm(`missing field \`${missing}\``);
}

function ruleOf(rules: FieldRules, name: string) {
  return Object.hasOwn(rules, name) ? rules[name] : undefined;
}

function missingField(rules: FieldRules, seen: ReadonlySet<string>): string | undefined {
  return Object.entries(rules).find(([name, { required }]) => required && !seen.has(name))?.[0];
}

function refused(description: string): TexasReading {
  return { ok: false, description };
}
