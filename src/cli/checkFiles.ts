import { version } from '../../package.json';
import { DEFAULT_PREFIX, readFile, type SourceFile } from '../manifest';
import type { Translate } from '../shared/localize';
import { annotationsOf } from './annotations';
import { checkTexts, findingOptions, summaryOf, type Checked, type Circumstances } from './check';
import { readCheckConfig } from './checkConfig';
import { wordFault, type Fault } from './faults';
import { findFiles } from './files';
import { fixFile, wordCures } from './fix';
import type { Work } from './options';
import { readTexts } from './read';
import { EXIT, json, lines, type Result } from './result';
import { readRulePages } from './rulePages';
import type { Surroundings } from './run';
import { toSarif } from './sarif';
import { prepareRendering } from './variables';

/** Nav, which runs the clusters that most manifests are for. */
const NAV = '889640782';

interface ReadPlace {
  readonly file: string;
  readonly place: string;
  readonly read: SourceFile;
}

/** Finds the files, cures them first where that is wanted, and judges what they are then. */
export async function checkFiles(work: Work, surroundings: Surroundings, t: Translate): Promise<Result> {
  const { folder } = surroundings;
  const configured = await readCheckConfig(work.config, folder);
  if (!configured.ok) return { output: '', faults: configured.faults, exitCode: EXIT.unusable };
  const { config } = configured;
  const circumstances: Circumstances = {
    ...config,
    scopePrefix: work.scopePrefix ?? config.scopePrefix ?? DEFAULT_PREFIX,
    organisation: work.organisation ?? config.organisation ?? NAV,
  };
  const found = await findFiles(work.patterns, folder);
  const { render, faults: renderFaults } = await prepareRendering(work, folder);
  const places = new Map(found.files.map(({ file, path }) => [file, path]));
  const read = await readTexts(found.files, (file, text) => ({
    file,
    place: places.get(file) ?? file,
    read: readFile(text),
  }));
  const fixed = work.fix
    ? await fixAllFiles(read.results, circumstances, surroundings, t)
    : { results: read.results, faults: [] };
  const texts = fixed.results.map(({ file, read: content }) => ({
    file,
    read: content,
    rendered: content.kind === 'manifest' ? render?.(content) : undefined,
  }));
  const checked = checkTexts(texts, circumstances, t);
  const faults = [...found.faults, ...renderFaults, ...read.faults, ...fixed.faults];
  const { errors, sentence } = summaryOf(checked, t);
  return {
    output: await outputOf(work.format, { checked, sentence, faults }, surroundings, t),
    faults,
    exitCode: faults.length > 0 ? EXIT.unusable : errors > 0 ? EXIT.errorsFound : EXIT.fine,
  };
}

/** What was done goes to stderr, so that what remains is all that is printed, in whatever format. */
async function fixAllFiles(
  files: readonly ReadPlace[],
  circumstances: Circumstances,
  { complain }: Surroundings,
  t: Translate,
): Promise<{ readonly results: readonly ReadPlace[]; readonly faults: readonly Fault[] }> {
  const results: ReadPlace[] = [];
  const faults: Fault[] = [];
  for (const each of files) {
    const { cures, text, fault } = await fixFile(each, findingOptions(each.file, circumstances));
    if (cures.length > 0) await complain(lines(wordCures(each.file, cures, t)));
    if (fault) faults.push(fault);
    results.push(text === undefined ? each : { ...each, read: readFile(text) });
  }
  return { results, faults };
}

interface Outcome {
  readonly checked: readonly Checked[];
  readonly sentence: string;
  readonly faults: readonly Fault[];
}

async function outputOf(
  format: Work['format'],
  { checked, sentence, faults }: Outcome,
  { folder, packageFolder }: Surroundings,
  t: Translate,
): Promise<string> {
  switch (format) {
    case 'json':
      return json(checked.map(({ report }) => report));
    case 'sarif': {
      const complaints = faults.map((fault) => wordFault(fault, t));
      return json(toSarif(checked, { folder, version, pages: await readRulePages(packageFolder), complaints }, t));
    }
    case 'github':
      return lines([...checked.flatMap(annotationsOf), sentence]);
    case 'text':
      return lines([...checked.flatMap((result) => result.lines), sentence]);
  }
}
