/** The steps of the writer, one a line; what it found when it woke up. */
export const STEPS_FILE = 'steps.jsonl';
export const FOUND_FILE = 'found.json';

export const KINDS = ['credential', 'history', 'saved'] as const;
export type Kind = (typeof KINDS)[number];

/** Something that was begun, or acknowledged: `value` is what the name stands for then; none once it is deleted. */
export interface Step {
  readonly pid: number;
  readonly kind: Kind;
  readonly name: string;
  readonly value?: string | undefined;
  readonly done: boolean;
}

/** What was found, in the order of the store. */
export type Found = Record<Kind, (readonly [name: string, value: string])[]> & {
  readonly pid: number;
  readonly faults: string[];
};
