import * as vscode from 'vscode';
import type { Language } from '../platform/language';
import type { Organisation } from '../platform/organisation';
import type { Environments } from '../state/environments';
import type { Tokens } from '../state/tokens';
import type { Findings } from '../workspace/findings';
import type { Manifests } from '../workspace/manifests';
import { registerCodeActions } from './codeActions';
import { ScopeCodeLenses } from './codeLens';
import { Diagnostics } from './diagnostics';
import { ScopeHovers } from './hover';
import { JwtHovers } from './jwtHover';

export interface EditorServices {
  readonly manifests: Manifests;
  readonly findings: Findings;
  readonly tokens: Tokens;
  readonly environments: Environments;
  readonly language: Language;
  readonly organisation: Organisation;
  /** The page that explains a finding. */
  readonly documentationUri: (code: string) => vscode.Uri;
}

/** Everything that speaks in the text editor. */
export function registerEditor(services: EditorServices): vscode.Disposable {
  const { manifests, findings, tokens, environments, language, organisation, documentationUri } = services;
  const diagnostics = new Diagnostics(manifests, findings, language, documentationUri);
  return vscode.Disposable.from(
    diagnostics,
    registerCodeActions(manifests, diagnostics, language),
    new ScopeHovers(manifests, tokens, environments, language, organisation).register(),
    new JwtHovers(language),
    new ScopeCodeLenses(manifests, tokens, language),
  );
}
