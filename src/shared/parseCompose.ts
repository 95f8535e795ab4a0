import { COMPOSE_ACTIONS, type ComposeRequest } from './composeMessages';
import { asFields, asText, MOST, oneOf } from './fields';
import { parseForm } from './parseForm';

/** A request of the request panel before Send, made anew from its known members; undefined for anything else. */
export function parseComposeRequest(value: unknown): ComposeRequest | undefined {
  const fields = asFields(value);
  switch (fields?.['type']) {
    case 'check': {
      const form = parseForm(fields['form']);
      return form && { type: 'check', form };
    }
    case 'format-json': {
      const text = asText(fields['text'], MOST.body);
      return text === undefined ? undefined : { type: 'format-json', text };
    }
    case 'compose': {
      const action = oneOf(COMPOSE_ACTIONS, fields['action']);
      return action && { type: 'compose', action };
    }
    default:
      return undefined;
  }
}
