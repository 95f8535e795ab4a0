/** What a field may hold, and what Texas says of anything else: the words of serde, which reads its requests. */
export type FieldKind = 'text' | 'provider' | 'flag' | 'details';

export interface FieldRule {
  readonly kind: FieldKind;
  readonly required: boolean;
}

export type FieldRules = Readonly<Record<string, FieldRule>>;

/** Values of one request by field; what it leaves out is left out here, and so is `null` where it may be. */
export type FieldValues = Readonly<Record<string, unknown>>;

export type FieldReading =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string };

/** nais/texas, src/oauth/identity_provider.rs. `azuread` is the older name of `entra_id`. */
const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['azuread', 'entra_id'],
  ['entra_id', 'entra_id'],
  ['tokenx', 'tokenx'],
  ['maskinporten', 'maskinporten'],
  ['idporten', 'idporten'],
]);

/** Reads a JSON value as a field of this kind. */
export function readJsonField(value: unknown, { kind, required }: FieldRule): FieldReading {
  if (value === null && !required) return { ok: true, value: undefined };
  switch (kind) {
    case 'text':
      return typeof value === 'string' ? { ok: true, value } : invalidType(value, 'a string');
    case 'provider':
      return typeof value === 'string' ? readProvider(value) : invalidType(value, 'variant identifier');
    case 'flag':
      return typeof value === 'boolean' ? { ok: true, value } : invalidType(value, 'a boolean');
    case 'details':
      return readDetails(value);
  }
}

/** Reads the text of a form's field as one of this kind. */
export function readFormField(text: string, { kind }: FieldRule): FieldReading {
  switch (kind) {
    case 'text':
      return { ok: true, value: text };
    case 'provider':
      return readProvider(text);
    case 'flag':
      return text === 'true' || text === 'false'
        ? { ok: true, value: text === 'true' }
        : { ok: false, reason: 'provided string was not `true` or `false`' };
    case 'details':
      return readDetails(text);
  }
}

function readProvider(name: string): FieldReading {
  const value = PROVIDERS.get(name);
  if (value !== undefined) return { ok: true, value };
  const known = [...PROVIDERS.keys()].map((provider) => `\`${provider}\``).join(', ');
  return { ok: false, reason: `unknown variant \`${name}\`, expected one of ${known}` };
}

/** An array of objects, or its JSON as a string, as forms send it. What is in the objects is Maskinporten's to judge. */
function readDetails(value: unknown): FieldReading {
  if (isListOfObjects(value)) return { ok: true, value };
  if (typeof value !== 'string') {
    return { ok: false, reason: 'data did not match any variant of untagged enum RequestValue' };
  }
  try {
    const parsed: unknown = JSON.parse(value);
    if (isListOfObjects(parsed)) return { ok: true, value: parsed };
  } catch {
    // Said below: the parser's own words are not Texas's.
  }
  return { ok: false, reason: 'failed to parse authorization_details JSON string: expected a sequence of objects' };
}

function isListOfObjects(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((item: unknown) => typeof item === 'object' && item !== null && !Array.isArray(item))
  );
}

function invalidType(value: unknown, expected: string): FieldReading {
  return { ok: false, reason: `invalid type: ${typeNameOf(value)}, expected ${expected}` };
}

/** How serde names a JSON value (serde, `de::Unexpected`). */
export function typeNameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'sequence';
  switch (typeof value) {
    case 'string':
      return `string ${JSON.stringify(value)}`;
    case 'number':
      return Number.isInteger(value) ? `integer \`${value}\`` : `floating point \`${value}\``;
    case 'boolean':
      return `boolean \`${String(value)}\``;
    default:
      return 'map';
  }
}
