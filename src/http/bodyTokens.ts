/** A JWT in compact form (RFC 7519 section 3), with the name of the member that holds it where there is one. */
const JWT = /(?:"([\w.-]{1,60})"\s*:\s*")?(eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*)(?![\w.-])/g;

/** What is looked at: a token response is short, and a button for each of thousands helps nobody. */
const SEARCHED_LENGTH = 1_000_000;
const MOST_TOKENS = 3;

export interface BodyToken {
  /** `access_token`, `id_token`, …; undefined where it stands by itself. */
  readonly name: string | undefined;
  readonly token: string;
}

/** The JWTs that a body holds, each once; a few of them where there are many. */
export function tokensIn(text: string): readonly BodyToken[] {
  const found = new Map<string, BodyToken>();
  for (const [, name, token = ''] of text.slice(0, SEARCHED_LENGTH).matchAll(JWT)) {
    if (!found.has(token)) found.set(token, { name, token });
    if (found.size === MOST_TOKENS) break;
  }
  return [...found.values()];
}
