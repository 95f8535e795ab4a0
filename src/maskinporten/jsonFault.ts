/** What keeps a text from being JSON, in the words of serde_json (`error::ErrorCode`), and where that shows. */
export interface JsonFault {
  readonly reason: string;
  /** Offset after the character at which it shows; the text's length where it ends too early. */
  readonly end: number;
}

/** What may come next. */
type State = 'value' | 'first-item' | 'first-key' | 'key' | 'colon' | 'more' | 'nothing';

const SPACE = /[ \t\n\r]*/y;
const TEXT = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const PLAIN = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;

const EXPECTED: Readonly<Record<State, string>> = {
  value: 'expected value',
  'first-item': 'expected value',
  'first-key': 'key must be a string',
  key: 'key must be a string',
  colon: 'expected `:`',
  more: 'expected `,`',
  nothing: 'trailing characters',
};

/** Finds the first fault of a text (RFC 8259), or undefined where it has none. Takes any depth. */
export function jsonFault(text: string): JsonFault | undefined {
  const open: ('{' | '[')[] = [];
  let state: State = 'value';
  let at = 0;
  const afterValue = (): State => (open.length > 0 ? 'more' : 'nothing');
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at += found[0].length;
    return found !== null;
  };
  for (;;) {
    take(SPACE);
    const next = text[at];
    if (next === undefined) return state === 'nothing' ? undefined : { reason: endReason(open), end: text.length };
    const isValue = state === 'value' || state === 'first-item';
    const inside = open.at(-1);
    if (isValue && (next === '{' || next === '[')) {
      open.push(next);
      state = next === '{' ? 'first-key' : 'first-item';
      at += 1;
    } else if (isEnd(next, inside) && (state === 'more' || state === 'first-key' || state === 'first-item')) {
      open.pop();
      state = afterValue();
      at += 1;
    } else if (state === 'more' && next === ',') {
      state = inside === '{' ? 'key' : 'value';
      at += 1;
    } else if (state === 'colon' && next === ':') {
      state = 'value';
      at += 1;
    } else if ((state === 'first-key' || state === 'key') && take(TEXT)) state = 'colon';
    else if (isValue && (take(TEXT) || take(PLAIN))) state = afterValue();
    else if (next === '"' && state !== 'colon' && state !== 'more' && state !== 'nothing') return textFault(text, at);
    else return { reason: reasonFor(state, inside), end: at + 1 };
  }
}

function isEnd(next: string, inside: '{' | '[' | undefined): boolean {
  return (inside === '{' && next === '}') || (inside === '[' && next === ']');
}

function reasonFor(state: State, inside: '{' | '[' | undefined): string {
  return state === 'more' ? `${EXPECTED.more} or \`${inside === '{' ? '}' : ']'}\`` : EXPECTED[state];
}

function endReason(open: readonly ('{' | '[')[]): string {
  const inside = open.at(-1);
  if (inside === undefined) return 'EOF while parsing a value';
  return inside === '{' ? 'EOF while parsing an object' : 'EOF while parsing a list';
}

/** A text that does not end, or has in it what a text cannot have. */
function textFault(text: string, start: number): JsonFault {
  const good = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*/y;
  good.lastIndex = start;
  const end = start + (good.exec(text)?.[0].length ?? 1);
  if (end >= text.length) return { reason: 'EOF while parsing a string', end: text.length };
  return text[end] === '\\'
    ? { reason: 'invalid escape', end: Math.min(end + 2, text.length) }
    : { reason: 'control character (\\u0000-\\u001F) found while parsing a string', end: end + 1 };
}
