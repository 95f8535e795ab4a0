import type { FindingOptions } from './file';
import { findingsOf, readFile, SourceFile } from './file';
import type { Finding, Fix, TextEdit } from './finding';
import type { Range } from './model';
import type { ManifestFile } from './reading';

/** One cure may show the next fault, as a renamed key does; no real manifest needs more than three rounds. */
const MOST_ROUNDS = 20;

/** A finding, and the one of its fixes that was taken. */
export interface Cure {
  readonly finding: Finding;
  readonly fix: Fix;
}

/** What curing a file comes to. */
export interface Cured {
  /** Of the file's own text: in order and without overlap, none where there is nothing to fix. */
  readonly edits: readonly TextEdit[];
  /** In the order in which they were taken; a later one may cure what only an earlier one brought to light. */
  readonly cures: readonly Cure[];
}

/** The edits of every safe fix of a file: those of `cure`. */
export function fixAll(
  file: ManifestFile,
  options?: FindingOptions,
  isWanted?: (finding: Finding) => boolean,
): readonly TextEdit[] {
  return cure(file, options, isWanted).edits;
}

/**
 * Takes every safe fix of a file, and of what it then is, until none is left. `isWanted` leaves out findings that are to
 * stay. Of a file that was read elsewhere, since it is large, only what its findings show as it is: what it then shows is
 * for the next time.
 */
export function cure(
  file: ManifestFile,
  options: FindingOptions = {},
  isWanted: (finding: Finding) => boolean = () => true,
): Cured {
  if (file.text === undefined) {
    return { edits: [], cures: [] };
  }
  const text = new EditedText(file.text);
  const cures: Cure[] = [];
  const seen = new Set([file.text]);
  let current = file;
  for (let rounds = 0; rounds < MOST_ROUNDS; rounds++) {
    const round = compatibleCures(findingsOf(current, options).filter(isWanted));
    text.apply(round.flatMap(({ fix }) => fix.edits).sort((a, b) => a.range.start - b.range.start));
    cures.push(...round);
    if (round.length === 0 || !(current instanceof SourceFile)) {
      break;
    }
    const next = readFile(text.toString(), current);
    if (seen.has(next.text)) {
      break; // two fixes that undo each other would go on for ever
    }
    seen.add(next.text);
    current = next;
  }
  return { edits: text.edits(), cures };
}

/** Findings with their safe fixes. A fix that touches one before it waits for the next round, with all its edits. */
function compatibleCures(findings: readonly Finding[]): readonly Cure[] {
  const taken: Cure[] = [];
  for (const finding of findings) {
    const fix = finding.fixes.find(({ safe }) => safe);
    const isFree = fix?.edits.every((edit) =>
      taken.every((other) => other.fix.edits.every(({ range }) => !touch(edit.range, range))),
    );
    if (fix !== undefined && isFree === true) {
      taken.push({ finding, fix });
    }
  }
  return taken;
}

function touch(a: Range, b: Range): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** A stretch of the original text that is still there, or a text that was put in. */
type Piece = Range | string;

/** A text under edits that remembers what of the original is left, so that all edits together are edits of that. */
class EditedText {
  #pieces: readonly Piece[];

  constructor(private readonly original: string) {
    this.#pieces = [{ start: 0, end: original.length }];
  }

  /** Edits of the text as it is now, in order and without overlap. */
  apply(edits: readonly TextEdit[]): void {
    const result: Piece[] = [];
    let end = 0;
    for (const { range, newText } of edits) {
      result.push(...this.#cut(end, range.start), newText);
      end = range.end;
    }
    this.#pieces = [...result, ...this.#cut(end, Number.POSITIVE_INFINITY)];
  }

  /** All that was done, as edits of the original. */
  edits(): readonly TextEdit[] {
    const edits: TextEdit[] = [];
    let start = 0;
    let newText = '';
    for (const piece of [...this.#pieces, { start: this.original.length, end: this.original.length }]) {
      if (typeof piece === 'string') {
        newText += piece;
      } else {
        if (piece.start > start || newText !== '') {
          edits.push({ range: { start, end: piece.start }, newText });
        }
        start = piece.end;
        newText = '';
      }
    }
    return edits.filter(({ range, newText: text }) => text !== this.original.slice(range.start, range.end));
  }

  toString(): string {
    return this.#pieces.map((piece) => this.#textOf(piece)).join('');
  }

  #textOf(piece: Piece): string {
    return typeof piece === 'string' ? piece : this.original.slice(piece.start, piece.end);
  }

  #cut(from: number, to: number): readonly Piece[] {
    const cut: Piece[] = [];
    let at = 0;
    for (const piece of this.#pieces) {
      const length = typeof piece === 'string' ? piece.length : piece.end - piece.start;
      const [start, end] = [Math.max(from - at, 0), Math.min(to - at, length)];
      if (start < end) {
        cut.push(
          typeof piece === 'string' ? piece.slice(start, end) : { start: piece.start + start, end: piece.start + end },
        );
      }
      at += length;
    }
    return cut;
  }
}
