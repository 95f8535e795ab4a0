import { asFields } from './fields';
import type { ResponseRequest } from './responseMessages';

/** A request of the request panel from Send on, made anew from its known members; undefined for anything else. */
export function parseResponseRequest(value: unknown): ResponseRequest | undefined {
  const fields = asFields(value);
  switch (fields?.['type']) {
    case 'cancel':
      return { type: 'cancel' };
    default:
      return undefined;
  }
}
