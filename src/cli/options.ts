import { parseArgs } from 'node:util';
import { isNineDigits } from '../manifest';

export type Language = 'en' | 'nb';
export type Format = 'text' | 'json';

/** What fills in a template: as `VARS` and `VAR` of nais/deploy. */
export interface GivenVariables {
  /** A variables file, as given. */
  readonly vars: string | undefined;
  /** `name=value`, or a name alone. */
  readonly assignments: readonly string[];
}

/** A command with what it needs. */
export interface Work extends GivenVariables {
  readonly kind: 'check' | 'inspect';
  /** Files, folders and glob patterns, as given. */
  readonly patterns: readonly string[];
  readonly format: Format;
  /** What the cluster puts before the name of an exposed scope. */
  readonly scopePrefix: string;
  /** The number of the organisation that runs the workloads. */
  readonly organisation: string;
}

/** Why the arguments cannot be followed. */
export type Misuse =
  | { readonly kind: 'unknown-option'; readonly option: string }
  | { readonly kind: 'no-value'; readonly option: string }
  | { readonly kind: 'unwanted-value'; readonly option: string }
  | { readonly kind: 'bad-value'; readonly option: string; readonly value: string; readonly allowed: readonly string[] }
  | { readonly kind: 'no-organisation'; readonly option: string }
  | { readonly kind: 'two-formats' }
  | { readonly kind: 'no-command' }
  | { readonly kind: 'unknown-command'; readonly command: string }
  | { readonly kind: 'no-files'; readonly command: string };

/** The language is known even where the rest is of no use, since that is said in it. */
export type Options = { readonly language: Language } & (
  Work | { readonly kind: 'help' | 'version' } | { readonly kind: 'misuse'; readonly misuse: Misuse }
);

const OPTIONS = {
  format: { type: 'string' },
  json: { type: 'boolean' },
  language: { type: 'string' },
  'scope-prefix': { type: 'string' },
  organisation: { type: 'string' },
  vars: { type: 'string' },
  var: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

const CHOICES = { format: ['text', 'json'], language: ['en', 'nb'] } as const;

/** Nav, which runs the clusters that most manifests are for. */
const NAV = { scopePrefix: 'nav', organisation: '889640782' };

/** Reads the arguments after the name of the command. Of an option that is given twice, the last one holds; `--var` adds up. */
export function parseOptions(args: readonly string[]): Options {
  // Strict parsing would throw sentences of its own, in English only.
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const given = new Map<string, string>();
  const assignments: string[] = [];
  let misuse: Misuse | undefined;
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    misuse ??= misuseOf(token.name, token.rawName, token.value);
    given.set(token.name, token.value ?? '');
    if (token.name === 'var') assignments.push(token.value ?? '');
  }
  const language = given.get('language') === 'nb' ? 'nb' : 'en';
  if (misuse !== undefined) return { language, kind: 'misuse', misuse };
  if (given.has('help')) return { language, kind: 'help' };
  if (given.has('version')) return { language, kind: 'version' };
  return { language, ...workOf(positionals, given, assignments) };
}

function misuseOf(name: string, option: string, value: string | undefined): Misuse | undefined {
  if (!isOption(name)) return { kind: 'unknown-option', option };
  if (OPTIONS[name].type === 'boolean') return value === undefined ? undefined : { kind: 'unwanted-value', option };
  if (value === undefined || value === '') return { kind: 'no-value', option };
  if (name === 'organisation' && !isNineDigits(value)) return { kind: 'no-organisation', option };
  const allowed: readonly string[] | undefined = name === 'format' || name === 'language' ? CHOICES[name] : undefined;
  return allowed === undefined || allowed.includes(value) ? undefined : { kind: 'bad-value', option, value, allowed };
}

function isOption(name: string): name is keyof typeof OPTIONS {
  return Object.hasOwn(OPTIONS, name);
}

function workOf(
  [command, ...patterns]: readonly string[],
  given: ReadonlyMap<string, string>,
  assignments: readonly string[],
): Work | { readonly kind: 'misuse'; readonly misuse: Misuse } {
  if (command === undefined) return { kind: 'misuse', misuse: { kind: 'no-command' } };
  if (command !== 'check' && command !== 'inspect') {
    return { kind: 'misuse', misuse: { kind: 'unknown-command', command } };
  }
  if (patterns.length === 0) return { kind: 'misuse', misuse: { kind: 'no-files', command } };
  if (given.has('json') && given.get('format') === 'text') return { kind: 'misuse', misuse: { kind: 'two-formats' } };
  const format = given.has('json') || given.get('format') === 'json' ? 'json' : 'text';
  return {
    kind: command,
    patterns,
    format,
    scopePrefix: given.get('scope-prefix') ?? NAV.scopePrefix,
    organisation: given.get('organisation') ?? NAV.organisation,
    vars: given.get('vars'),
    assignments,
  };
}
