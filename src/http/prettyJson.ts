const INDENT = '  ';

/** Beyond this the indentation itself would grow with the square of the text. */
const MAX_DEPTH = 200;

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
 * Gives `text` indented, undefined where it is not JSON or too deep to indent. Numbers, escapes and repeated members
 * stay as they were written: parsing and writing anew would change 12345678901234567890 and 1.0.
 */
export function prettyJson(text: string): string | undefined {
  if (!isJson(text)) return undefined;
  const lines: string[] = [];
  let depth = 0;
  let line = '';
  const breakLine = () => {
    lines.push(line);
    line = INDENT.repeat(depth);
  };
  // Strings, brackets with nothing in them, punctuation, and runs of all else.
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|\[\s*\]|\{\s*\}|[[\]{}:,]|[^\s"[\]{}:,]+/g)) {
    if (token === '{' || token === '[') {
      depth += 1;
      if (depth > MAX_DEPTH) return undefined;
      line += token;
      breakLine();
    } else if (token === '}' || token === ']') {
      depth -= 1;
      breakLine();
      line += token;
    } else if (token === ',') {
      line += token;
      breakLine();
    } else {
      line += token === ':' ? ': ' : /^[[{]/.test(token) ? token.replace(/\s/g, '') : token;
    }
  }
  lines.push(line);
  return lines.join('\n');
}
