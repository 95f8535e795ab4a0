import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { inRoot } from '../../scripts/lib/places.mjs';
import { findingsOf, maskTemplates, readFile } from '../../src/manifest';
import type { BenchTable } from './bench';
import { mediansMs } from './bench';
import { manifestOfLength, manifests } from './texts';

export const name = 'reading';

/** A folder of real manifests, which are others' files and not part of the project. */
const CORPUS = process.env['MANIFEST_CORPUS'] ?? path.resolve(inRoot(), '..', 'shared', 'corpus');

/** From text to findings, beside the bare parse of the same text by the parser that it builds on. */
export async function measure(): Promise<readonly BenchTable[]> {
  const corpus = existsSync(CORPUS) ? corpusTexts() : [];
  const rows: (string | number)[][] = [];
  if (corpus.length > 0) {
    rows.push(await row(`${corpus.length} real manifests`, corpus, 20));
  }
  rows.push(await row('generated, 10 kB', [manifestOfLength(10_000)], 50));
  rows.push(await row('generated, 100 kB', [manifestOfLength(100_000)], 15));
  rows.push(await row('generated, 1 MB', [manifestOfLength(1_000_000)], 5));
  rows.push(await row('generated, 1 MB in 2 kB documents', [manifests(500)], 5));
  return [
    {
      title: 'Text to findings',
      aim: '1.3 times the bare parse of the same masked text by `yaml`, at most.',
      note: `Milliseconds. The bare parse is \`parseAllDocuments\` with \`uniqueKeys: false\`, and makes neither ranges nor findings of what it has parsed.${
        corpus.length === 0 ? ' The real manifests are not on this machine.' : ''
      }`,
      columns: ['text', 'kB', 'reading', 'findings', 'together', 'bare parse', 'ratio'],
      rows,
    },
  ];
}

function corpusTexts(): readonly string[] {
  const files = readdirSync(CORPUS).filter((file) => file.endsWith('.yaml'));
  return files.map((file) => readFileSync(path.join(CORPUS, file), 'utf8'));
}

async function row(title: string, texts: readonly string[], runs: number): Promise<(string | number)[]> {
  const masked = texts.map((text) => maskTemplates(text).masked.replace(/^\uFEFF/, ''));
  let files: readonly ReturnType<typeof readFile>[] = [];
  const { reading, findings, bare } = await mediansMs(
    {
      reading: () => (files = texts.map((text) => readFile(text))),
      findings: () => files.map((file) => findingsOf(file)),
      bare: () => masked.map((text) => parseAllDocuments(text, { version: '1.1', merge: true, uniqueKeys: false })),
    },
    { runs, warmUps: Math.ceil(runs / 3) },
  );
  const kilobytes = Math.round(texts.reduce((sum, text) => sum + text.length, 0) / 1000);
  return [title, kilobytes, reading, findings, reading + findings, bare, (reading + findings) / bare];
}
