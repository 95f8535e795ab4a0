import { resyncCommand, type ProvisioningReport, type ProvisioningTarget } from '../maskinporten/provisioning';
import type { Translate } from '../shared/localize';
import { wordProvisioningFacts, wordProvisioningFinding, wordVerdict } from '../words/provisioning';

export interface PageOptions {
  readonly t: Translate;
  readonly locale: string;
  readonly nowMs: number;
  /** Whom it was asked about: the lines of conditions do not say. */
  readonly target: ProvisioningTarget;
}

/**
 * The report as a page of Markdown: the state in words, what to do about it, and then the facts. What comes from the
 * cluster is shown as the text that it is, whatever Markdown it holds.
 */
export function provisioningPage(report: ProvisioningReport, { t, locale, nowMs, target }: PageOptions): string {
  const { status, findings } = report;
  const points = findings.map((finding) => wordProvisioningFinding(finding, t, nowMs));
  const facts = wordProvisioningFacts(report, t, nowMs, locale);
  return [
    `# ${plain(wordVerdict(report, t))}`,
    ...points.flatMap(({ title, text, cure }) => [
      `## ${plain(title)}`,
      plain(text),
      `**${plain(t('What to do'))}:** ${plain(cure)}`,
    ]),
    ...resync(report, target, t),
    ...(facts.length > 0
      ? [
          `## ${plain(t('Facts'))}`,
          facts.map(({ label, value }) => `- **${plain(label)}:** ${plain(value)}`).join('\n'),
        ]
      : []),
    ...(status.conditions.length > 0
      ? [
          `## ${plain(t('Conditions'))}`,
          status.conditions
            .map(({ type, status: state, reason, message }) =>
              [`- **${plain(type)}: ${state}**`, ...[reason, message].flatMap((text) => plain(text ?? '') || [])].join(
                ' · ',
              ),
            )
            .join('\n'),
        ]
      : []),
    '',
  ].join('\n\n');
}

/** Findings that the command to synchronise cures. */
const CURED_BY_RESYNC: ReadonlySet<string> = new Set(['all-scopes-refused', 'scopes-refused', 'old']);

/** The line that has the client synchronised now, where that may help. */
export function resyncLineFor(
  { status, findings }: ProvisioningReport,
  target: ProvisioningTarget,
): string | undefined {
  if (!findings.some(({ kind }) => CURED_BY_RESYNC.has(kind))) return undefined;
  const command = resyncCommand({ workload: status.name ?? target.workload, team: status.namespace ?? target.team });
  return command.ok ? command.line : undefined;
}

function resync(report: ProvisioningReport, target: ProvisioningTarget, t: Translate): string[] {
  const line = resyncLineFor(report, target);
  return line === undefined ? [] : [`## ${plain(t('Synchronise now'))}`, `\`\`\`text\n${line}\n\`\`\``];
}

/** Any text as Markdown that shows it: every sign that Markdown or HTML knows gets a backslash (CommonMark 2.4). */
function plain(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
