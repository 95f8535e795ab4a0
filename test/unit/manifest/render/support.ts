import assert from 'node:assert/strict';
import { readVariables, type Variables } from '../../../../src/manifest';

/** The variables that a variables file of this text holds. */
export function variablesOf(text: string): Variables {
  const read = readVariables(text);
  assert.ok(read.kind === 'read');
  return read.variables;
}
