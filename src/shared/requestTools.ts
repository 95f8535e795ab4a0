import { oneOf, type Fields } from './fields';

/** What the toolbar of the request panel leaves to a command. */
export type RequestTool = 'save' | 'open-saved' | 'history';

export interface RequestToolRequest {
  readonly type: 'tool';
  readonly tool: RequestTool;
}

/** A click on the toolbar; undefined for anything else. */
export function parseRequestTool(fields: Fields): RequestToolRequest | undefined {
  const tool = oneOf<RequestTool>(['save', 'open-saved', 'history'], fields['tool']);
  return tool && { type: 'tool', tool };
}
