import { findingsOf, readFile, type FindingCode, type Range, type Severity } from '../manifest';
import type { Translate } from '../shared/localize';
import { wordFinding } from '../words/findings';
import { positionsIn } from './positions';

/** What `check` prints of a file as JSON: part of the command's contract. */
export interface CheckReport {
  readonly file: string;
  readonly findings: readonly {
    readonly code: FindingCode;
    readonly severity: Severity;
    readonly message: string;
    /** In UTF-16 units of the file as read, a byte order mark included. */
    readonly range: Range;
  }[];
}

export interface Checked {
  readonly report: CheckReport;
  readonly manifests: number;
  /** The same for people and for editors that read compilers' output: `file:line:column: severity CODE message`. */
  readonly lines: readonly string[];
}

/** Judges one file of any content. A file without a manifest has no findings. */
export function checkText(file: string, text: string, t: Translate): Checked {
  const read = readFile(text);
  const findings = findingsOf(read).map((finding) => ({
    code: finding.code,
    severity: finding.severity,
    message: wordFinding(finding, t),
    range: { start: finding.range.start, end: finding.range.end },
  }));
  const positionOf = findings.length > 0 ? positionsIn(text) : undefined;
  const lines = findings.map(({ code, severity, message, range }) => {
    const { line, column } = positionOf?.(range.start) ?? { line: 1, column: 1 };
    return `${file}:${line}:${column}: ${severity} ${code} ${message}`;
  });
  return { report: { file, findings }, manifests: read.documents.length, lines };
}

/** How many errors there are, and the last line of the text format. */
export function summaryOf(checked: readonly Checked[], t: Translate): { errors: number; sentence: string } {
  const severities = checked.flatMap(({ report }) => report.findings.map(({ severity }) => severity));
  const errors = severities.filter((severity) => severity === 'error').length;
  const warnings = severities.filter((severity) => severity === 'warning').length;
  const sentence = t(
    'Files: {files}, manifests: {manifests}, errors: {errors}, warnings: {warnings}, remarks: {remarks}.',
    {
      files: checked.length,
      manifests: checked.reduce((sum, { manifests }) => sum + manifests, 0),
      errors,
      warnings,
      remarks: severities.length - errors - warnings,
    },
  );
  return { errors, sentence };
}
