import * as vscode from 'vscode';

/** How a question is answered: by the label of a row, by a text, or not at all. */
export type Reply = string | typeof vscode.QuickInputButtons.Back | undefined;

/** A question as the user would see it. */
export interface Asked {
  readonly title: string;
  /** Of a box, its prompt; of a list, its placeholder. */
  readonly prompt: string;
  readonly rows: readonly vscode.QuickPickItem[];
}

/**
 * What the commands ask and say, answered in their stead: VS Code has no way to answer a question from a test. What a
 * box refuses is in `complaints`.
 */
export class Inputs {
  readonly asked: Asked[] = [];
  readonly said: string[] = [];
  readonly complaints: string[] = [];
  readonly terminalLines: { readonly text: string; readonly run: boolean | undefined }[] = [];
  clipboard = '';
  /** What happens while a message is shown. */
  whileSaying: (message: string) => void = () => undefined;
  private replies: Reply[] = [];
  private buttons: string[] = [];
  private readonly kept = {
    createQuickPick: vscode.window.createQuickPick,
    createInputBox: vscode.window.createInputBox,
    showInputBox: vscode.window.showInputBox,
    showQuickPick: vscode.window.showQuickPick,
    showInformationMessage: vscode.window.showInformationMessage,
    showWarningMessage: vscode.window.showWarningMessage,
    showErrorMessage: vscode.window.showErrorMessage,
    createTerminal: vscode.window.createTerminal,
  };
  private readonly clipboardBefore = Object.getOwnPropertyDescriptor(vscode.env, 'clipboard');

  /** `replies` are for the questions in order, `buttons` for the messages: a message without one is closed. */
  sitDown(replies: readonly Reply[], buttons: readonly string[] = []): void {
    this.replies = [...replies];
    this.buttons = [...buttons];
    const say = (message: string, ...rest: unknown[]) => {
      const [options] = rest as [{ detail?: string } | undefined];
      this.said.push([message, typeof options === 'object' ? options.detail : undefined].filter(Boolean).join('\n'));
      this.whileSaying(message);
      const [next] = this.buttons;
      if (next === undefined || !rest.includes(next)) return Promise.resolve(undefined);
      this.buttons.shift();
      return Promise.resolve(next);
    };
    Object.assign(vscode.window, {
      createQuickPick: () => this.question(),
      createInputBox: () => this.question(),
      showInputBox: ({ title = '', prompt = '' }: vscode.InputBoxOptions) => {
        this.asked.push({ title, prompt, rows: [] });
        return Promise.resolve(this.replies.shift());
      },
      showQuickPick: (items: readonly vscode.QuickPickItem[], { title = '', placeHolder = '' } = {}) => {
        this.asked.push({ title, prompt: placeHolder, rows: items });
        const reply = this.replies.shift();
        return Promise.resolve(items.find(({ label }) => label === reply));
      },
      showInformationMessage: say,
      showWarningMessage: say,
      showErrorMessage: say,
      createTerminal: () => ({
        show: () => undefined,
        sendText: (text: string, run?: boolean) => {
          this.terminalLines.push({ text, run });
        },
      }),
    });
    Object.defineProperty(vscode.env, 'clipboard', {
      configurable: true,
      value: {
        readText: () => Promise.resolve(this.clipboard),
        writeText: (text: string) => {
          this.clipboard = text;
          return Promise.resolve();
        },
      },
    });
  }

  standUp(): void {
    Object.assign(vscode.window, this.kept);
    if (this.clipboardBefore) Object.defineProperty(vscode.env, 'clipboard', this.clipboardBefore);
    else Reflect.deleteProperty(vscode.env, 'clipboard');
  }

  /** Everything that was shown, as one text: for what must not be in it. */
  get shown(): string {
    const { asked, said, complaints, terminalLines } = this;
    return JSON.stringify({ asked, said, complaints, terminalLines });
  }

  /** A quick pick or an input box, as far as the commands know them. */
  private question() {
    const hears: Record<'accept' | 'hide' | 'button', ((value?: unknown) => unknown)[]> = {
      accept: [],
      hide: [],
      button: [],
    };
    const hear = (event: keyof typeof hears) => (listener: (value?: unknown) => unknown) => {
      hears[event].push(listener);
      return NOTHING;
    };
    const tell = async (event: keyof typeof hears, value?: unknown) => {
      for (const listener of hears[event]) await listener(value);
    };
    const answer = async () => {
      const { title = '', prompt, placeholder = '', items = [] } = input;
      this.asked.push({ title, prompt: prompt ?? placeholder, rows: items });
      for (;;) {
        const reply = this.replies.shift();
        if (typeof reply === 'object') return tell('button', reply);
        if (reply === undefined) return tell('hide');
        input.value = reply;
        input.selectedItems = items.filter(({ label }) => label.replace(/^\$\([\w-]+\) /, '') === reply);
        if (items.length > 0 && input.selectedItems.length === 0) {
          throw new Error(`No row "${reply}" among: ${items.map(({ label }) => label).join(' | ')}`);
        }
        await tell('accept');
        if (input.validationMessage === undefined) return;
        this.complaints.push(input.validationMessage);
        input.validationMessage = undefined;
      }
    };
    const input: QuestionState = {
      onDidAccept: hear('accept'),
      onDidHide: hear('hide'),
      onDidTriggerButton: hear('button'),
      onDidChangeValue: () => NOTHING,
      value: '',
      selectedItems: [],
      validationMessage: undefined,
      show: () => void answer(),
      dispose: () => undefined,
    };
    return input;
  }
}

const NOTHING = new vscode.Disposable(() => undefined);

interface QuestionState {
  title?: string;
  prompt?: string;
  placeholder?: string;
  items?: readonly vscode.QuickPickItem[];
  value: string;
  selectedItems: readonly vscode.QuickPickItem[];
  validationMessage: string | undefined;
  onDidAccept: (listener: () => unknown) => vscode.Disposable;
  onDidHide: (listener: () => unknown) => vscode.Disposable;
  onDidTriggerButton: (listener: (value?: unknown) => unknown) => vscode.Disposable;
  onDidChangeValue: (listener: () => unknown) => vscode.Disposable;
  show(): void;
  dispose(): void;
}
