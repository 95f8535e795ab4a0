import { lineStartOf } from './edits';

/** Comments that silence findings on the line below them. */
export interface Suppressions {
  /** Whether a finding of this code, beginning at `offset`, is silenced. */
  cover(code: string, offset: number): boolean;
}

const COMMENT = /(?:^|[ \t])#[ \t]*nais-maskinporten-disable-next-line(?![\w-])([^\r\n]*)/gm;

/**
 * Reads `# nais-maskinporten-disable-next-line NM019 NM020 -- the reason`: it silences these codes, or all where it
 * names none, on the next line that is neither blank nor a comment.
 */
export function suppressionsIn(text: string): Suppressions {
  const silenced = new Map</* start of line */ number, Set<string>[]>();
  for (const match of text.matchAll(COMMENT)) {
    const [written = ''] = (match[1] ?? '').split(/(?:^|[ \t])--(?:[ \t]|$)/);
    const codes = new Set(written.split(/[\s,]+/).filter((word) => word !== ''));
    const line = nextLineWithContent(text, match.index + match[0].length);
    if (line !== undefined) {
      silenced.set(line, [...(silenced.get(line) ?? []), codes]);
    }
  }
  const lineOf = rememberingLines(text);
  return {
    cover: (code, offset) =>
      silenced.size > 0 && (silenced.get(lineOf(offset)) ?? []).some((codes) => codes.size === 0 || codes.has(code)),
  };
}

/** Where the line of an offset starts. The line last asked for costs nothing, however long it is. */
function rememberingLines(text: string): (offset: number) => number {
  let start = 0;
  let end = -1;
  return (offset) => {
    if (offset < start || offset > end) {
      start = lineStartOf(text, offset);
      const newline = text.indexOf('\n', offset);
      end = newline === -1 ? text.length : newline;
    }
    return start;
  };
}

function nextLineWithContent(text: string, from: number): number | undefined {
  const content = /\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*/y;
  const lineBreak = text.indexOf('\n', from);
  content.lastIndex = lineBreak;
  return lineBreak !== -1 && content.test(text) ? content.lastIndex : undefined;
}
