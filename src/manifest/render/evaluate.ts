import type { Range } from '../model';
import type { BlockStatement, Call, Expression, MustacheStatement, Program, Statement } from './ast';
import type { RenderFault, RenderProblem } from './problem';
import { RenderError } from './problem';
import type { Found } from './scope';
import { fieldOf, Scope } from './scope';
import { Output } from './sourceMap';
import type { Value, Variables } from './values';
import { escaped, isList, isTrue, textOf, Unknown } from './values';

const MAX_DEPTH = 100;
/** As much as is read of a manifest at all. */
const MAX_LENGTH = 1024 * 1024;
/** Statements, so that a loop in a loop over nothing but spaces ends as well. */
const MAX_STEPS = 200_000;

/** How many arguments each helper takes (raymond, helper.go; there is no other helper in nais/deploy). */
const HELPERS: Readonly<Record<string, number>> = { if: 1, unless: 1, with: 1, each: 1, log: 1, lookup: 2, equal: 2 };

/** Where the statements of a template stand in its text. */
export type Locate = (statement: Statement) => Range;

/**
 * Evaluates a template as nais/deploy does, with raymond (github.com/aymerick/raymond, eval.go and helper.go). It
 * differs from Handlebars.js: names are sought outwards, lists print without commas, an empty map is false,
 * `equal` has no `{{else}}`, and what a helper cannot do stops the deploy.
 */
export class Evaluation {
  readonly problems: RenderProblem[] = [];
  #output = new Output();
  #scope: Scope;
  /** The programs around: what helpers render, wherever in the tag of their block they stand. */
  readonly #blocks: BlockStatement[] = [];
  #steps = 0;
  #depth = 0;

  constructor(
    variables: Variables,
    private readonly template: string,
    private readonly locate: Locate,
  ) {
    this.#scope = Scope.of(variables);
  }

  /** Throws RenderError where the deploy client would give up. */
  run(program: Program): Output {
    this.#program(program, undefined, undefined);
    return this.#output;
  }

