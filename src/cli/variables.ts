import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  assumingImage,
  decode,
  readAssignment,
  readVariables,
  renderFile,
  withAssignments,
  type FileWithText,
  type RenderedFile,
  type Variables,
} from '../manifest';
import { faultOf, type Fault } from './faults';
import type { GivenVariables } from './options';

/** Fills the variables that the arguments gave into a file. */
export type Render = (file: FileWithText) => RenderedFile;

export interface Prepared {
  /** None where no variables were given, or they could not be read. */
  readonly render: Render | undefined;
  readonly faults: readonly Fault[];
}

/** Reads `--vars` and `--var` as the deploy client reads `VARS` and `VAR`, and loads what fills them in. */
export async function prepareRendering({ vars, assignments }: GivenVariables, folder: string): Promise<Prepared> {
  if (vars === undefined && assignments.length === 0) return { render: undefined, faults: [] };
  const read = vars === undefined ? { variables: new Map() } : await variablesIn(vars, folder);
  if ('kind' in read) return { render: undefined, faults: [read] };
  const { parse } = await import('../manifest/handlebars');
  const variables = assumingImage(withAssignments(read.variables, assignments.map(readAssignment)));
  const chosen = { name: vars ?? '--var', variables, mayBeMore: false };
  return { render: (file) => renderFile(file, chosen, parse), faults: [] };
}

async function variablesIn(file: string, folder: string): Promise<{ readonly variables: Variables } | Fault> {
  const bytes = await readFile(path.resolve(folder, file)).catch((error: unknown) => faultOf(file, error));
  if (!Buffer.isBuffer(bytes)) return bytes;
  const read = readVariables(decode(bytes));
  return read.kind === 'read'
    ? { variables: read.variables }
    : { kind: 'no-variables', path: file, reason: read.reason };
}
