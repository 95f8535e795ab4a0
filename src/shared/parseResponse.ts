import { asFields, asText, oneOf } from './fields';
import { parseForm } from './parseForm';
import { RESPONSE_COMMANDS, type ResponseRequest } from './responseMessages';

/** A request of the request panel from Send on, made anew from its known members; undefined for anything else. */
export function parseResponseRequest(value: unknown): ResponseRequest | undefined {
  const fields = asFields(value);
  switch (fields?.['type']) {
    case 'cancel':
      return { type: 'cancel' };
    case 'send-to-file': {
      const form = parseForm(fields['form']);
      return form && { type: 'send-to-file', form };
    }
    case 'response': {
      const command = oneOf(RESPONSE_COMMANDS, fields['command']);
      return command && { type: 'response', command };
    }
    case 'note-action': {
      const id = asText(fields['id'], 100);
      return id === undefined ? undefined : { type: 'note-action', id };
    }
    default:
      return undefined;
  }
}
