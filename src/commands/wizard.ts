import * as vscode from 'vscode';

/** What a step may end with, besides its answer. */
const BACK = Symbol('back');

interface TextStep {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly secret?: boolean;
  /** Gives what is wrong with the text, in words. */
  check(text: string): string | undefined | Promise<string | undefined>;
}

interface ChoiceStep<T> {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
  readonly placeholder: string;
  readonly items: readonly (vscode.QuickPickItem & { readonly value: T })[];
}

type Answer<T> = T | typeof BACK | undefined;

/** Asks for one line of text. Undefined when the user cancels. A window that loses focus loses no input. */
export function askText(question: TextStep): Promise<Answer<string>> {
  const input = vscode.window.createInputBox();
  Object.assign(input, {
    title: question.title,
    step: question.step,
    totalSteps: question.totalSteps,
    prompt: question.prompt,
    placeholder: question.placeholder,
    value: question.value ?? '',
    password: question.secret ?? false,
    ignoreFocusOut: true,
    buttons: question.step > 1 ? [vscode.QuickInputButtons.Back] : [],
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
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly value: T }>();
  Object.assign(pick, {
    title: question.title,
    step: question.step,
    totalSteps: question.totalSteps,
    placeholder: question.placeholder,
    items: question.items,
    ignoreFocusOut: true,
    buttons: question.step > 1 ? [vscode.QuickInputButtons.Back] : [],
  });
  return settleOnHide(pick, (settle) => {
    pick.onDidTriggerButton(() => {
      settle(BACK);
    });
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen) settle(chosen.value);
    });
  });
}

/**
 * Walks through the steps, back and forth. Each puts its answer where it likes and gives `BACK` or undefined
 * through. Gives false when the user cancelled.
 */
export async function walk(steps: readonly (() => Promise<unknown>)[]): Promise<boolean> {
  let at = 0;
  while (at < steps.length) {
    const answer = await steps[at]?.();
    if (answer === undefined) return false;
    at = answer === BACK ? Math.max(0, at - 1) : at + 1;
  }
  return true;
}

export function isAnswer<T>(answer: Answer<T>): answer is T {
  return answer !== BACK && answer !== undefined;
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
