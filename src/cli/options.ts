import { parseArgs } from 'node:util';
import { isNineDigits } from '../manifest';

export type Language = 'en' | 'nb';
/** `sarif` and `github` are for findings alone. */
export type Format = 'text' | 'json' | 'sarif' | 'github';

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
  /** What the cluster puts before the name of an exposed scope, where that is given. */
  readonly scopePrefix: string | undefined;
  /** The number of the organisation that runs the workloads, where that is given. */
  readonly organisation: string | undefined;
  /** A configuration file, as given. */
  readonly config: string | undefined;
  /** Whether to apply the safe fixes first. */
  readonly fix: boolean;
}

/** What `sandbox` needs. */
export interface SandboxWork extends GivenVariables {
  readonly kind: 'sandbox';
  /** A configuration file, as given. */
  readonly config: string | undefined;
  /** Files, folders and glob patterns, as given. */
  readonly manifests: readonly string[];
  /** Any free one when it is 0. */
  readonly port: number;
  readonly bind: string | undefined;
  readonly publicUrl: string | undefined;
  readonly allowedHosts: readonly string[];
  readonly texas: boolean;
  readonly envFile: string | undefined;
  /** The client, by id or name, that the env file and Texas are for. */
  readonly client: string | undefined;
  readonly scopePrefix: string;
  readonly organisation: string | undefined;
}

/** What `token` needs. */
export interface TokenWork {
  readonly kind: 'token';
  /** The file with the client's variables, as given; `-` is standard input. */
  readonly envFile: string;
  readonly scopes: readonly string[];
  readonly resource: string | undefined;
  readonly consumerOrg: string | undefined;
}

/** Why the arguments cannot be followed. */
export type Misuse =
  | { readonly kind: 'unknown-option'; readonly option: string }
  | { readonly kind: 'no-value'; readonly option: string }
  | { readonly kind: 'unwanted-value'; readonly option: string }
  | { readonly kind: 'bad-value'; readonly option: string; readonly value: string; readonly allowed: readonly string[] }
  | { readonly kind: 'no-organisation'; readonly option: string }
  | { readonly kind: 'no-port'; readonly option: string }
  | { readonly kind: 'no-public-url'; readonly option: string }
  | { readonly kind: 'no-host'; readonly option: string }
  | { readonly kind: 'not-of-command'; readonly option: string; readonly command: Command }
  | { readonly kind: 'nothing-to-serve' }
  | { readonly kind: 'no-env-file' }
  | { readonly kind: 'no-scope' }
  | { readonly kind: 'no-arguments'; readonly command: Command }
  | { readonly kind: 'two-formats'; readonly format: Format }
  | { readonly kind: 'no-command' }
  | { readonly kind: 'unknown-command'; readonly command: string }
  | { readonly kind: 'no-files'; readonly command: string };

/** The language is known even where the rest is of no use, since that is said in it. */
export type Options = { readonly language: Language } & (
  | Work
  | SandboxWork
  | TokenWork
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'misuse'; readonly misuse: Misuse }
);

const COMMANDS = ['check', 'inspect', 'sandbox', 'token'] as const;
export type Command = (typeof COMMANDS)[number];

/** The commands that read manifests. */
const OF_MANIFESTS = ['check', 'inspect', 'sandbox'] as const;

