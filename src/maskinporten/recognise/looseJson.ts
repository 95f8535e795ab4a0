import { asJsonObject, type JsonObject } from '../json';
import { decodeBase64 } from './decode';

/**
 * The JSON object that a text holds: as it is, as a JSON string once more, with the quotation marks still escaped as
 * some `.env` files need it, or in base64 as `kubectl -o jsonpath` prints a value. Undefined for anything else.
 */
export function readLooseJson(text: string): JsonObject | undefined {
  const trimmed = text.trim();
  return readJson(trimmed) ?? readJson(trimmed.replaceAll('\\"', '"')) ?? readJson(decodeBase64(trimmed) ?? '');
}

function readJson(text: string): JsonObject | undefined {
  if (!/^["{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return asJsonObject(typeof value === 'string' ? JSON.parse(value) : value);
  } catch {
    // What the parser says quotes the text.
    return undefined;
  }
}
