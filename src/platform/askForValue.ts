import * as vscode from 'vscode';
import type { Language } from './language';

/** Asks for the value of a header that a saved request refers to. Undefined when the user gives up. */
export async function askForHeaderValue(
  { t }: Language,
  header: string,
  variable: string,
  host: string,
): Promise<string | undefined> {
  const value = await vscode.window.showInputBox({
    title: t('{header} for {host}', { header, host }),
    prompt: t(
      'The request refers to it as {variable}. It is kept in the secret store of this machine, for this host alone.',
      {
        variable,
      },
    ),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^[\t\x20-\x7e\x80-\xff]*$/.test(text) ? undefined : t('A header has one line of plain characters.'),
  });
  return value === '' ? undefined : value;
}
