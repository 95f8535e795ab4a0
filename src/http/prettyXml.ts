/** Comments, CDATA, declarations, end tags, start tags with their attributes, and the text between them. */
const TOKEN =
  /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<![^>[]*(?:\[[^\]]*\][^>]*)?>|<\/[^>]+>|<[^!?/>](?:"[^"]*"|'[^']*'|[^"'>])*>|[^<]+/gy;

const INDENT = '  ';
const MAX_DEPTH = 200;

interface Element {
  readonly name: string;
  readonly start: number;
  /** Where in `lines` the start tag stands. */
  readonly line: number;
  /** Has text of its own, so that white space in it may matter (XML 1.0 section 2.10). */
  hasText: boolean;
}

/**
 * Gives XML with each element on a line of its own, except within elements that have text: those stay as they came.
 * Undefined where it is not well-formed as far as tags go, or too deep.
 */
export function prettyXml(text: string): string | undefined {
  const lines: string[] = [];
  const open: Element[] = [];
  /** The outermost element with text, whose whole source is one line. */
  const verbatim = () => open.find(({ hasText }) => hasText);
  const add = (source: string) => {
    if (!verbatim()) lines.push(INDENT.repeat(open.length) + source);
  };
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    end = match.index + token.length;
    if (!token.startsWith('<') || token.startsWith('<![CDATA[')) {
      if (token.trim() === '') continue;
      const parent = open.at(-1);
      if (!parent) return undefined;
      parent.hasText = true;
    } else if (token.startsWith('</')) {
      const element = open.pop();
      if (element?.name !== token.slice(2, -1).trim()) return undefined;
      if (!element.hasText) {
        closeWithoutText(lines, element, open.length, token, verbatim() !== undefined);
      } else if (!verbatim()) {
        lines.length = element.line;
        lines.push(INDENT.repeat(open.length) + text.slice(element.start, end));
      }
    } else if (/^<[!?]/.test(token) || token.endsWith('/>')) {
      add(token);
    } else {
      if (open.length >= MAX_DEPTH) return undefined;
      const line = lines.length;
      add(token);
      open.push({ name: /^<([^\s>]+)/.exec(token)?.[1] ?? '', start: match.index, line, hasText: false });
    }
  }
  return end === text.length && open.length === 0 && lines.length > 0 ? lines.join('\n') : undefined;
}

/** An element with nothing in it stays on its line. */
function closeWithoutText(lines: string[], { line }: Element, depth: number, tag: string, isVerbatim: boolean): void {
  if (isVerbatim) return;
  if (lines.length === line + 1) lines[line] = `${lines[line] ?? ''}${tag}`;
  else lines.push(INDENT.repeat(depth) + tag);
}
