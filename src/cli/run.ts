import * as fs from 'node:fs/promises';
import path from 'node:path';
import { version } from '../../package.json';
import { DEFAULT_PREFIX } from '../manifest';
import { createTranslate, type Translate } from '../shared/localize';
import { checkFiles } from './checkFiles';
import { wordFault } from './faults';
import { findFiles } from './files';
import { inspectText } from './inspect';
import { parseOptions, type Language, type SandboxWork, type TokenWork, type Work } from './options';
import { readTexts } from './read';
import { EXIT, json, lines, type Result } from './result';
import { usage, wordMisuse } from './usage';
import { prepareRendering } from './variables';
import { visible } from './visible';

/** What a run has of the machine around it. */
export interface Surroundings {
  /** Relative paths start here. */
  readonly folder: string;
  /** Where package.json and l10n/ lie. */
  readonly packageFolder: string;
  /** Writes to stdout, and gives the error where that failed. */
  readonly print: (text: string) => Promise<NodeJS.ErrnoException | undefined>;
  /** Writes to stderr. */
  readonly complain: (text: string) => Promise<unknown>;
  /** All that comes on standard input, or as much of it as could be a credential. */
  readonly input: () => Promise<Uint8Array>;
  /** Says which proxy leads out, as for other command line tools. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Resolves when the process is asked to end (SIGTERM, SIGINT). */
  readonly untilStopped: () => Promise<unknown>;
}

/** Does what the arguments ask for, and gives the exit code. Never throws. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { packageFolder, print, complain } = surroundings;
  const options = parseOptions(args);
  let t = createTranslate({});
  try {
    t = await translateTo(options.language, packageFolder);
    if (options.kind === 'misuse') {
      await complain(`${visible(wordMisuse(options.misuse, t))}\n`);
      return EXIT.unusable;
    }
    if (options.kind === 'sandbox') return await serve(options, surroundings, t);
    const { output, faults, exitCode } = await resultOf(options, surroundings, t);
    for (const fault of faults) await complain(`${visible(wordFault(fault, t))}\n`);
    const error = await print(output);
    // A reader that has seen enough is no error, and what it did not see decides the exit code all the same.
    if (error === undefined || error.code === 'EPIPE') return exitCode;
    await complain(`${t('The result could not be written ({code}).', { code: error.code ?? 'unknown' })}\n`);
  } catch (error) {
    // 1 would say that a manifest has errors, or that a token was refused. The stack is for the report on our own fault.
    const stack = error instanceof Error ? (error.stack ?? error.name) : typeof error;
    await complain(
      `${t('This is a fault of nais-maskinporten {version}, not of your files.', { version })}\n${stack}\n`,
    );
  }
  return EXIT.unusable;
}

/** Serves until the process is asked to end, and says where once it answers. */
async function serve(
  work: SandboxWork & { readonly language: Language },
  { folder, print, complain, untilStopped }: Surroundings,
  t: Translate,
): Promise<number> {
  // Heard from the beginning: whoever stops it while it starts must not wait.
  const stopped = untilStopped();
  const { openSandbox } = await import('./sandbox/serve');
  const opened = await openSandbox(work, folder, { t, language: work.language });
  for (const fault of opened.ok ? opened.warnings : opened.faults) {
    await complain(`${visible(wordFault(fault, t))}\n`);
  }
  if (!opened.ok) return EXIT.unusable;
  try {
    const error = await print(`${JSON.stringify(opened.ready)}\n`);
    if (error && error.code !== 'EPIPE') {
      await complain(`${t('The result could not be written ({code}).', { code: error.code ?? 'unknown' })}\n`);
      return EXIT.unusable;
    }
    await stopped;
    return EXIT.fine;
  } finally {
    await opened.sandbox.stop();
  }
}

async function resultOf(
  options: Work | TokenWork | { readonly kind: 'help' | 'version' },
  surroundings: Surroundings,
  t: Translate,
): Promise<Result> {
  switch (options.kind) {
    case 'help':
      return { output: usage(t), faults: [], exitCode: EXIT.fine };
    case 'version':
      return { output: `${version}\n`, faults: [], exitCode: EXIT.fine };
    case 'check':
      return checkFiles(options, surroundings, t);
    case 'inspect':
      return inspect(options, surroundings.folder);
    case 'token': {
      const { getToken } = await import('./token/getToken');
      return getToken(options, surroundings);
    }
  }
}

async function inspect(
  { patterns, format, scopePrefix = DEFAULT_PREFIX, ...given }: Work,
  folder: string,
): Promise<Result> {
  const found = await findFiles(patterns, folder);
  const { render, faults: renderFaults } = await prepareRendering(given, folder);
  const read = await readTexts(found.files, (file, text) => inspectText(file, text, scopePrefix, render));
  const notRendered = read.results.flatMap(({ faults }) => faults ?? []);
  const faults = [...found.faults, ...renderFaults, ...read.faults, ...notRendered];
  const output =
    format === 'json'
      ? json(read.results.map(({ report }) => report))
      : lines(read.results.flatMap((result) => result.lines));
  return { output, faults, exitCode: faults.length > 0 ? EXIT.unusable : EXIT.fine };
}

async function translateTo(language: Language, packageFolder: string): Promise<Translate> {
  if (language === 'en') return createTranslate({});
  const texts = await fs.readFile(path.join(packageFolder, 'l10n', `${language}.json`), 'utf8');
  return createTranslate(JSON.parse(texts) as Readonly<Record<string, string>>);
}
