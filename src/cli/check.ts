import {
  findingsOf,
  guessTarget,
  workspaceFindings,
  type Finding,
  type FindingCode,
  type FindingOptions,
  type Range,
  type RenderedFile,
  type Severity,
  type SourceFile,
  type TargetGuess,
} from '../manifest';
import type { Translate } from '../shared/localize';
import { wordFinding } from '../words/findings';
import { positionsIn, type Position } from './positions';

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
  /** What the report was made from, in its order. */
  readonly findings: readonly Finding[];
  readonly manifests: number;
  /** Where an offset of the file as read is. */
  readonly positionOf: (offset: number) => Position;
  /** The same for people and for editors that read compilers' output: `file:line:column: severity CODE message`. */
  readonly lines: readonly string[];
}

/** A file and how it reads, by the name under which its findings are reported. */
export interface ReadText {
  readonly file: string;
  readonly read: SourceFile;
  /** With the variables that were given. */
  readonly rendered?: RenderedFile | undefined;
}

/** Whose clusters the manifests are for, and what its people want to hear of. */
export interface Circumstances extends Pick<FindingOptions, 'severities' | 'knownScopes'> {
  readonly scopePrefix: string;
  /** Nine digits. */
  readonly organisation: string;
}

/**
 * Judges files of any content, each by itself and all of them together; a file without a manifest has no findings. As
 * in the editor, the name of a file tells whether it is for test or production, where it says so; with variables, the
 * name of theirs.
 */
export function checkTexts(texts: readonly ReadText[], circumstances: Circumstances, t: Translate): readonly Checked[] {
  const targets = new Map(texts.map(({ file, rendered }) => [file, targetOf(file, rendered?.name)]));
  const shared = workspaceFindings(
    texts.map(({ file, read }) => ({ id: file, file: read, target: targets.get(file)?.target })),
    circumstances,
  );
  return texts.map(({ file, read, rendered }) => {
    const options = { ...targets.get(file), ...optionsOf(circumstances) };
    const own = rendered?.findings(options) ?? findingsOf(read, options);
    const findings = [...own, ...(shared.get(file) ?? [])].sort((a, b) => a.range.start - b.range.start);
    return reported(file, read, findings, t);
  });
}

/** What decides on the findings of a file by this name, as the editor has it. */
export function findingOptions(file: string, circumstances: Circumstances): FindingOptions {
  return { ...targetOf(file, undefined), ...optionsOf(circumstances) };
}

function optionsOf({ scopePrefix, severities, knownScopes }: Circumstances): FindingOptions {
  return { scopePrefix, severities, knownScopes };
}

/** The name of the variables file tells more than that of a template that is for all of them. */
function targetOf(file: string, variables: string | undefined): TargetGuess {
  const guess = guessTarget(variables ?? '');
  return guess.target === 'unknown' ? guessTarget(file) : guess;
}

function reported(file: string, read: SourceFile, found: readonly Finding[], t: Translate): Checked {
  const findings = found.map((finding) => ({
    code: finding.code,
    severity: finding.severity,
    message: wordFinding(finding, t),
    range: { start: finding.range.start, end: finding.range.end },
  }));
  const positionOf = positionsIn(found.length > 0 ? read.text : '');
  const lines = findings.map(({ code, severity, message, range }) => {
    const { line, column } = positionOf(range.start);
    return `${file}:${line}:${column}: ${severity} ${code} ${message}`;
  });
  return { report: { file, findings }, findings: found, manifests: read.documents.length, positionOf, lines };
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
