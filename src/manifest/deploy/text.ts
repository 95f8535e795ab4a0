/**
 * A text of a workflow as far as the file tells it: what stands between two `parts` is known only when the workflow runs.
 * A text without such a gap has one part.
 */
export interface DeployText {
  readonly parts: readonly string[];
}

export function known(text: string): DeployText {
  return { parts: [text] };
}

export const UNKNOWN: DeployText = { parts: ['', ''] };

/** The text where it has no gap. */
export function literalOf({ parts }: DeployText): string | undefined {
  return parts.length === 1 ? parts[0] : undefined;
}

/** One after the other, without anything between. */
export function joined(texts: readonly DeployText[]): DeployText {
  const parts = [''];
  for (const text of texts) {
    const [first = '', ...rest] = text.parts;
    parts.push((parts.pop() ?? '') + first, ...rest);
  }
  return { parts };
}

/** The items of a list with commas, without the blanks around them; a comma within a gap is not known. */
export function splitAtCommas({ parts }: DeployText): readonly DeployText[] {
  const items: string[][] = [[]];
  for (const part of parts) {
    const [first = '', ...rest] = part.split(',');
    items.at(-1)?.push(first);
    items.push(...rest.map((each) => [each]));
  }
  return items
    .map((item) => item.map((part, at) => trimmed(part, at === 0, at === item.length - 1)))
    .filter((item) => item.length > 1 || item[0] !== '')
    .map((item) => ({ parts: item }));
}

function trimmed(part: string, first: boolean, last: boolean): string {
  const start = first ? part.trimStart() : part;
  return last ? start.trimEnd() : start;
}

/**
 * Whether the text may be this path: a gap stands for some characters within one folder's or file's name. A text without
 * a letter of its own might be any path, and so says nothing of this one.
 */
export function mayBePath(text: DeployText, path: string): boolean {
  const literal = literalOf(text);
  if (literal !== undefined) {
    return normalPath(literal) === path;
  }
  const parts = [normalPath(text.parts[0] ?? ''), ...text.parts.slice(1)];
  const name = text.parts.join('\0').split('/').at(-1) ?? '';
  if (!/[^\0.]/.test(name.replace(/\.(?:ya?ml|json)$/, ''))) {
    return false;
  }
  return new RegExp(`^${parts.map(escapedForRegExp).join('[^/]+')}$`).test(path);
}

/** `./x` and `x//y` as `x` and `x/y`. */
export function normalPath(path: string): string {
  return path.replace(/^(?:\.?\/+)+/, '').replace(/\/(?:\.?\/)+/g, '/');
}

function escapedForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
