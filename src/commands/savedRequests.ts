import * as vscode from 'vscode';
import { savable, saveFaults, type SavedRequest } from '../http/savedRequests';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import type { Log } from '../platform/log';
import type { RequestSecrets } from '../state/requestSecrets';
import type { RequestWish } from '../state/requests';
import type { SavedOutcome, SavedRequests } from '../state/savedRequests';
import { wordSavedEntryFault, wordSavedFileFault, wordSaveFault } from '../words/savedRequests';

export interface SavedRequestServices {
  readonly savedRequests: SavedRequests;
  readonly requestSecrets: RequestSecrets;
  readonly language: Language;
  readonly log: Log;
}

interface SavedItem extends vscode.QuickPickItem {
  readonly folder?: vscode.WorkspaceFolder;
  readonly request?: SavedRequest;
  /** Where a file wants mending. */
  readonly place?: { readonly uri: vscode.Uri; readonly line: number };
}

/** "Save Request…" and "Open Saved Request…": requests in a file of the workspace folder that a team can share. */
export class SaveAndOpenRequests {
  constructor(
    private readonly services: SavedRequestServices,
    private readonly atHand: () => RequestWish | undefined,
    private readonly open: (wish: RequestWish) => void,
  ) {}

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      vscode.commands.registerCommand(COMMANDS.saveRequest, () => this.save()),
      vscode.commands.registerCommand(COMMANDS.openSavedRequest, () => this.choose()),
    );
  }

  private async save(): Promise<void> {
    const { t } = this.services.language;
    const wish = this.atHand();
    if (!wish) {
      void vscode.window.showInformationMessage(
        t('Open a test request first: what is saved is the one that you look at.'),
      );
      return;
    }
    const folder = await this.pickFolder(wish);
    if (!folder) return;
    const name = await this.askName(folder, suggestedName(wish));
    if (name === undefined) return;
    const { request, secrets, leftOut } = savable(requestOf(name, wish));
    if (!(await this.agreed(request))) return;
    await this.services.requestSecrets.keep(request.url, secrets);
    const outcome = await this.services.savedRequests.change(folder, { kind: 'put', request });
    await this.report(outcome, [
      t('“{name}” is saved.', { name }),
      ...(secrets.length > 0
        ? [
            t('The values of {variables} are in the secret store of this machine, not in the file.', {
              variables: listed(secrets),
            }),
          ]
        : []),
      ...(leftOut.length > 0 ? [t('Left out: {headers}.', { headers: leftOut.join(', ') })] : []),
    ]);
  }

  /** The folder of the manifest that the request belongs to; asked for where that is open. */
  private async pickFolder({ ask }: RequestWish): Promise<vscode.WorkspaceFolder | undefined> {
    const { t } = this.services.language;
    const folders = vscode.workspace.workspaceFolders ?? [];
    const own =
      ask?.manifestUri === undefined
        ? undefined
        : vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(ask.manifestUri));
    if (own) return own;
    if (folders.length > 1) {
      return vscode.window.showWorkspaceFolderPick({ placeHolder: t('In which folder is the request to be saved?') });
    }
    if (!folders[0]) {
      void vscode.window.showInformationMessage(
        t('Requests are saved in a folder of the workspace, and none is open.'),
      );
    }
    return folders[0];
  }

  /** A name that is taken is asked about: the other request would be replaced. */
  private async askName(folder: vscode.WorkspaceFolder, suggestion: string): Promise<string | undefined> {
    const { t } = this.services.language;
    const reading = await this.services.savedRequests.read(folder);
    const taken = new Set(reading.kind === 'read' ? reading.requests.map(({ name }) => name) : []);
    const name = await vscode.window.showInputBox({
      title: t('Save Request'),
      prompt: t('A name for it. It is kept in {file}, to be shared with your team.', { file: this.fileName(folder) }),
      value: suggestion,
      validateInput: (text) =>
        text.trim() === ''
          ? t('A name is needed.')
          : taken.has(text.trim())
            ? {
                message: t('There is one of this name: it will be replaced.'),
                severity: vscode.InputBoxValidationSeverity.Warning,
              }
            : undefined,
    });
    return name?.trim();
  }

  /** Whether nothing speaks against the request in a shared file, or the user wants it there all the same. */
  private async agreed(request: SavedRequest): Promise<boolean> {
    const { t } = this.services.language;
    const faults = saveFaults(request);
    const [refused] = faults.filter((fault) => fault.refused);
    if (refused) {
      const detail = faults.filter((fault) => fault.refused).map((fault) => wordSaveFault(fault, t));
      void vscode.window.showErrorMessage(
        `${t('Not saved: the file is meant to be shared.')} ${[...new Set(detail)].join(' ')}`,
      );
      return false;
    }
    if (faults.length === 0) return true;
    const anyway = t('Save Anyway');
    const question = t('Save this in a file that is meant to be shared?');
    const detail = faults.map((fault) => wordSaveFault(fault, t)).join('\n');
    return (await vscode.window.showWarningMessage(question, { modal: true, detail }, anyway)) === anyway;
  }

  private async report(outcome: SavedOutcome, words: readonly string[]): Promise<void> {
    const { t } = this.services.language;
    const file = vscode.workspace.asRelativePath(outcome.uri);
    const open = t('Open File');
    switch (outcome.kind) {
      case 'written':
        if ((await vscode.window.showInformationMessage(words.join(' '), open)) === open)
          await showFile(outcome.uri, 1);
        break;
      case 'unsaved': {
        const message = t('{file} has changes in the editor. Save them there first; nothing was changed.', { file });
        if ((await vscode.window.showWarningMessage(message, open)) === open) await showFile(outcome.uri, 1);
        break;
      }
      case 'fault': {
        const message = wordSavedFileFault(outcome.fault, file, t);
        if ((await vscode.window.showErrorMessage(message, open)) === open)
          await showFile(outcome.uri, outcome.fault.line);
      }
    }
  }

  private async choose(): Promise<void> {
    const { t } = this.services.language;
    const folders = vscode.workspace.workspaceFolders ?? [];
    const items = await this.items();
    if (items.length === 0) {
      void vscode.window.showInformationMessage(
        folders.length === 0
          ? t('Requests are saved in a folder of the workspace, and none is open.')
          : t('No request is saved here yet. Save… in a test request keeps one.'),
      );
      return;
    }
    const pick = vscode.window.createQuickPick<SavedItem>();
    pick.title = t('Open Saved Request');
    pick.placeholder = t('Which request?');
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    pick.items = items;
    pick.onDidTriggerItemButton(async ({ item, button }) => {
      pick.hide();
      if (!item.request || !item.folder) return;
      if (button.tooltip === t('Rename…')) await this.rename(item.folder, item.request);
      else await this.delete(item.folder, item.request);
    });
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      pick.hide();
      if (item?.request) this.open(wishOf(item.request));
      else if (item?.place) void showFile(item.place.uri, item.place.line);
    });
    pick.onDidHide(() => {
      pick.dispose();
    });
    pick.show();
  }

  /** The requests of all folders, and a row for each place that keeps one from being read. */
  private async items(): Promise<SavedItem[]> {
    const { savedRequests, language, log } = this.services;
    const { t } = language;
    const buttons = [
      { iconPath: new vscode.ThemeIcon('edit'), tooltip: t('Rename…') },
      { iconPath: new vscode.ThemeIcon('trash'), tooltip: t('Delete…') },
    ];
    const folders = vscode.workspace.workspaceFolders ?? [];
    const items: SavedItem[] = [];
    for (const folder of folders) {
      const detail = folders.length > 1 ? folder.name : undefined;
      const file = this.fileName(folder);
      try {
        const reading = await savedRequests.read(folder);
        if (reading.kind === 'fault') {
          const { uri, fault } = reading;
          items.push(faultItem(wordSavedFileFault(fault, file, t), uri, fault.line));
          continue;
        }
        for (const request of reading.requests) {
          const description = `${request.method} ${request.url}`;
          items.push({
            label: request.name,
            description,
            ...(detail !== undefined && { detail }),
            folder,
            request,
            buttons,
          });
        }
        for (const fault of reading.faults) {
          items.push(faultItem(wordSavedEntryFault(fault, file, t), reading.uri, fault.line));
        }
      } catch (error) {
        log.error('Saved requests could not be read.', error);
        items.push(faultItem(t('{file} cannot be read.', { file }), savedRequests.uriIn(folder), 1));
      }
    }
    return items;
  }

  private async rename(folder: vscode.WorkspaceFolder, request: SavedRequest): Promise<void> {
    const { t } = this.services.language;
    const name = await this.askName(folder, request.name);
    if (name === undefined || name === request.name) return;
    const change = { kind: 'put', request: { ...request, name }, replacing: request.name } as const;
    await this.report(await this.services.savedRequests.change(folder, change), [
      t('“{name}” is now called “{other}”.', { name: request.name, other: name }),
    ]);
  }

  private async delete(folder: vscode.WorkspaceFolder, { name }: SavedRequest): Promise<void> {
    const { t } = this.services.language;
    const yes = t('Delete');
    const question = t('Delete the saved request “{name}”?', { name });
    const detail = t('It is taken out of {file}.', { file: this.fileName(folder) });
    if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) !== yes) return;
    const outcome = await this.services.savedRequests.change(folder, { kind: 'delete', name });
    await this.report(outcome, [t('“{name}” is deleted.', { name })]);
  }

  private fileName(folder: vscode.WorkspaceFolder): string {
    return vscode.workspace.asRelativePath(this.services.savedRequests.uriIn(folder));
  }
}

