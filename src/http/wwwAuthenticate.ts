/** One challenge of a `WWW-Authenticate` header (RFC 9110 section 11.6.1). */
export interface Challenge {
  readonly scheme: string;
  /** By name in lower case: `realm`, `error`, `error_description`, `scope` (RFC 6750 section 3). */
  readonly params: Readonly<Record<string, string>>;
  /** What a scheme such as Negotiate sends in place of parameters. */
  readonly token68: string | undefined;
}

const MAX_LENGTH = 64 * 1024;

/**
 * Reads every challenge of one or several `WWW-Authenticate` values, in order. Servers write these badly, so what
 * cannot be read is passed over up to the next comma. Never throws; linear in the length of the text.
 */
export function parseWwwAuthenticate(values: readonly string[]): Challenge[] {
  const reader = new Reader(values.join(', ').slice(0, MAX_LENGTH));
  const challenges: { scheme: string; params: Map<string, string>; token68: string | undefined }[] = [];
  while (!reader.isAtEnd) {
    reader.skip(/[\s,]*/y);
    const current = challenges.at(-1);
    const param = reader.param();
    if (param) {
      // The first of two wins: what follows may have been added on the way.
      if (current && !current.params.has(param.name)) current.params.set(param.name, param.value);
      continue;
    }
    const scheme = reader.take(/[!#$%&'*+.^_`|~0-9A-Za-z-]+/y);
    if (scheme === undefined) {
      reader.skip(/[^,]*,?/y);
      continue;
    }
    reader.skip(/[ \t]*/y);
    challenges.push({ scheme, params: new Map(), token68: reader.token68() });
  }
  return challenges.map(({ scheme, params, token68 }) => ({ scheme, params: Object.fromEntries(params), token68 }));
}

class Reader {
  private position = 0;

  constructor(private readonly text: string) {}

  get isAtEnd(): boolean {
    return this.position >= this.text.length;
  }

  /** Takes what the sticky `pattern` matches here, and undefined when that is nothing. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.text)?.[0];
    this.position += match?.length ?? 0;
    return match === '' ? undefined : match;
  }

  skip(pattern: RegExp): void {
    this.take(pattern);
  }

  /** `name = token` or `name = "quoted"`, with spaces that should not be there (RFC 9110 section 11.2). */
  param(): { name: string; value: string } | undefined {
    const start = this.position;
    const name = this.take(/[!#$%&'*+.^_`|~0-9A-Za-z-]+/y);
    this.skip(/[ \t]*/y);
    if (name === undefined || this.take(/=/y) === undefined) {
      this.position = start;
      return undefined;
    }
    this.skip(/[ \t]*/y);
    return { name: name.toLowerCase(), value: this.quoted() ?? this.take(/[^\s,]+/y) ?? '' };
  }

  /** Base64 and the like, which stands alone up to the comma (RFC 9110 section 11.2). */
  token68(): string | undefined {
    return this.take(/[A-Za-z0-9._~+/-]+=*(?=[ \t]*(?:,|$))/y);
  }

  /** RFC 9110 section 5.6.4. One that is never closed goes to the end. */
  private quoted(): string | undefined {
    const quoted = this.take(/"(?:[^"\\]|\\[^])*"?/y);
    return quoted?.replace(/^"|"$/g, '').replace(/\\([^])/g, '$1');
  }
}
