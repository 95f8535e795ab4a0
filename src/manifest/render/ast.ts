/**
 * What the Handlebars parser makes of a template, as far as rendering looks at it
 * (https://github.com/handlebars-lang/handlebars.js, docs/compiler-api.md).
 */
interface Position {
  /** From 1. */
  readonly line: number;
  /** From 0, in UTF-16 units. */
  readonly column: number;
}

interface Located {
  readonly loc: { readonly start: Position; readonly end: Position };
}

export interface Program {
  readonly type: 'Program';
  readonly body: readonly Statement[];
  readonly blockParams?: readonly string[];
  /** It is an `{{else if}}`, and holds no more than that block. */
  readonly chained?: boolean;
}

export interface ContentStatement extends Located {
  readonly type: 'ContentStatement';
  /** White space control takes from both of its ends. */
  value: string;
  /** How much it took from the start, in UTF-16 units. */
  skipped?: number;
  trimmedAfterTag?: boolean;
  trimmedBeforeTag?: boolean;
}

/** Where a tag has a tilde. */
export interface Strip {
  readonly open: boolean;
  readonly close: boolean;
}

/** The expression of a tag: a path or literal, maybe with what follows it. */
export interface Call {
  readonly path: Path | Literal | SubExpression;
  readonly params: readonly Expression[];
}

export interface MustacheStatement extends Located, Call {
  readonly type: 'MustacheStatement';
  readonly escaped: boolean;
  readonly strip?: Strip;
}

export interface BlockStatement extends Located, Call {
  readonly type: 'BlockStatement';
  readonly program?: Program;
  readonly inverse?: Program;
  readonly openStrip?: Strip;
  readonly inverseStrip?: Strip;
  readonly closeStrip?: Strip;
}

/** Partials and decorators, of which the deploy client has none. */
export interface ForeignStatement extends Located {
  readonly type: 'PartialStatement' | 'PartialBlockStatement' | 'Decorator' | 'DecoratorBlock';
  readonly strip?: Strip;
}

export interface CommentStatement extends Located {
  readonly type: 'CommentStatement';
  readonly strip?: Strip;
}

export type Statement = ContentStatement | MustacheStatement | BlockStatement | ForeignStatement | CommentStatement;

export interface Path {
  readonly type: 'PathExpression';
  /** It begins with `@`. */
  readonly data: boolean;
  /** How many `../` it begins with. */
  readonly depth: number;
  readonly parts: readonly string[];
  readonly original: string;
}

export interface Literal {
  readonly type: 'StringLiteral' | 'NumberLiteral' | 'BooleanLiteral' | 'NullLiteral' | 'UndefinedLiteral';
  readonly value?: string | number | boolean | null;
  readonly original?: string | number | boolean | null;
}

export interface SubExpression extends Call {
  readonly type: 'SubExpression';
}

export type Expression = Path | Literal | SubExpression;

/** The parser, which is loaded when it is first needed. It leaves white space as it is. */
export type ParseTemplate = (template: string) => Program;
