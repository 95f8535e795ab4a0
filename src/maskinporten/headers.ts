import type { HeaderFields } from './transport';

/** The value of a header field, by its name in lower case; the first where there are several. */
export function headerValue(headers: HeaderFields, name: string): string | undefined {
  return headers.find(([other]) => other.toLowerCase() === name)?.[1];
}

/** Every value of a header field, by its name in lower case, in order. */
export function headerValues(headers: HeaderFields, name: string): string[] {
  return headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value);
}
