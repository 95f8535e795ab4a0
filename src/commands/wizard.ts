import * as vscode from 'vscode';

/** What a step ends with when the user wants to see the one before. */
export const BACK = Symbol('back');

interface Step {
  readonly title: string;
  /** Whether there is a step before this one. */
  readonly back: boolean;
}

interface TextStep extends Step {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string | undefined;
  readonly secret?: boolean;
  /** Gives what is wrong with the text, in words. */
  check(text: string): string | undefined | Promise<string | undefined>;
}

/** A row; one without a value is only there to be read. */
export interface Choice<T> extends vscode.QuickPickItem {
  readonly value?: T;
}

interface ChoiceStep<T> extends Step {
  readonly placeholder: string;
  readonly items: readonly Choice<T>[];
  /** What Enter takes at once; the first row unless named. */
  readonly active?: Choice<T> | undefined;
}

export type Answer<T> = T | typeof BACK | undefined;

/** Asks for one line of text. Undefined when the user cancels. A window that loses focus loses no input. */
export function askText(question: TextStep): Promise<Answer<string>> {
  const input = vscode.window.createInputBox();
  Object.assign(input, {
    title: question.title,
    prompt: question.prompt,
    placeholder: question.placeholder,
    value: question.value ?? '',
    password: question.secret ?? false,
    ignoreFocusOut: true,
    buttons: question.back ? [vscode.QuickInputButtons.Back] : [],
  });
  return settleOnHide(input, (settle) => {
    input.onDidChangeValue(() => {
      input.validationMessage = undefined;
    });
    input.onDidTriggerButton(() => {
      settle(BACK);
    });
    input.onDidAccept(async () => {
      const text = input.value.trim();
      input.busy = true;
      const complaint = await question.check(text);
      input.busy = false;
      if (complaint !== undefined) input.validationMessage = complaint;
      else settle(text);
    });
  });
}

/** Lets the user choose one of a few. Undefined when the user cancels. */
export function askChoice<T>(question: ChoiceStep<T>): Promise<Answer<T>> {
  const pick = vscode.window.createQuickPick<Choice<T>>();
  Object.assign(pick, {
    title: question.title,
    placeholder: question.placeholder,
    items: question.items,
    ...(question.active && { activeItems: [question.active] }),
    matchOnDescription: true,
    ignoreFocusOut: true,
    buttons: question.back ? [vscode.QuickInputButtons.Back] : [],
  });
  return settleOnHide(pick, (settle) => {
    pick.onDidTriggerButton(() => {
      settle(BACK);
    });
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen?.value !== undefined) settle(chosen.value);
    });
  });
}

/**
 * Walks through the steps, back and forth. Each puts its answer where it likes and gives `BACK` or undefined through.
 * Gives `BACK` from before the first, and undefined when the user cancelled.
 */
export async function walk(steps: readonly (() => Promise<unknown>)[]): Promise<Answer<true>> {
  let at = 0;
  while (at < steps.length) {
    const answer = await steps[at]?.();
    if (answer === undefined) return undefined;
    at += answer === BACK ? -1 : 1;
    if (at < 0) return BACK;
  }
  return true;
}

export function isAnswer<T>(answer: Answer<T>): answer is T {
  return answer !== BACK && answer !== undefined;
}

export function separator(label: string): vscode.QuickPickItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function settleOnHide<T>(
  input: vscode.QuickInput,
  listen: (settle: (answer: Answer<T>) => void) => void,
): Promise<Answer<T>> {
  return new Promise((resolve) => {
    listen((answer) => {
      resolve(answer);
      input.dispose();
    });
    input.onDidHide(() => {
      resolve(undefined);
      input.dispose();
    });
    input.show();
  });
}
