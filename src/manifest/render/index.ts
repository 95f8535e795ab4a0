export type { ParseTemplate } from './ast';
export type { RenderFault, RenderProblem, UnreadableReason } from './problem';
export { renderFile, RenderedFile, unreadableVariables } from './renderedFile';
export type { ChosenVariables, FileWithText } from './renderedFile';
export { renderTemplate } from './template';
export type { Value, Variables } from './values';
export { assumingImage, mayBeVariables, readAssignment, readVariables, withAssignments } from './variablesFile';
export type { Assignment, VariablesRead } from './variablesFile';
