import type { Range } from './model';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** What a fix does, so that words can name it. */
export type FixTitle =
  | { readonly kind: 'rename-key'; readonly from: string; readonly to: string }
  | { readonly kind: 'wrap-consumes' }
  | { readonly kind: 'wrap-names' }
  | { readonly kind: 'add-name' }
  | { readonly kind: 'remove-characters'; readonly result: string }
  | { readonly kind: 'split-scopes'; readonly count: number }
  | { readonly kind: 'add-prefix'; readonly result: string }
  | { readonly kind: 'replace'; readonly result: string }
  | { readonly kind: 'remove-duplicate' };

export interface Fix {
  readonly title: FixTitle;
  readonly edits: readonly TextEdit[];
  /** The one cure that nobody would question: offered first, and part of "fix all". */
  readonly safe: boolean;
}

/** What each rule has to say besides its place. Codes are documented in docs/diagnostics.md. */
export interface FindingData {
  /** Unknown key under maskinporten, scopes or their items. */
  NM005: { readonly key: string; readonly parent: string; readonly nearest: string | undefined };
  /** `scopes` is a list. */
  NM006: Record<string, never>;
  /** An item of `consumes` is a plain string. */
  NM007: { readonly scope: string };
  /** `consumes[].name` is missing, empty or no string. */
  NM008: { readonly problem: 'missing' | 'empty' | 'not-a-string' };
  /** Characters that a scope cannot have (RFC 6749 section 3.3). */
  NM009: { readonly scope: string; readonly characters: readonly string[] };
  /** Several scopes in one name. */
  NM010: { readonly scopes: readonly string[] };
  /** No `prefix:`. */
  NM011: { readonly scope: string };
  /** Upper case, `-` or `_`. */
  NM012: { readonly scope: string; readonly characters: readonly string[] };
  /** Leading, trailing or doubled `/`, `:` or `.`. */
  NM013: { readonly scope: string; readonly cleaned: string };
  /** The scope is consumed twice. */
  NM014: { readonly scope: string; readonly first: Range };
}

export type FindingCode = keyof FindingData;

interface FindingOf<C extends FindingCode> {
  readonly code: C;
  readonly severity: Severity;
  readonly range: Range;
  /** The published JSON schema reports it too, so the YAML extension may show the same. */
  readonly alsoInSchema: boolean;
  readonly data: FindingData[C];
  readonly fixes: readonly Fix[];
}

export type Finding = { [C in FindingCode]: FindingOf<C> }[FindingCode];