function faultItem(label: string, uri: vscode.Uri, line: number): SavedItem {
  return { label: `$(warning) ${label}`, place: { uri, line } };
}

function requestOf(name: string, { request, ask, asAltinn }: RequestWish): SavedRequest {
  const { method, url, headers, body } = request;
  return {
    name,
    method,
    url,
    headers,
    ...(typeof body === 'string' && body !== '' && { body }),
    scopes: ask?.scopes ?? [],
    ...(ask?.resource !== undefined && { resource: ask.resource }),
    ...(ask && asAltinn === true && { altinn: true }),
  };
}

function wishOf({ method, url, headers, body, scopes, resource, altinn }: SavedRequest): RequestWish {
  return {
    request: { method, url, headers, body },
    ask: scopes.length > 0 ? { scopes, resource } : undefined,
    asAltinn: altinn,
  };
}

/** `GET /api/v2/person`: what people would call it at first. */
function suggestedName({ request: { method, url } }: RequestWish): string {
  return URL.canParse(url) ? `${method} ${new URL(url).pathname}` : method;
}

function listed(secrets: readonly (readonly [variable: string, value: string])[]): string {
  return secrets.map(([variable]) => variable).join(', ');
}

async function showFile(uri: vscode.Uri, line: number): Promise<void> {
  const at = new vscode.Position(line - 1, 0);
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at) });
}
