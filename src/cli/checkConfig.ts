import { readFile } from 'node:fs/promises';
import path from 'node:path';
import schema from '../../docs/check.schema.json';
import {
  decode,
  knownScopesWith,
  NO_PUBLIC_SCOPES,
  readOwnScopes,
  type FindingOptions,
  type OwnScope,
} from '../manifest';
import { faultOf, type Fault } from './faults';
import { faultsBySchema, type Schema } from './sandbox/schema';

/** The file that is read where no other is named. */
export const USUAL_CONFIG = '.nais-maskinporten.json';

/** docs/check.schema.json, as far as it is known to hold once the faults are none. */
interface CheckConfigFile {
  readonly 'maskinporten.diagnostics.severity'?: NonNullable<FindingOptions['severities']>;
  readonly 'maskinporten.organisation.number'?: string;
  readonly 'maskinporten.organisation.scopePrefix'?: string;
  readonly 'maskinporten.knownScopes'?: readonly OwnScope[];
}

/** What a configuration decides. */
export interface CheckConfig extends Pick<FindingOptions, 'severities' | 'knownScopes'> {
  readonly organisation?: string | undefined;
  readonly scopePrefix?: string | undefined;
}

export type ReadCheckConfig =
  { readonly ok: true; readonly config: CheckConfig } | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * Reads the configuration that was asked for, or the usual one of `folder`, which need not be there. One that has
 * anything wrong is not used in part: a severity that is misspelt would let through what it was to stop.
 */
export async function readCheckConfig(asked: string | undefined, folder: string): Promise<ReadCheckConfig> {
  const file = asked ?? USUAL_CONFIG;
  const bytes = await readFile(path.resolve(folder, file)).catch((error: unknown) => faultOf(file, error));
  if (!Buffer.isBuffer(bytes)) {
    return asked === undefined && bytes.kind === 'missing' ? { ok: true, config: {} } : { ok: false, faults: [bytes] };
  }
  const value = parseJson(decode(bytes).replace(/^\uFEFF/, ''));
  if (value === undefined) {
    return { ok: false, faults: [{ kind: 'bad-config', file, fault: { kind: 'no-json', path: '' } }] };
  }
  const faults = faultsBySchema(value, schema as Schema);
  if (faults.length > 0) return { ok: false, faults: faults.map((fault) => ({ kind: 'bad-config', file, fault })) };
  return read(file, value as CheckConfigFile);
}

function read(file: string, written: CheckConfigFile): ReadCheckConfig {
  const own = readOwnScopes(written['maskinporten.knownScopes']);
  if (own.faults.length > 0) {
    return { ok: false, faults: own.faults.map(({ row }) => ({ kind: 'bad-known-scope', file, row })) };
  }
  return {
    ok: true,
    config: {
      severities: written['maskinporten.diagnostics.severity'],
      organisation: written['maskinporten.organisation.number'],
      scopePrefix: written['maskinporten.organisation.scopePrefix'],
      ...(own.rows.length > 0 && { knownScopes: knownScopesWith(own.rows, NO_PUBLIC_SCOPES) }),
    },
  };
}

/** Undefined is no JSON value, so it says that there was none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