const OPTIONS = {
  format: { type: 'string', of: ['check', 'inspect'] },
  json: { type: 'boolean', of: ['check', 'inspect'] },
  language: { type: 'string', of: COMMANDS },
  'scope-prefix': { type: 'string', of: OF_MANIFESTS },
  organisation: { type: 'string', of: OF_MANIFESTS },
  vars: { type: 'string', of: OF_MANIFESTS },
  var: { type: 'string', of: OF_MANIFESTS },
  config: { type: 'string', of: ['check', 'sandbox'] },
  fix: { type: 'boolean', of: ['check'] },
  manifest: { type: 'string', of: ['sandbox'] },
  port: { type: 'string', of: ['sandbox'] },
  bind: { type: 'string', of: ['sandbox'] },
  'public-url': { type: 'string', of: ['sandbox'] },
  'allow-host': { type: 'string', of: ['sandbox'] },
  texas: { type: 'boolean', of: ['sandbox'] },
  dotenv: { type: 'string', of: ['sandbox', 'token'] },
  // Node 20 takes this for an option of its own wherever it stands, and ends before a line of ours has run.
  'env-file': { type: 'string', of: ['sandbox', 'token'] },
  scope: { type: 'string', of: ['token'] },
  resource: { type: 'string', of: ['token'] },
  'consumer-org': { type: 'string', of: ['token'] },
  client: { type: 'string', of: ['sandbox'] },
  help: { type: 'boolean', short: 'h', of: COMMANDS },
  version: { type: 'boolean', of: COMMANDS },
} as const;

type OptionName = keyof typeof OPTIONS;

/** What was given for an option, in order; a flag has an empty text. */
type Given = ReadonlyMap<OptionName, readonly string[]>;

const CHOICES = { format: ['text', 'json', 'sarif', 'github'], language: ['en', 'nb'] } as const;

/** What `inspect` prints are no findings, so the forms for those are not for it. */
const INSPECT_FORMATS: readonly Format[] = ['text', 'json'];

/**
 * Reads the arguments after the name of the command. Of an option that is given twice, the last one holds; `--var`,
 * `--manifest`, `--allow-host` and `--scope` add up.
 */
export function parseOptions(args: readonly string[]): Options {
  // Strict parsing would throw sentences of its own, in English only.
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const given = new Map<OptionName, string[]>();
  let misuse: Misuse | undefined;
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    if (!isOption(name)) {
      misuse ??= { kind: 'unknown-option', option: rawName };
      continue;
    }
    misuse ??= misuseOf(name, rawName, value);
    given.set(name, [...(given.get(name) ?? []), value ?? '']);
  }
  const language = lastOf(given, 'language') === 'nb' ? 'nb' : 'en';
  if (misuse !== undefined) return { language, kind: 'misuse', misuse };
  if (given.has('help')) return { language, kind: 'help' };
  if (given.has('version')) return { language, kind: 'version' };
  const [command, ...files] = positionals;
  if (command === undefined) return { language, kind: 'misuse', misuse: { kind: 'no-command' } };
  if (!isCommand(command)) return { language, kind: 'misuse', misuse: { kind: 'unknown-command', command } };
  const foreign = [...given.keys()].find((name) => !OPTIONS[name].of.some((of) => of === command));
  if (foreign !== undefined) {
    return { language, kind: 'misuse', misuse: { kind: 'not-of-command', option: `--${foreign}`, command } };
  }
  switch (command) {
    case 'sandbox':
      return { language, ...sandboxWork(files, given) };
    case 'token':
      return { language, ...tokenWork(files, given) };
    default:
      return { language, ...workOf(command, files, given) };
  }
}

function misuseOf(name: OptionName, option: string, value: string | undefined): Misuse | undefined {
  if (OPTIONS[name].type === 'boolean') return value === undefined ? undefined : { kind: 'unwanted-value', option };
  if (value === undefined || value === '') return { kind: 'no-value', option };
  switch (name) {
    case 'organisation':
    case 'consumer-org':
      return isNineDigits(value) ? undefined : { kind: 'no-organisation', option };
    case 'port':
      return /^\d{1,5}$/.test(value) && Number(value) <= 65_535 ? undefined : { kind: 'no-port', option };
    case 'public-url':
      return isPublicUrl(value) ? undefined : { kind: 'no-public-url', option };
    case 'allow-host':
      return /^[a-z\d._-]+(?::\d{1,5})?$/i.test(value) ? undefined : { kind: 'no-host', option };
    case 'format':
    case 'language': {
      const allowed: readonly string[] = CHOICES[name];
      return allowed.includes(value) ? undefined : { kind: 'bad-value', option, value, allowed };
    }
    default:
      return undefined;
  }
}

