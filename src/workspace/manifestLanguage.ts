import type { TextDocument } from 'vscode';

const LANGUAGES = new Set(['yaml', 'json', 'jsonc', 'handlebars', 'helm', 'plaintext', 'dockercompose']);

/** Whether manifests are written in what VS Code takes the document for; the text of any other is never looked at. */
export function isOfManifestLanguage({ languageId, uri, isClosed }: TextDocument): boolean {
  return LANGUAGES.has(languageId) && uri.scheme !== 'output' && !isClosed;
}
