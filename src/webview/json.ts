import { el } from './dom';

/** One JSON token: a string with the colon that makes it a name, a number, or a word. */
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\b(?:true|false|null)\b/g;

/** JSON text, or a part of one, in the colours in which the debugger shows values. */
export function paintJson(text: string): DocumentFragment {
  const painted = document.createDocumentFragment();
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [token, quoted, colon] = match;
    painted.append(text.slice(end, match.index));
    painted.append(el('span', { class: tokenClass(token, quoted, colon) }, quoted ?? token), colon ?? '');
    end = match.index + token.length;
  }
  painted.append(text.slice(end));
  return painted;
}

function tokenClass(token: string, quoted: string | undefined, colon: string | undefined): string {
  if (quoted !== undefined) return colon === undefined ? 'json-string' : 'json-name';
  return /^[tfn]/.test(token) ? 'json-word' : 'json-number';
}
