// The part of handlebars in use.
declare module 'handlebars/dist/cjs/handlebars/compiler/base' {
  import type { Program } from './render/ast';
  /** Parses a template. Throws an Error whose message names the line. */
  export function parseWithoutProcessing(template: string): Program;
}
