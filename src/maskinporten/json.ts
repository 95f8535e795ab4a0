export type JsonObject = Readonly<Record<string, unknown>>;

/** The JSON object that `bytes` hold as UTF-8 (RFC 8259 section 8.1), undefined where they hold anything else. */
export function readJsonObject(bytes: Uint8Array): JsonObject | undefined {
  try {
    return asJsonObject(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return undefined;
  }
}

/** `value` when it is an object, and neither an array nor null. */
export function asJsonObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** The objects in `value` when it is an array; anything else in it is left out. */
export function asJsonObjects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? (value as unknown[]).map(asJsonObject).filter((member) => member !== undefined) : [];
}

/** `value` when it is a string with something in it. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
