import * as vscode from 'vscode';
import type { Finding, Fix, TextEdit } from '../manifest';
import type { Language } from '../platform/language';
import { toRange } from '../platform/positions';
import { wordFix } from '../words/findings';
import type { Findings } from '../workspace/findings';
import type { Manifests } from '../workspace/manifests';
import type { Diagnostics, FindingDiagnostic } from './diagnostics';
import { MANIFEST_SELECTOR } from './selector';

/** For `editor.codeActionsOnSave`, and for "Fix All" of the command palette. */
const FIX_ALL = vscode.CodeActionKind.SourceFixAll.append('maskinporten');

/**
 * Quick fixes, one by one and all together. They are made anew from the version of the document that is asked about, so
 * that an edit never lands where an older version had its text.
 */
export class ManifestCodeActions implements vscode.CodeActionProvider {
  constructor(
    private readonly manifests: Manifests,
    private readonly findings: Findings,
    private readonly diagnostics: Diagnostics,
    private readonly language: Language,
  ) {}

  register(): vscode.Disposable {
    return vscode.languages.registerCodeActionsProvider(MANIFEST_SELECTOR, this, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, FIX_ALL],
    });
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { only }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    await this.manifests.whenRead(document);
    const isAsked = (kind: vscode.CodeActionKind) => only === undefined || only.contains(kind);
    return [
      ...(isAsked(vscode.CodeActionKind.QuickFix) ? this.quickFixes(document, range) : []),
      // Only where it is asked for: it reads the file anew.
      ...(only && isAsked(FIX_ALL) ? this.fixAll(document) : []),
    ];
  }

  private quickFixes(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const here = this.diagnostics.at(document, range);
    const single = here.flatMap((diagnostic) =>
      diagnostic.finding.fixes.map((fix) => this.quickFix(document, diagnostic, fix)),
    );
    const fixable = here.filter(({ finding }) => isSafelyFixable(finding));
    const codes = new Set(fixable.map(({ finding }) => finding.code));
    return [...single, ...[...codes].flatMap((code) => this.fixAlike(document, code, fixable.filter(isOf(code))))];
  }

  private quickFix(document: vscode.TextDocument, diagnostic: FindingDiagnostic, fix: Fix): vscode.CodeAction {
    const action = this.action(
      document,
      wordFix(fix.title, this.language.t),
      vscode.CodeActionKind.QuickFix,
      fix.edits,
    );
    action.diagnostics = [diagnostic];
    action.isPreferred = fix.safe;
    return action;
  }

  /** All findings of a code in the file, where there are several that need no decision. */
  private fixAlike(
    document: vscode.TextDocument,
    code: FindingDiagnostic['finding']['code'],
    here: readonly FindingDiagnostic[],
  ): vscode.CodeAction[] {
    const file = this.manifests.read(document);
    const all = file ? this.findings.of(document.uri, file) : [];
    const fixable = all.filter((finding) => finding.code === code && isSafelyFixable(finding));
    if (!file || fixable.length < 2) return [];
    const edits = this.findings.fixAll(document.uri, file, (finding) => finding.code === code);
    const title = this.language.t('Fix all {count} of these ({code})', { count: fixable.length, code });
    const action = this.action(document, title, vscode.CodeActionKind.QuickFix, edits);
    action.diagnostics = [...here];
    return edits.length > 0 ? [action] : [];
  }

  private fixAll(document: vscode.TextDocument): vscode.CodeAction[] {
    const file = this.manifests.read(document);
    const edits = file ? this.findings.fixAll(document.uri, file) : [];
    const title = this.language.t('Fix everything for Maskinporten that needs no decision');
    return edits.length > 0 ? [this.action(document, title, FIX_ALL, edits)] : [];
  }

  private action(
    document: vscode.TextDocument,
    title: string,
    kind: vscode.CodeActionKind,
    edits: readonly TextEdit[],
  ): vscode.CodeAction {
    const action = new vscode.CodeAction(title, kind);
    action.edit = new vscode.WorkspaceEdit();
    for (const { range, newText } of edits) action.edit.replace(document.uri, toRange(document, range), newText);
    return action;
  }
}

/** What holds only with the chosen variables is fixed one by one: with others it may be right. */
function isSafelyFixable({ fixes, variables }: Finding): boolean {
  return variables === undefined && fixes.some(({ safe }) => safe);
}

function isOf(code: string): (diagnostic: FindingDiagnostic) => boolean {
  return ({ finding }) => finding.code === code;
}
