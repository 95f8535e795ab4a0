import type { Range } from '../model';

/** Why a variables file is of no use; `not-a-map` is a list or a plain value, which the deploy client refuses. */
export type UnreadableReason = 'syntax' | 'not-a-map' | 'too-large' | 'missing';

/** What keeps a template from rendering as its author meant it. */
export type RenderFault =
  /** The deploy client puts nothing there. */
  | { readonly kind: 'missing'; readonly name: string }
  /** The variables file itself cannot be read. */
  | { readonly kind: 'unreadable'; readonly reason: UnreadableReason }
  /** No template that could be read. */
  | { readonly kind: 'syntax' }
  /** A helper has more or fewer arguments than it takes. */
  | { readonly kind: 'arguments'; readonly helper: string; readonly count: number }
  /** Partials and decorators, of which there are none. */
  | { readonly kind: 'partial' }
  /** Blocks in blocks without end. */
  | { readonly kind: 'depth' }
  /** More tags stand in it than are filled in, or more comes out than is ever read. */
  | { readonly kind: 'size' };

/** `range` is the tag's in the template. All kinds but `missing` end the rendering. */
export interface RenderProblem {
  readonly range: Range;
  readonly fault: RenderFault;
}

/** Ends the rendering; never leaves this folder. */
export class RenderError extends Error {
  constructor(readonly problem: RenderProblem) {
    super(problem.fault.kind);
  }
}
