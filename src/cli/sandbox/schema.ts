/** The part of JSON Schema (draft 2020-12) that docs/sandbox.schema.json is written in. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean';
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean;
  readonly items?: Schema;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** What a value does not keep to. None holds the value itself: it may be a key. */
export type SchemaFault =
  | { readonly kind: 'type'; readonly expected: NonNullable<Schema['type']> }
  /** `form` is the name of the definition whose pattern does not match. */
  | { readonly kind: 'pattern'; readonly form: string }
  | { readonly kind: 'range'; readonly least: number; readonly most: number }
  | { readonly kind: 'choice'; readonly allowed: readonly string[] }
  | { readonly kind: 'missing'; readonly member: string }
  | { readonly kind: 'unknown'; readonly member: string };

/** `path` is as in JavaScript: `clients[0].scopes`; empty for the whole. */
export type FaultAt = SchemaFault & { readonly path: string };

/** Every place where `value` does not keep to `schema`, in the order in which they stand there. */
export function faultsBySchema(value: unknown, schema: Schema): FaultAt[] {
  const resolve = ({ $ref, ...own }: Schema): { schema: Schema; form: string } => {
    const form = $ref?.replace('#/$defs/', '') ?? '';
    return { schema: { ...schema.$defs?.[form], ...own }, form };
  };
  const check = (part: unknown, partSchema: Schema, path: string): FaultAt[] => {
    const { schema: rules, form } = resolve(partSchema);
    if (rules.type !== undefined && !isOfType(part, rules.type)) return [{ kind: 'type', expected: rules.type, path }];
    if (rules.enum && !(typeof part === 'string' && rules.enum.includes(part))) {
      return [{ kind: 'choice', allowed: rules.enum, path }];
    }
    if (typeof part === 'string' && rules.pattern !== undefined && !new RegExp(rules.pattern, 'u').test(part)) {
      return [{ kind: 'pattern', form, path }];
    }
    if (typeof part === 'number') return rangeFaults(part, rules, path);
    if (Array.isArray(part)) {
      return part.flatMap((item: unknown, index) => check(item, rules.items ?? {}, `${path}[${index}]`));
    }
    return isObject(part) ? memberFaults(part, rules, path) : [];
  };
  const memberFaults = (part: Readonly<Record<string, unknown>>, rules: Schema, path: string): FaultAt[] => {
    const missing = (rules.required ?? []).filter((member) => !Object.hasOwn(part, member));
    return [
      ...missing.map((member) => ({ kind: 'missing', member, path }) as const),
      ...Object.entries(part).flatMap(([member, value]): FaultAt[] => {
        const known =
          rules.properties && Object.hasOwn(rules.properties, member) ? rules.properties[member] : undefined;
        if (known) return check(value, known, path === '' ? member : `${path}.${member}`);
        return rules.additionalProperties === false ? [{ kind: 'unknown', member, path }] : [];
      }),
    ];
  };
  return check(value, schema, '');
}

function rangeFaults(value: number, { minimum = -Infinity, maximum = Infinity }: Schema, path: string): FaultAt[] {
  return value >= minimum && value <= maximum ? [] : [{ kind: 'range', least: minimum, most: maximum, path }];
}

function isOfType(value: unknown, type: NonNullable<Schema['type']>): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
