import { Composer, Parser, type CST } from 'yaml';

/** `yaml` composes by recursion, and V8 ends the whole process when a regular expression is compiled on a full stack. */
const MAX_DEPTH = 50;

/**
 * The documents of a YAML text as plain values with all scalars as texts, undefined where one of them is damaged, nests
 * too deep or has aliases: kubectl writes none, and a few of them can stand for gigabytes.
 */
export function readYaml(text: string): readonly unknown[] | undefined {
  const tokens = [...new Parser().parse(text)];
  if (tokens.some((token) => isDeeperThan(token, MAX_DEPTH))) return undefined;
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  try {
    const documents = [...composer.compose(tokens, true, text.length)];
    if (documents.some(({ errors }) => errors.length > 0)) return undefined;
    return documents.map((document): unknown => document.toJS({ maxAliasCount: 0 }));
  } catch {
    // An alias. What the library says could quote the text.
    return undefined;
  }
}

function isDeeperThan(root: CST.Token, limit: number): boolean {
  const pending: { readonly token: CST.Token; readonly depth: number }[] = [{ token: root, depth: 1 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { token, depth } = next;
    if (depth > limit) return true;
    for (const child of childrenOf(token)) pending.push({ token: child, depth: depth + 1 });
  }
  return false;
}

function childrenOf(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value ? [token.value] : [];
  if (!('items' in token)) return [];
  return token.items.flatMap((item) => ['key' in item ? item.key : undefined, item.value].filter((child) => !!child));
}
