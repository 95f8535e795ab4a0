import * as vscode from 'vscode';
import type { Language } from '../platform/language';

/** Bodies of responses as documents. They are read-only, since no one can write to this scheme. */
export const RESPONSE_SCHEME = 'maskinporten-response';

/** Each may hold as much as a response does. */
const MOST_KEPT = 20;

export interface ResponseDocument {
  /** The panel that it came from: with it the text goes. */
  readonly owner: object;
  /** The name in the tab, with an extension. */
  readonly name: string;
  readonly languageId: string;
  /** Made when the editor asks for it. */
  readonly text: () => Promise<string>;
}

/** Shows bodies in editors. What they hold is in memory alone, as long as the panel that they came from lives. */
export class ResponseDocuments implements vscode.Disposable {
  private readonly kept = new Map</* URI */ string, ResponseDocument>();
  private readonly registration: vscode.Disposable;
  private opened = 0;

  constructor(language: Language) {
    this.registration = vscode.workspace.registerTextDocumentContentProvider(RESPONSE_SCHEME, {
      provideTextDocumentContent: async (uri) =>
        (await this.kept.get(uri.toString())?.text()) ??
        language.t('This answer is no longer in memory. Send the request again.'),
    });
  }

  async open(document: ResponseDocument): Promise<void> {
    this.opened += 1;
    const uri = vscode.Uri.from({ scheme: RESPONSE_SCHEME, path: `/${this.opened}/${document.name}` });
    this.kept.set(uri.toString(), document);
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
    const opened = await vscode.workspace.openTextDocument(uri);
    const known = await vscode.languages.getLanguages();
    const { languageId } = document;
    if (opened.languageId !== languageId && known.includes(languageId)) {
      await vscode.languages.setTextDocumentLanguage(opened, languageId);
    }
    await vscode.window.showTextDocument(opened, { preview: false });
  }

  /** The panel is closed. Its documents that are open stay as they are until they are closed. */
  forget(owner: object): void {
    for (const [uri, document] of this.kept) if (document.owner === owner) this.kept.delete(uri);
  }

  dispose(): void {
    this.registration.dispose();
    this.kept.clear();
  }
}
