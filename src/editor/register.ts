import * as vscode from 'vscode';
import type { Language } from '../platform/language';
import type { Organisation } from '../platform/organisation';
import type { Environments } from '../state/environments';
import type { Tokens } from '../state/tokens';
import type { Findings } from '../workspace/findings';
import type { KnownScopesSource } from '../workspace/knownScopes';
import type { Manifests } from '../workspace/manifests';
import type { Targets } from '../workspace/targets';
import type { Variables } from '../workspace/variables';
import type { WorkloadReadings } from '../workspace/workloadReadings';
import { ManifestCodeActions } from './codeActions';
import { ScopeCodeLenses } from './codeLens';
import { ManifestCompletion } from './completion';
import { Diagnostics } from './diagnostics';
import { ScopeHovers } from './hover';
import { JwtHovers } from './jwtHover';
import { ScopeNavigation } from './navigation';
import { ManifestSymbols } from './symbols';

export interface EditorServices {
  readonly manifests: Manifests;
  readonly findings: Findings;
  readonly knownScopes: KnownScopesSource;
  readonly targets: Targets;
  readonly readings: WorkloadReadings;
  readonly variables: Variables;
  readonly tokens: Tokens;
  readonly environments: Environments;
  readonly language: Language;
  readonly organisation: Organisation;
  /** The page that explains a finding. */
  readonly documentationUri: (code: string) => vscode.Uri;
}

/** Everything that speaks in the text editor. */
export function registerEditor(services: EditorServices): vscode.Disposable {
  const { manifests, findings, language, organisation, documentationUri } = services;
  const { knownScopes, readings, targets } = services;
  const diagnostics = new Diagnostics(manifests, readings, findings, language, documentationUri);
  return vscode.Disposable.from(
    diagnostics,
    new ManifestCodeActions(manifests, findings, diagnostics, language).register(),
    new ScopeHovers(manifests, readings, services).register(),
    new JwtHovers(language),
    new ScopeCodeLenses(services),
    new ScopeNavigation(manifests, readings, organisation).register(),
    new ManifestSymbols(manifests, readings, organisation, language).register(),
    new ManifestCompletion(manifests, readings, targets, knownScopes, organisation, language).register(),
  );
}
