import * as vscode from 'vscode';
import { findToken } from '../maskinporten/findToken';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';

/** What is decoded, and where it was. */
export interface FoundToken {
  readonly accessToken: string;
  readonly origin: string;
}

/** Far above any token, and small enough to be read at once. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * "Decode Token…": from a place in a document, as a hover names it, from the selection, else from where the user says.
 * The text stays in the memory of the extension host.
 */
export class DecodeToken {
  constructor(
    private readonly language: Language,
    private readonly show: (found: FoundToken) => void,
  ) {}

  register(): vscode.Disposable {
    return vscode.commands.registerCommand(COMMANDS.decodeToken, async (argument: unknown) => {
      const found = (await this.atPlace(argument)) ?? this.fromSelection() ?? (await this.choose());
      if (found) this.show(found);
    });
  }

  /** Asks where the token is, whatever is selected. */
  async chooseAndShow(): Promise<void> {
    const found = await this.choose();
    if (found) this.show(found);
  }

  private async atPlace(argument: unknown): Promise<FoundToken | undefined> {
    if (!isPlace(argument)) return undefined;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(argument.uri, true));
    const { line, start, end } = argument;
    return this.found(document.getText(new vscode.Range(line, start, line, end)), nameOf(document.uri));
  }

  private fromSelection(): FoundToken | undefined {
    const editor = vscode.window.activeTextEditor;
    if (!editor || editor.selection.isEmpty) return undefined;
    const text = editor.document.getText(editor.selection);
    return text.trim() === '' ? undefined : this.found(text, nameOf(editor.document.uri));
  }

  private async choose(): Promise<FoundToken | undefined> {
    const { t } = this.language;
    const clipboard = { label: `$(clippy) ${t('From the Clipboard')}` };
    const file = { label: `$(file) ${t('From a File…')}` };
    const typed = { label: `$(edit) ${t('Paste It Here…')}` };
    const picked = await vscode.window.showQuickPick([clipboard, file, typed], {
      title: t('Decode Token'),
      placeHolder: t('Where is the token? It stays on this machine, in memory.'),
    });
    switch (picked) {
      case clipboard:
        return this.found(await vscode.env.clipboard.readText(), t('the clipboard'));
      case file:
        return this.fromFile();
      case typed: {
        const text = await vscode.window.showInputBox({
          title: t('Decode Token'),
          prompt: t('A token, or a text that has one in it.'),
          password: true,
          ignoreFocusOut: true,
        });
        return text === undefined ? undefined : this.found(text, t('what you pasted'));
      }
      default:
        return undefined;
    }
  }

  private async fromFile(): Promise<FoundToken | undefined> {
    const { t } = this.language;
    const [uri] = (await vscode.window.showOpenDialog({ title: t('Decode Token'), openLabel: t('Decode') })) ?? [];
    if (!uri) return undefined;
    if ((await vscode.workspace.fs.stat(uri)).size > MOST_BYTES) {
      void vscode.window.showWarningMessage(
        t('{file} is larger than 4 MB, so it was not read.', { file: nameOf(uri) }),
      );
      return undefined;
    }
    return this.found(Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8'), nameOf(uri));
  }

  private found(text: string, place: string): FoundToken {
    return { accessToken: findToken(text), origin: this.language.t('From {place}', { place }) };
  }
}

interface Place {
  readonly uri: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

function isPlace(value: unknown): value is Place {
  if (typeof value !== 'object' || value === null) return false;
  const { uri, line, start, end } = value as Record<string, unknown>;
  return (
    typeof uri === 'string' && [line, start, end].every((member) => Number.isSafeInteger(member) && Number(member) >= 0)
  );
}

function nameOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri);
}
