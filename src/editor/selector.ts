import type * as vscode from 'vscode';

/** Where our language features are asked at all; what is no manifest by its content gets no answer. */
export const MANIFEST_SELECTOR: vscode.DocumentSelector = [
  { language: 'yaml' },
  { language: 'json' },
  { language: 'jsonc' },
  { language: 'handlebars' },
];
