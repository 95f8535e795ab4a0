import { findingsOf, readFile } from '../../src/manifest';
import type { BenchTable } from './bench';
import { mediansMs } from './bench';
import { manifests } from './texts';

export const name = 'keystroke';

/** From one more character to findings, in a file of one and of many documents. */
export async function measure(): Promise<readonly BenchTable[]> {
  const counts = [1, 10, 100];
  const medians = await mediansMs(Object.fromEntries(counts.map((count) => [String(count), typist(count)])), {
    runs: 400,
    warmUps: 100,
  });
  const first = medians['1'] ?? Number.NaN;
  return [
    {
      title: 'One keystroke',
      aim: 'the cost follows the edited document: 1.5 times that of a file of one, at most.',
      note: 'Milliseconds from the text, in one piece as an editor hands it over, to the findings of the whole file. Each run types one more character into a scope of the document in the middle.',
      columns: ['documents', 'kB', 'median', 'ratio'],
      rows: counts.map((count) => {
        const median = medians[String(count)] ?? Number.NaN;
        return [count, Math.round(manifests(count).length / 1000), median, median / first];
      }),
    },
  ];
}

function typist(count: number): () => unknown {
  const text = manifests(count);
  const start = text.indexOf(`nav:product${count >> 1}/scope1`) + 'nav:product'.length;
  const texts = Array.from({ length: 60 }, (_, typed) =>
    inOnePiece(text.slice(0, start) + 'a'.repeat(typed) + text.slice(start)),
  );
  let runs = 0;
  let file = readFile(text);
  findingsOf(file);
  return () => {
    file = readFile(texts[runs++ % texts.length] ?? '', file);
    return findingsOf(file);
  };
}

/** V8 keeps what was put together in parts, and joins them when it is first read: that is no work of ours. */
function inOnePiece(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
