import * as vscode from 'vscode';
import type { Fix } from '../manifest';
import type { Language } from '../platform/language';
import { toRange } from '../platform/positions';
import { wordFix } from '../words/findings';
import type { Manifests } from '../workspace/manifests';
import type { Diagnostics, FindingDiagnostic } from './diagnostics';
import { MANIFEST_SELECTOR } from './selector';

/**
 * Quick fixes. They are made anew from the version of the document that is asked about, so that an edit never
 * lands where an older version had its text.
 */
export function registerCodeActions(
  manifests: Manifests,
  diagnostics: Diagnostics,
  language: Language,
): vscode.Disposable {
  const toAction = (document: vscode.TextDocument, diagnostic: FindingDiagnostic, fix: Fix): vscode.CodeAction => {
    const action = new vscode.CodeAction(wordFix(fix.title, language.t), vscode.CodeActionKind.QuickFix);
    action.diagnostics = [diagnostic];
    action.isPreferred = fix.safe;
    action.edit = new vscode.WorkspaceEdit();
    for (const { range, newText } of fix.edits) action.edit.replace(document.uri, toRange(document, range), newText);
    return action;
  };
  return vscode.languages.registerCodeActionsProvider(
    MANIFEST_SELECTOR,
    {
      provideCodeActions: async (document, range) => {
        await manifests.whenRead(document);
        return (diagnostics.of(document) ?? [])
          .filter((diagnostic) => diagnostic.range.intersection(range))
          .flatMap((diagnostic) => diagnostic.finding.fixes.map((fix) => toAction(document, diagnostic, fix)));
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}
