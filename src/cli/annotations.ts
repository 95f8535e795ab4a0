import path from 'node:path';
import type { Severity } from '../manifest';
import type { Checked } from './check';
import { visible } from './visible';

const COMMANDS: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/**
 * A line for each finding that GitHub Actions shows beside the line of the manifest: the runner's workflow commands
 * (docs.github.com, "Workflow commands for GitHub Actions"). Columns are for a finding of one line alone; the runner drops
 * them otherwise.
 */
export function annotationsOf({ report, positionOf }: Checked): readonly string[] {
  return report.findings.map(({ code, severity, message, range }) => {
    const [first, last] = [positionOf(range.start), positionOf(range.end)];
    const columns = first.line === last.line ? `,col=${first.column},endColumn=${last.column}` : '';
    const file = property(report.file.split(path.sep).join('/'));
    const place = `file=${file},line=${first.line},endLine=${last.line}${columns}`;
    return `::${COMMANDS[severity]} ${place},title=${property(code)}::${data(message)}`;
  });
}

/** What would end the text, or begin another command, as the runner takes it back (actions/toolkit, command.ts). */
function data(text: string): string {
  return visible(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
