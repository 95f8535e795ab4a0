const INDENT = '  ';

/** Beyond this the indentation itself would grow with the square of the text. */
const MAX_DEPTH = 200;

/** How much is written before others get their turn. */
const PIECE_LENGTH = 64 * 1024;

/** Whether `text` is one JSON value (RFC 8259). */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * The first `most` characters of `text`, indented. It need not be JSON to its end, as where a body was cut: from what
 * cannot be read on, it is given as it came. Undefined where it is too deep to indent. Numbers, escapes and repeated
 * members stay as they were written: parsing and writing anew would change 12345678901234567890 and 1.0.
 */
export function prettyJson(text: string, most = Infinity): string | undefined {
  const pieces: string[] = [];
  let length = 0;
  for (const piece of indented(text)) {
    if (piece === undefined) return undefined;
    pieces.push(piece);
    length += piece.length;
    if (length >= most) break;
  }
  const pretty = pieces.join('');
  return pretty.length > most ? pretty.slice(0, most) : pretty;
}

/**
 * The whole of `text`, indented, with pauses in between in which others work. Undefined where it is too deep, or would be
 * longer than `most` characters.
 */
export async function prettyJsonInTurns(text: string, most: number): Promise<string | undefined> {
  const pieces: string[] = [];
  let length = 0;
  for (const piece of indented(text)) {
    length += piece?.length ?? 0;
    if (piece === undefined || length > most) return undefined;
    pieces.push(piece);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  return pieces.join('');
}

/** Strings, brackets with nothing in them, punctuation, and runs of all else. */
const TOKEN = /\s*("(?:[^"\\]|\\.)*"|\[\s*\]|\{\s*\}|[[\]{}:,]|[^\s"[\]{}:,]+)/y;

/** The text in pieces; undefined, and then nothing more, where it is too deep. */
function* indented(text: string): Generator<string | undefined, void> {
  const token = new RegExp(TOKEN);
  let piece = '';
  let depth = 0;
  let end = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    end = token.lastIndex;
    const read = match[1] ?? '';
    if (read === '{' || read === '[') {
      depth += 1;
      if (depth > MAX_DEPTH) {
        yield undefined;
        return;
      }
      piece += `${read}\n${INDENT.repeat(depth)}`;
    } else if (read === '}' || read === ']') {
      depth = Math.max(0, depth - 1);
      piece += `\n${INDENT.repeat(depth)}${read}`;
    } else if (read === ',') {
      piece += `,\n${INDENT.repeat(depth)}`;
    } else {
      piece += read === ':' ? ': ' : /^[[{]/.test(read) ? read.replace(/\s/g, '') : read;
    }
    if (piece.length >= PIECE_LENGTH) {
      yield piece;
      piece = '';
    }
  }
  yield piece + text.slice(end).trim();
}
