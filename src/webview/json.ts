import { el } from './dom';

/** Longer texts stay plain: a span for each token would cost more than colour is worth. */
const MOST_CHARACTERS = 200_000;

/** One JSON token: a string with the colon that makes it a name, a number, or a word. */
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\b(?:true|false|null)\b/g;

/** JSON text in the colours in which the debugger shows values. */
export function jsonText(text: string): HTMLElement {
  const code = el('code');
  if (text.length > MOST_CHARACTERS) {
    code.textContent = text;
    return code;
  }
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [token, quoted, colon] = match;
    code.append(text.slice(end, match.index));
    code.append(el('span', { class: tokenClass(token, quoted, colon) }, quoted ?? token), colon ?? '');
    end = match.index + token.length;
  }
  code.append(text.slice(end));
  return code;
}

function tokenClass(token: string, quoted: string | undefined, colon: string | undefined): string {
  if (quoted !== undefined) return colon === undefined ? 'json-string' : 'json-name';
  return /^[tfn]/.test(token) ? 'json-word' : 'json-number';
}
