import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding, FindingCode, Range, Severity } from '../manifest';
import type { Translate } from '../shared/localize';
import { wordFinding, wordFix } from '../words/findings';
import type { Checked } from './check';
import type { RulePages } from './rulePages';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** SARIF has three levels, and the least is for what need not be changed (section 3.27.10). */
const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

export interface SarifOptions {
  /** Names of files are relative to it. */
  readonly folder: string;
  readonly version: string;
  readonly pages: RulePages;
  /** One sentence each for what could not be read. */
  readonly complaints: readonly string[];
}

/**
 * The findings as a SARIF 2.1.0 log, which GitHub's code scanning and editors read: one run, a rule for each code that
 * was found, and the fixes of a finding as replacements.
 */
export function toSarif(checked: readonly Checked[], options: SarifOptions, t: Translate): object {
  const { folder, version, pages, complaints } = options;
  const codes = [...new Set(checked.flatMap(({ findings }) => findings.map(({ code }) => code)))].sort();
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'nais-maskinporten', semanticVersion: version, rules: codes.map(toRule(pages)) } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: complaints.length === 0,
            toolExecutionNotifications: complaints.map((text) => ({ level: 'error', message: { text } })),
          },
        ],
        results: checked.flatMap((file) => {
          const artifactLocation = artifactOf(file.report.file, folder);
          const regionOf = (range: Range) => regionIn(file, range);
          return file.findings.map((finding) => ({
            ruleId: finding.code,
            ruleIndex: codes.indexOf(finding.code),
            level: LEVELS[finding.severity],
            message: { text: wordFinding(finding, t) },
            locations: [{ physicalLocation: { artifactLocation, region: regionOf(finding.range) } }],
            ...(finding.fixes.length > 0 && { fixes: finding.fixes.map(toFix(artifactLocation, regionOf, t)) }),
          }));
        }),
      },
    ],
  };
}

function toRule(pages: RulePages) {
  return (id: FindingCode) => {
    const page = pages.get(id);
    return page === undefined
      ? { id }
      : {
          id,
          shortDescription: { text: page.title },
          fullDescription: { text: page.title },
          help: { text: page.text, markdown: page.text },
        };
  };
}

function toFix(artifactLocation: object, regionOf: (range: Range) => object, t: Translate) {
  return ({ title, edits }: Finding['fixes'][number]) => ({
    description: { text: wordFix(title, t) },
    artifactChanges: [
      {
        artifactLocation,
        replacements: edits.map(({ range, newText }) => ({
          deletedRegion: regionOf(range),
          insertedContent: { text: newText },
        })),
      },
    ],
  });
}

function regionIn({ positionOf }: Checked, { start, end }: Range): object {
  const [first, last] = [positionOf(start), positionOf(end)];
  return { startLine: first.line, startColumn: first.column, endLine: last.line, endColumn: last.column };
}

/** Relative to the root of the sources where it lies below; else the whole address. */
function artifactOf(file: string, folder: string): object {
  const whole = path.resolve(folder, file);
  const relative = path.relative(folder, whole);
  const isBelow = relative !== '' && !path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..';
  return isBelow
    ? { uri: relative.split(path.sep).map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' }
    : { uri: pathToFileURL(whole).href };
}