  #program(program: Program | undefined, context: Value | undefined, loop: Loop | undefined): void {
    if (program === undefined) {
      return;
    }
    const outer = this.#scope;
    const [item, key] = program.blockParams ?? [];
    const params = new Map<string, Value>();
    if (item !== undefined) {
      params.set(item, context ?? null);
    }
    if (key !== undefined && loop !== undefined) {
      params.set(key, loop.key ?? loop.index);
    }
    this.#scope = outer.within(context, params, loop && frameOf(loop));
    for (const statement of program.body) {
      this.#statement(statement);
    }
    this.#scope = outer;
  }

  #statement(statement: Statement): void {
    if (++this.#steps > MAX_STEPS || this.#output.length > MAX_LENGTH) {
      this.#fail(statement, { kind: 'size' });
    }
    switch (statement.type) {
      case 'ContentStatement':
        this.#output.copy(statement.value, this.locate(statement).start + (statement.skipped ?? 0));
        break;
      case 'MustacheStatement':
        this.#mustache(statement);
        break;
      case 'BlockStatement':
        if (++this.#depth > MAX_DEPTH) {
          this.#fail(statement, { kind: 'depth' });
        }
        this.#blocks.push(statement);
        this.#block(statement);
        this.#blocks.pop();
        this.#depth--;
        break;
      case 'CommentStatement':
        break;
      default:
        this.#fail(statement, { kind: 'partial' });
    }
  }

  #mustache(statement: MustacheStatement): void {
    const { value, found } = this.#call(statement, statement);
    const range = this.locate(statement);
    if (!found) {
      this.problems.push({ range, fault: { kind: 'missing', name: nameOf(statement.path) } });
    }
    if (value instanceof Unknown) {
      this.#output.copy(this.template.slice(range.start, range.end), range.start);
      return;
    }
    const text = textOf(value);
    this.#output.give(statement.escaped ? escaped(text) : text, range);
  }

  #block(block: BlockStatement): void {
    if (helperOf(block) !== undefined) {
      const { helper, args } = this.#arguments(block, block);
      if (helper === 'lookup') {
        this.#output.give(textOf(lookUp(args)), this.locate(block));
      } else {
        this.#help(helper, args);
      }
      return;
    }
    const { value } = this.#call(block, block);
    if (!isTrue(value)) {
      this.#program(block.inverse, undefined, undefined);
    } else if (isList(value)) {
      this.#each(value);
    } else {
      this.#program(block.program, value, undefined);
    }
  }

  /** What a block helper renders: its block, or the innermost one around it. */
  #help(helper: string, args: readonly Value[]): void {
    const block = this.#blocks.at(-1);
    const [first] = args;
    switch (helper) {
      case 'if':
      case 'unless':
        this.#program(isTrue(first) === (helper === 'if') ? block?.program : block?.inverse, undefined, undefined);
        break;
      case 'with':
        this.#program(isTrue(first) ? block?.program : block?.inverse, isTrue(first) ? first : undefined, undefined);
        break;
      case 'each':
        if (isTrue(first)) {
          this.#each(first);
        } else {
          this.#program(block?.inverse, undefined, undefined);
        }
        break;
      case 'equal':
        this.#program(textOf(args[0]) === textOf(args[1]) ? block?.program : undefined, undefined, undefined);
        break;
      default:
        break;
    }
  }

  /** The order of a map is that of its file; in Go it is a random one. */
  #each(value: Value | undefined): void {
    const program = this.#blocks.at(-1)?.program;
    if (isList(value)) {
      value.forEach((item, index) => {
        this.#program(program, item, { index, key: undefined, length: value.length });
      });
    } else if (value instanceof Map) {
      [...(value as Variables)].forEach(([key, item], index) => {
        this.#program(program, item, { index, key, length: value.size });
      });
    }
  }

  /** What stands for an expression: a helper's text, or the value of a path. */
  #call(call: Call, at: Statement): Found {
    if (helperOf(call) !== undefined) {
      const { helper, args } = this.#arguments(call, at);
      return { value: helper === 'lookup' ? textOf(lookUp(args)) : this.#captured(helper, args, at), found: true };
    }
    switch (call.path.type) {
      case 'PathExpression':
        return this.#scope.lookUp(call.path);
      case 'SubExpression':
        return this.#call(call.path, at);
      default:
        return this.#scope.own(nameOf(call.path));
    }
  }

  /** A helper that is not at the start of a block tag gives the text that it renders. */
  #captured(helper: string, args: readonly Value[], at: Statement): string {
    if (++this.#depth > MAX_DEPTH) {
      this.#fail(at, { kind: 'depth' });
    }
    const outer = this.#output;
    const known = this.problems.length;
    this.#output = new Output();
    this.#help(helper, args);
    const { text } = this.#output;
    this.#output = outer;
    this.problems.length = known;
    this.#depth--;
    return text;
  }

  #arguments(call: Call, at: Statement): { readonly helper: string; readonly args: readonly Value[] } {
    const helper = helperOf(call) ?? '';
    const count = HELPERS[helper] ?? 0;
    if (call.params.length !== count) {
      this.#fail(at, { kind: 'arguments', helper, count });
    }
    return { helper, args: call.params.map((param) => this.#argument(param, at)) };
  }

  #argument(expression: Expression, at: Statement): Value {
    switch (expression.type) {
      case 'PathExpression':
        return this.#scope.lookUp(expression).value;
      case 'SubExpression':
        return this.#call(expression, at).value;
      case 'NullLiteral':
      case 'UndefinedLiteral':
        return this.#byName(nameOf(expression)).value;
      default:
        return expression.value ?? null;
    }
  }

  /** `null` and `undefined` are names like any other to raymond. */
  #byName(name: string): Found {
    return this.#scope.lookUp({ type: 'PathExpression', data: false, depth: 0, parts: [name], original: name });
  }

  #fail(at: Statement, fault: RenderFault): never {
    throw new RenderError({ range: this.locate(at), fault });
  }
}

interface Loop {
  readonly index: number;
  /** Of a map. */
  readonly key: string | undefined;
  readonly length: number;
}

function frameOf({ index, key, length }: Loop): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    ['index', index],
    ['key', key ?? null],
    ['first', index === 0],
    ['last', index === length - 1],
  ]);
}

function helperOf({ path }: Call): string | undefined {
  if (path.type !== 'PathExpression' || path.data || path.depth > 0 || path.parts.length !== 1) {
    return undefined;
  }
  const [name = ''] = path.parts;
  return Object.hasOwn(HELPERS, name) && !/^(?:this\b|\.)/.test(path.original) ? name : undefined;
}

function lookUp([holder = null, name = null]: readonly Value[]): Value {
  const field = textOf(name);
  return field === '' ? null : (fieldOf(holder, field) ?? null);
}

/** A path as written, and of a literal its text: `{{"a b"}}` is the variable of that name. */
function nameOf(expression: Expression): string {
  switch (expression.type) {
    case 'PathExpression':
      return expression.original;
    case 'SubExpression':
      return nameOf(expression.path);
    case 'NullLiteral':
      return 'null';
    case 'UndefinedLiteral':
      return 'undefined';
    default:
      return String(expression.original ?? expression.value);
  }
}
