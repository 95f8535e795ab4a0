import type { Fault } from './faults';
import { visible } from './visible';

/** What the command ends with. */
export const EXIT = { fine: 0, errorsFound: 1, unusable: 2 } as const;

/** What a command that reads files comes to. */
export interface Result {
  readonly output: string;
  readonly faults: readonly Fault[];
  readonly exitCode: number;
}

/** A value as JSON to print. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Texts as lines to print, with nothing in them that would steer a terminal. */
export function lines(texts: readonly string[]): string {
  return texts.map((text) => `${visible(text)}\n`).join('');
}
