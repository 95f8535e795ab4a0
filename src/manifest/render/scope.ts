import type { Path } from './ast';
import type { Value, Variables } from './values';
import { isList } from './values';

/** What a name leads to; `found` is false where there is nothing of that name, rather than an explicit null. */
export interface Found {
  readonly value: Value;
  readonly found: boolean;
}

export const NOTHING: Found = { value: null, found: false };

/** What a loop tells its block: `@index`, `@key`, `@first`, `@last`. */
type Frame = ReadonlyMap<string, Value>;

/**
 * The names that a place in a template can see. As raymond looks them up (eval.go), which is not as Handlebars.js does:
 * a name that the innermost value lacks is sought in the values around it, up to the variables file.
 */
export class Scope {
  private constructor(
    /** From the variables file inwards. */
    private readonly contexts: readonly Value[],
    private readonly blockParams: readonly ReadonlyMap<string, Value>[],
    /** From the innermost outwards. */
    private readonly frames: readonly Frame[],
  ) {}

  static of(variables: Variables): Scope {
    return new Scope([variables], [], [new Map()]);
  }

  /** Within a block: around `context`, where there is one, and with a loop's frame. */
  within(context: Value | undefined, params: ReadonlyMap<string, Value>, frame?: Frame): Scope {
    return new Scope(
      context === undefined || context === null ? this.contexts : [...this.contexts, context],
      params.size === 0 ? this.blockParams : [...this.blockParams, params],
      frame === undefined ? this.frames : [new Map([...(this.frames[0] ?? []), ...frame]), ...this.frames],
    );
  }

  lookUp(path: Path): Found {
    const param = this.#blockParam(path.parts[0]);
    if (param !== undefined) {
      return this.within(param, new Map()).#inContext(path);
    }
    if (isRoot(path)) {
      const found = this.#inContext(path);
      return isNothing(found) ? this.#inFrame(path) : found;
    }
    const found = path.data ? this.#inFrame(path) : NOTHING;
    return isNothing(found) ? this.#inContext(path) : found;
  }

  /** A field of the innermost value. */
  own(name: string): Found {
    return follow(this.contexts.at(-1) ?? null, [name]).result;
  }

  #blockParam(name: string | undefined): Variables | undefined {
    for (let at = this.blockParams.length - 1; name !== undefined && at >= 0; at--) {
      const value = this.blockParams[at]?.get(name);
      if (value !== undefined) {
        return value === null ? undefined : new Map([[name, value]]);
      }
    }
    return undefined;
  }

  #inFrame({ depth, parts }: Path): Found {
    const frame = this.frames[depth];
    return frame === undefined ? NOTHING : follow(frame, parts).result;
  }

  /** The search goes outwards until the first part of the path is found, whatever the rest of it leads to. */
  #inContext(path: Path): Found {
    if (isRoot(path)) {
      return follow(this.contexts[0] ?? null, path.parts.slice(1)).result;
    }
    for (let at = this.contexts.length - 1 - path.depth; at >= 0; at--) {
      const { result, isBegun } = follow(this.contexts[at] ?? null, path.parts);
      if (isBegun || !isNothing(result)) {
        return result;
      }
    }
    return NOTHING;
  }
}

function isRoot({ data, parts }: Path): boolean {
  return data && parts[0] === 'root';
}

function isNothing({ value }: Found): boolean {
  return value === null;
}

/** Of a list, each item is followed, and what is found makes a list. */
function follow(context: Value, parts: readonly string[]): { readonly result: Found; readonly isBegun: boolean } {
  if (!isList(context)) {
    return followOne(context, parts);
  }
  const found = context.map((item) => followOne(item, parts).result).filter((each) => each.found);
  return { result: { value: found.map(({ value }) => value), found: true }, isBegun: false };
}

function followOne(context: Value, parts: readonly string[]): { readonly result: Found; readonly isBegun: boolean } {
  let value = context;
  let isBegun = false;
  for (const part of parts) {
    const next = fieldOf(value, part);
    if (next === undefined) {
      return { result: NOTHING, isBegun };
    }
    isBegun = true;
    value = next;
  }
  return { result: { value, found: true }, isBegun };
}

/** A field of a map, or an item of a list by its number. */
export function fieldOf(value: Value, name: string): Value | undefined {
  if (value instanceof Map) {
    return (value as Variables).get(name);
  }
  return isList(value) && /^[+]?\d+$/.test(name) ? value[Number(name)] : undefined;
}
