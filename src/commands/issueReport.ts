import { redact } from '../platform/redact';
import type { Translate } from '../shared/localize';

/** What a report of an issue is made of. */
export interface IssueFacts {
  readonly version: string;
  /** Name and version of the editor. */
  readonly editor: string;
  /** Where the extension runs: `linux x64, Node.js 22.15.0`. */
  readonly machine: string;
  /** What the window is connected to, as VS Code names it; undefined for this machine. */
  readonly remote: string | undefined;
  readonly language: string;
  readonly isTrusted: boolean;
  /** The kind of environment alone: its name, its client and its issuer are the user's own business. */
  readonly environment: string;
  readonly manifests: number;
  /** Those that differ from their defaults, by name. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Of the log, which is redacted already. */
  readonly logLines: readonly string[];
}

/** Settings whose values name people's files, hosts or organisations: that they are set is enough to know. */
const PRIVATE_SETTINGS: ReadonlySet<string> = new Set([
  'maskinporten.http.caFile',
  'maskinporten.knownScopes',
  'maskinporten.organisation.name',
]);

/** A report as Markdown, for its writer to complete, with nothing secret in what is filled in. */
export function issueReport(facts: IssueFacts, t: Translate): string {
  const rows = [
    [t('Extension'), facts.version],
    [t('Editor'), facts.editor],
    [t('Runs on'), facts.machine],
    [t('Connected to'), facts.remote ?? t('this machine')],
    [t('Language'), facts.language],
    [t('Workspace'), facts.isTrusted ? t('trusted') : t('not trusted')],
    [t('Environment'), facts.environment],
    [t('Manifests known'), String(facts.manifests)],
  ] as const;
  const settings = Object.entries(facts.settings).map(([name, value]) => `${name}: ${shown(name, value, t)}`);
  return redact(
    [
      `# ${t('A problem with Maskinporten for Nais')}`,
      '',
      `## ${t('What happened, and what did you expect?')}`,
      '',
      '',
      '',
      `## ${t('How can it be seen again?')}`,
      '',
      '1. ',
      '',
      `## ${t('Where it happened')}`,
      '',
      ...rows.map(([name, value]) => `- ${name}: ${value}`),
      '',
      `## ${t('Settings that are not the default')}`,
      '',
      fenced(settings.length === 0 ? t('none') : settings.join('\n')),
      '',
      `## ${t('The end of the log')}`,
      '',
      t('Keys, tokens and identity numbers are left out. Read it all the same before you hand it on.'),
      '',
      fenced(facts.logLines.length === 0 ? t('empty') : facts.logLines.join('\n')),
      '',
    ].join('\n'),
  );
}

function shown(name: string, value: unknown, t: Translate): string {
  return PRIVATE_SETTINGS.has(name) ? t('set, and left out here') : JSON.stringify(value);
}

/** With more backticks around it than are in it, so that a line of the log cannot end the block (CommonMark 4.5). */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
