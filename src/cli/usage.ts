import type { Translate } from '../shared/localize';
import type { Misuse } from './options';

const COLUMN = 24;

/** What --help prints. */
export function usage(t: Translate): string {
  return [
    t('Reads Nais manifests and says what Nais, Digdir or the network would refuse later.'),
    '',
    t('Usage:'),
    '  nais-maskinporten check FILE… [--vars FILE] [--var NAME=VALUE]… [--format text|json] [--language en|nb]',
    '  nais-maskinporten inspect FILE… [--vars FILE] [--var NAME=VALUE]… [--json]',
    '',
    row('check', t('lists the findings, as the editor does')),
    row('inspect', t('lists what each manifest consumes, exposes and may reach')),
    '',
    row('FILE', t('a file, a folder with YAML files, or a glob pattern in quotes')),
    row('--vars FILE', t('fills in a template with the variables of this file, as VARS of nais/deploy does')),
    row('--var NAME=VALUE', t('the same for one variable; wins over the file')),
    row('--format text|json', t('lines to read (the default) or JSON')),
    row('--json', t('the same as --format json')),
    row('--language en|nb', t('English (the default) or Norwegian')),
    row('--scope-prefix PREFIX', t('what stands before the name of an exposed scope: nav unless given')),
    row('--organisation NUMBER', t('whose clusters the manifests are for: Nav unless given')),
    row('-h, --help', t('shows this')),
    row('--version', t('shows the version')),
    '',
    t('Exit codes:'),
    row('0', t('no errors; warnings may be there')),
    row('1', t('check found errors')),
    row('2', t('the command is wrong, or something could not be read; the rest was checked')),
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
    case 'two-formats':
      return t('--json and --format text contradict each other.');
    case 'no-command':
      return t('A command is missing: check or inspect.');
    case 'unknown-command':
      return t('There is no command {command}.', { command: misuse.command });
    case 'no-files':
      return t('{command} needs a file, a folder or a glob pattern.', { command: misuse.command });
  }
}
