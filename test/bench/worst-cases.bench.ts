import { findingsOf, readFile } from '../../src/manifest';
import type { BenchTable } from './bench';
import { mediansMs } from './bench';

export const name = 'worst-cases';

const HEAD = 'apiVersion: nais.io/v1alpha1\nkind: Application\nmetadata: {name: app, namespace: team}\nspec:\n';
const CONSUMES = '  maskinporten:\n    enabled: true\n    scopes:\n      consumes:\n';
const SMALL = `${HEAD}${CONSUMES}        - name: nav:a/b\n`;

function repeated(count: number, part: (index: number) => string, separator = ''): string {
  return Array.from({ length: count }, (_, index) => part(index)).join(separator);
}

/** A thousand lines, each deeper than the one before; with the depth the length grows as its square. */
function steps(size: number): string {
  return repeated(Math.round(1000 * Math.sqrt(size)), (at) => `${' '.repeat(4 + at)}a:\n`);
}

/** Each text for a size between 0 and 1: half the size is half the length. */
const TEXTS: Readonly<Record<string, (size: number) => string>> = {
  '10,000 scopes': (size) =>
    `${HEAD}${CONSUMES}${repeated(10_000 * size, (at) => `        - name: nav:scope${at}/read\n`)}`,
  '10,000 scopes in one flow list': (size) =>
    `${HEAD}  maskinporten: {enabled: true, scopes: {consumes: [${repeated(10_000 * size, (at) => `{name: "nav:s${at}/read"}`, ', ')}]}}\n`,
  '10,000 scopes as JSON': (size) =>
    JSON.stringify({
      apiVersion: 'nais.io/v1',
      kind: 'Naisjob',
      spec: {
        maskinporten: {
          enabled: true,
          scopes: { consumes: Array.from({ length: 10_000 * size }, (_, at) => ({ name: `nav:s${at}/read` })) },
        },
      },
    }),
  '10,000 exposed scopes': (size) =>
    `${HEAD}  maskinporten:\n    enabled: true\n    scopes:\n      exposes:\n${repeated(10_000 * size, (at) => `        - {name: scope${at}.read, product: aap, enabled: true, consumers: [{orgno: "889640782"}]}\n`)}`,
  '1 MB on one line: a text': (size) => `${SMALL}  x: ${'a b '.repeat(250_000 * size)}\n`,
  '1 MB on one line: a scope’s name': (size) => `${SMALL}        - name: ${'a'.repeat(1_000_000 * size)}\n`,
  '1 MB on one line: a flow list beside the block': (size) => `${SMALL}  x: [${'a, '.repeat(330_000 * size)}b]\n`,
  '1 MB on one line: scopes': (size) =>
    `${HEAD}  maskinporten: {enabled: true, scopes: {consumes: [${repeated(40_000 * size, (at) => `{name: nav:scope${at}/a}`, ', ')}]}}\n`,
  '1 MB on one line: hosts that have ended': (size) =>
    `${SMALL}  x: ${'ver2.maskinporten.no '.repeat(48_000 * size)}\n`,
  '1 MB on one line: split braces': (size) => `${SMALL}  x: ${'{ { a } } '.repeat(100_000 * size)}\n`,
  '1 MB on one line: spaces': (size) => `${SMALL}  x:${' '.repeat(1_000_000 * size)}a\n`,
  'depth 1,000': (size) => `${SMALL}  x:\n${steps(size)}`,
  'depth 1,000 in the block': (size) => `${HEAD}  maskinporten:\n${steps(size)}`,
  'depth 1,000 in brackets': (size) => `${SMALL}  env: ${'['.repeat(1000 * size)}${']'.repeat(1000 * size)}\n`,
  '100,000 `{{`': (size) => `${SMALL}  x: ${'{{'.repeat(100_000 * size)}\n`,
  '100,000 lines of `{{`': (size) => `${SMALL}${'  {{\n'.repeat(100_000 * size)}`,
  '100,000 tags': (size) => `${SMALL}${'  {{#if a}}\n'.repeat(100_000 * size)}`,
};

/** Texts that nobody writes, which must not hold up the editor all the same. */
export async function measure(): Promise<readonly BenchTable[]> {
  const rows: (string | number)[][] = [];
  for (const [title, textOf] of Object.entries(TEXTS)) {
    const [half, whole] = [textOf(0.5), textOf(1)];
    const medians = await mediansMs(
      { half: () => findingsOf(readFile(half)), whole: () => findingsOf(readFile(whole)) },
      { runs: 5, warmUps: 2 },
    );
    rows.push([title, Math.round(whole.length / 1000), medians.whole, medians.half, medians.whole / medians.half]);
  }
  return [
    {
      title: 'Worst cases',
      aim: 'less than 300 ms from text to findings, and at most 2.5 times as long as for half of it.',
      note: 'Milliseconds. Growth means nothing where both times are less than a few milliseconds.',
      columns: ['text', 'kB', 'time', 'time for half', 'growth'],
      rows,
    },
  ];
}