/** An issuer identifier has neither query nor fragment (RFC 8414 section 2), and nobody's password belongs in it. */
function isPublicUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && `${username}${password}${search}${hash}` === '';
}

function isOption(name: string): name is OptionName {
  return Object.hasOwn(OPTIONS, name);
}

function isCommand(name: string): name is Command {
  return COMMANDS.some((command) => command === name);
}

function lastOf(given: Given, name: OptionName): string | undefined {
  return given.get(name)?.at(-1);
}

type Parsed<W> = W | { readonly kind: 'misuse'; readonly misuse: Misuse };

function workOf(command: Work['kind'], patterns: readonly string[], given: Given): Parsed<Work> {
  if (patterns.length === 0) return { kind: 'misuse', misuse: { kind: 'no-files', command } };
  const asked = CHOICES.format.find((choice) => choice === lastOf(given, 'format'));
  if (given.has('json') && asked !== undefined && asked !== 'json') {
    return { kind: 'misuse', misuse: { kind: 'two-formats', format: asked } };
  }
  const format = given.has('json') ? 'json' : (asked ?? 'text');
  if (command === 'inspect' && !INSPECT_FORMATS.includes(format)) {
    return {
      kind: 'misuse',
      misuse: { kind: 'bad-value', option: '--format', value: format, allowed: INSPECT_FORMATS },
    };
  }
  return {
    kind: command,
    patterns,
    format,
    scopePrefix: lastOf(given, 'scope-prefix'),
    organisation: lastOf(given, 'organisation'),
    config: lastOf(given, 'config'),
    fix: given.has('fix'),
    ...variablesOf(given),
  };
}

/** Files after the options are manifests too, since a shell makes many arguments of one pattern. */
function sandboxWork(files: readonly string[], given: Given): Parsed<SandboxWork> {
  const manifests = [...(given.get('manifest') ?? []), ...files];
  const config = lastOf(given, 'config');
  if (config === undefined && manifests.length === 0) return { kind: 'misuse', misuse: { kind: 'nothing-to-serve' } };
  return {
    kind: 'sandbox',
    config,
    manifests,
    port: Number(lastOf(given, 'port') ?? 0),
    bind: lastOf(given, 'bind'),
    publicUrl: lastOf(given, 'public-url'),
    allowedHosts: given.get('allow-host') ?? [],
    texas: given.has('texas'),
    envFile: lastOf(given, 'dotenv') ?? lastOf(given, 'env-file'),
    client: lastOf(given, 'client'),
    scopePrefix: lastOf(given, 'scope-prefix') ?? 'nav',
    organisation: lastOf(given, 'organisation'),
    ...variablesOf(given),
  };
}

/** Nothing stands in the arguments that must be kept secret: other users of a machine can read those. */
function tokenWork(files: readonly string[], given: Given): Parsed<TokenWork> {
  if (files.length > 0) return { kind: 'misuse', misuse: { kind: 'no-arguments', command: 'token' } };
  const envFile = lastOf(given, 'dotenv') ?? lastOf(given, 'env-file');
  if (envFile === undefined) return { kind: 'misuse', misuse: { kind: 'no-env-file' } };
  const scopes = (given.get('scope') ?? []).flatMap((text) => text.split(' ')).filter((scope) => scope !== '');
  if (scopes.length === 0) return { kind: 'misuse', misuse: { kind: 'no-scope' } };
  return {
    kind: 'token',
    envFile,
    scopes,
    resource: lastOf(given, 'resource'),
    consumerOrg: lastOf(given, 'consumer-org'),
  };
}

function variablesOf(given: Given): GivenVariables {
  return { vars: lastOf(given, 'vars'), assignments: given.get('var') ?? [] };
}
