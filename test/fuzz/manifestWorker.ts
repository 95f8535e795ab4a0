import { parentPort } from 'node:worker_threads';
import type { Finding, FindingOptions, Fix, Range } from '../../src/manifest';
import { findingsOf, nodeAt, readFile, workspaceFindings } from '../../src/manifest';
import { createTranslate } from '../../src/shared/localize';
import { wordFinding, wordFix } from '../../src/words/findings';

/** What came of one text. */
export interface Answer {
  readonly faults: readonly string[];
  readonly findings: number;
  readonly fixes: number;
}

const OPTIONS: readonly FindingOptions[] = [{}, { target: 'dev' }, { target: 'prod', onPrem: true }];

parentPort?.on('message', (text: string) => {
  parentPort?.postMessage(check(text));
});

function check(text: string): Answer {
  const faults: string[] = [];
  let count = 0;
  let fixes = 0;
  try {
    const file = readFile(text);
    const judged = new Set<string>();
    const judge = (finding: Finding): void => {
      const known = JSON.stringify(finding);
      if (!judged.has(known)) {
        judged.add(known);
        count++;
        fixes += finding.fixes.length;
        faults.push(...faultsOf(text, finding));
      }
    };
    for (const options of OPTIONS) {
      findingsOf(file, options).forEach(judge);
    }
    const twin = readFile(text.replaceAll('name: ks:fiks', 'name: spk:nav'));
    workspaceFindings([
      { id: 'a', file },
      { id: 'b', file: twin },
    ])
      .get('a')
      ?.forEach(judge);
    for (const range of rangesIn(file.documents.map(({ manifest }) => manifest))) {
      faults.push(...(isWithin(text, range) ? [] : [`a range of the manifest: ${JSON.stringify(range)}`]));
    }
    nodeAt(file, text.length >> 1);
  } catch (error) {
    faults.push(String(error instanceof Error ? error.stack : error));
  }
  return { faults, findings: count, fixes };
}

function faultsOf(text: string, finding: Finding): readonly string[] {
  const t = createTranslate({});
  const faults = rangesIn(finding).filter((range) => !isWithin(text, range));
  const words = [wordFinding(finding, t), ...finding.fixes.map(({ title }) => wordFix(title, t))];
  const broken = finding.fixes.map((fix) => faultOf(text, fix)).filter((fault) => fault !== undefined);
  return [
    ...faults.map((range) => `${finding.code}: ${JSON.stringify(range)} is not within the text`),
    ...broken.map((fault) => `${finding.code}: ${fault}`),
    ...words.filter((sentence) => /^$|undefined/.test(sentence)).map((sentence) => `${finding.code}: “${sentence}”`),
  ];
}

/** Edits must not overlap, and must change something that can be read again. */
function faultOf(text: string, { title, edits }: Fix): string | undefined {
  const sorted = [...edits].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  let result = '';
  let end = 0;
  for (const { range, newText } of sorted) {
    if (range.start < end) {
      return `${title.kind} has edits that overlap`;
    }
    result += text.slice(end, range.start) + newText;
    end = range.end;
  }
  result += text.slice(end);
  if (result === text) {
    return `${title.kind} changes nothing`;
  }
  findingsOf(readFile(result));
  return undefined;
}

function isWithin(text: string, { start, end }: Range): boolean {
  return 0 <= start && start <= end && end <= text.length;
}

function rangesIn(value: unknown): readonly Range[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const own = 'start' in value && 'end' in value ? [value as Range] : [];
  return [...own, ...Object.values(value).flatMap(rangesIn)];
}
