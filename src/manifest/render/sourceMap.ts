import type { Range } from '../model';

/** A stretch of the output, and where it came from. */
interface Piece extends Range {
  readonly source: Range;
  /** Character by character as in the source; else all of it came from the tag that `source` covers. */
  readonly exact: boolean;
  /** The source of it stands in the output more than once: a loop went over it. */
  readonly repeated: boolean;
}

/** Where a stretch of the output came from. */
export interface Origin {
  readonly range: Range;
  /** The very characters stand in the source, one after the other: no tag is or was among them. */
  readonly exact: boolean;
  /** It is exact and stands in the output only here, so that an edit of the source changes nothing else. */
  readonly editable: boolean;
}

/** Tells for every stretch of a rendered text where it came from. */
export class SourceMap {
  constructor(private readonly pieces: readonly Piece[]) {}

  /** The shortest stretch of the source that everything in `range` of the output came from. */
  originOf({ start, end }: Range): Origin {
    const first = this.#pieceAt(start, end);
    const piece = this.pieces[first];
    if (piece === undefined) {
      return { range: { start: 0, end: 0 }, exact: false, editable: false };
    }
    if (end <= piece.end) {
      const range = piece.exact ? moved(piece, start, end) : piece.source;
      // At the edge of a piece a tag may have stood, and been nothing but its shape.
      const isInside = start < end || (start > piece.start && end < piece.end);
      return { range, exact: piece.exact, editable: piece.exact && !piece.repeated && isInside };
    }
    let range = piece.exact ? moved(piece, start, piece.end) : piece.source;
    for (let at = first + 1; ; at++) {
      const next = this.pieces[at];
      if (next === undefined || next.start >= end) {
        return { range, exact: false, editable: false };
      }
      const part = next.exact ? moved(next, next.start, Math.min(end, next.end)) : next.source;
      range = { start: Math.min(range.start, part.start), end: Math.max(range.end, part.end) };
    }
  }

  /** The piece that holds the character at `start`; for an empty stretch rather the one that ends there, on whose line it is. */
  #pieceAt(start: number, end: number): number {
    let low = 0;
    let high = this.pieces.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const piece = this.pieces[middle];
      if (piece !== undefined && (start < end ? piece.end <= start : piece.end < start)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

function moved(piece: Piece, start: number, end: number): Range {
  const by = piece.source.start - piece.start;
  return { start: start + by, end: end + by };
}

interface Written {
  readonly text: string;
  readonly source: Range;
  readonly exact: boolean;
}

/** Collects what is rendered, with its sources. */
export class Output {
  readonly #written: Written[] = [];
  length = 0;

  /** Text that stands in the source just so, from `start` on. */
  copy(text: string, start: number): void {
    this.#add({ text, source: { start, end: start + text.length }, exact: true });
  }

  /** Text that a tag gave. */
  give(text: string, source: Range): void {
    this.#add({ text, source, exact: false });
  }

  get text(): string {
    return this.#written.map(({ text }) => text).join('');
  }

  #add(written: Written): void {
    if (written.text !== '') {
      this.#written.push(written);
      this.length += written.text.length;
    }
  }

  sourceMap(): SourceMap {
    const times = new Map</* start in the source */ number, number>();
    for (const { source } of this.#written) {
      times.set(source.start, (times.get(source.start) ?? 0) + 1);
    }
    const pieces: Piece[] = [];
    let start = 0;
    for (const { text, source, exact } of this.#written) {
      const end = start + text.length;
      const repeated = (times.get(source.start) ?? 0) > 1;
      const last = pieces.at(-1);
      if (last?.exact && exact && last.repeated === repeated && last.source.end === source.start) {
        pieces[pieces.length - 1] = { ...last, end, source: { start: last.source.start, end: source.end } };
      } else {
        pieces.push({ start, end, source, exact, repeated });
      }
      start = end;
    }
    return new SourceMap(pieces);
  }
}
