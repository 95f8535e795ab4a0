import type { Translate } from '../shared/localize';
import type { Misuse } from './options';

const COLUMN = 26;

/** What --help prints. */
export function usage(t: Translate): string {
  return [
    t('Reads Nais manifests and says what Nais, Digdir or the network would refuse later.'),
    '',
    t('Usage:'),
    '  nais-maskinporten check FILE… [--fix] [--config FILE.json] [--vars FILE] [--var NAME=VALUE]… [--format FORMAT]',
    '  nais-maskinporten inspect FILE… [--vars FILE] [--var NAME=VALUE]… [--json]',
    '  nais-maskinporten sandbox [--config FILE.json] [--manifest FILE]… [--port N] [--texas] [--dotenv PATH]',
    '  nais-maskinporten token --dotenv FILE --scope SCOPE… [--resource URI] [--consumer-org NUMBER]',
    '',
    row('check', t('lists the findings, as the editor does')),
    row('inspect', t('lists what each manifest consumes, exposes and may reach')),
    row('sandbox', t('serves a Maskinporten on this machine, for tests, until it is stopped')),
    row('token', t('gets a token and prints it, for scripts')),
    '',
    row('FILE', t('a file, a folder with YAML files, or a glob pattern in quotes')),
    row('--vars FILE', t('fills in a template with the variables of this file, as VARS of nais/deploy does')),
    row('--var NAME=VALUE', t('the same for one variable; wins over the file')),
    row('--format text|json', t('lines to read (the default) or JSON')),
    row('--format sarif|github', t('for check: SARIF 2.1.0, or annotations of GitHub Actions')),
    row('--json', t('the same as --format json')),
    row('--language en|nb', t('English (the default) or Norwegian')),
    row('--scope-prefix PREFIX', t('what stands before the name of an exposed scope: nav unless given')),
    row('--organisation NUMBER', t('whose clusters the manifests are for: Nav unless given')),
    '',
    t('For check alone:'),
    row('--fix', t('first cures what needs no decision, and says what it did')),
    row(
      '--config FILE.json',
      t('severities and more, as docs/check.schema.json describes; .nais-maskinporten.json unless given'),
    ),
    '',
    t('For sandbox alone:'),
    row('--config FILE.json', t('clients, scopes and scenarios, as docs/sandbox.schema.json describes them')),
    row('--manifest FILE', t('makes a client of each workload, with the scopes that it consumes')),
    row('--port N', t('listens on this port; on a free one unless given')),
    row('--texas', t('serves the token endpoint of Nais (Texas), too')),
    row('--dotenv PATH', t('writes MASKINPORTEN_… and NAIS_… of a client, for docker compose and IDEs')),
    row('--env-file PATH', t('the same, from Node 22 on: Node 20 takes it for its own')),
    row('--client NAME', t('which client --texas and --dotenv are for: the first unless given')),
    row('--public-url URL', t('one address for this machine and for containers: issuer and all below it')),
    row('--allow-host HOST', t('answers to this Host, too')),
    row('--bind ADDRESS', t('listens on this address: 127.0.0.1 unless given')),
    '',
    t('For token alone:'),
    row('--dotenv FILE', t('has MASKINPORTEN_… of the client, as Nais gives them; - is standard input')),
    row('--env-file FILE', t('the same, from Node 22 on: Node 20 takes it for its own')),
    row('--scope SCOPE', t('what to ask for; may be given several times')),
    row('--resource URI', t('the API that the token is to be restricted to')),
    row('--consumer-org NUMBER', t('the organisation on whose behalf it is asked for')),
    '',
    row('-h, --help', t('shows this')),
    row('--version', t('shows the version')),
    '',
    t('Exit codes:'),
    row('0', t('no errors; warnings may be there')),
    row('1', t('check found errors; token was refused one')),
    row('2', t('the command is wrong, or something could not be read; the rest was checked')),
    t('A sandbox ends with 0 when it is stopped.'),
    '',
  ].join('\n');
}

function row(name: string, text: string): string {
  return `  ${name.padEnd(COLUMN)}${text}`;
}

/** What is wrong with the arguments, and where to look. */
export function wordMisuse(misuse: Misuse, t: Translate): string {
  return `${sentenceFor(misuse, t)} ${t('{command} tells what there is.', { command: 'nais-maskinporten --help' })}`;
}

function sentenceFor(misuse: Misuse, t: Translate): string {
  switch (misuse.kind) {
    case 'unknown-option':
      return t('There is no option {option}.', { option: misuse.option });
    case 'no-value':
      return t('{option} needs a value.', { option: misuse.option });
    case 'unwanted-value':
      return t('{option} takes no value.', { option: misuse.option });
    case 'bad-value': {
      const { option, value, allowed } = misuse;
      return t('{option} cannot be {value}. It can be {allowed}.', { option, value, allowed: allowed.join(', ') });
    }
    case 'no-organisation':
      return t('{option} must be an organisation number of nine digits.', { option: misuse.option });
    case 'no-port':
      return t('{option} must be a number from 0 to 65535.', { option: misuse.option });
    case 'no-public-url':
      return t('{option} must be an address with http or https, without query or fragment.', { option: misuse.option });
    case 'no-host':
      return t('{option} must be a host, or a host and a port: db, db:8080.', { option: misuse.option });
    case 'not-of-command':
      return t('{command} has no option {option}.', { command: misuse.command, option: misuse.option });
    case 'nothing-to-serve':
      return t('sandbox needs --config, --manifest or both.');
    case 'no-env-file':
      return t('token needs --dotenv with a file, or with - for standard input.');
    case 'no-scope':
      return t('token needs --scope.');
    case 'no-arguments':
      return t('{command} takes nothing but options.', { command: misuse.command });
    case 'two-formats':
      return t('--json and --format {format} contradict each other.', { format: misuse.format });
    case 'no-command':
      return t('A command is missing: check, inspect, sandbox or token.');
    case 'unknown-command':
      return t('There is no command {command}.', { command: misuse.command });
    case 'no-files':
      return t('{command} needs a file, a folder or a glob pattern.', { command: misuse.command });
  }
}
