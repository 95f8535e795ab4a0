// The part of handlebars in use.
declare module 'handlebars/dist/cjs/handlebars/compiler/base' {
  import type { Program } from './render/ast';
  /** Parses a template and applies its white space control. Throws an Error whose message names the line. */
  export function parse(template: string): Program;
}
