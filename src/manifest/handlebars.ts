/**
 * The parser of Handlebars. This module is a bundle of its own, loaded by `import()` when a manifest is first rendered.
 * Only the parser is taken: the index of the library registers `require` hooks in the whole process, and its runtime
 * and its white space control differ from the deploy client's in what a template means.
 */
export { parseWithoutProcessing as parse } from 'handlebars/dist/cjs/handlebars/compiler/base';
