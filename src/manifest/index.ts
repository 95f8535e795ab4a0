export { findManifestAt, nodeAt } from './at';
export type { ManifestNode } from './at';
export { exposedNameFault } from './exposedName';
export { findingsOf, mightBeManifest, readFile, withSeverities } from './file';
export type { FindingOptions, ManifestDocument, ManifestFile } from './file';
export type { Finding, FindingCode, FindingData, Fix, FixTitle, Severity, TextEdit } from './finding';
export { KnownScopes, knownScopesWith, PUBLISHED_SCOPES } from './knownScopes';
export type { Confidence, HostRole, KnownScope, OwnScope } from './knownScopes';
export { maskTemplates } from './mask';
export type { MaskedText } from './mask';
export type {
  ConsumedScope,
  EnvValue,
  ExposedScope,
  FileKind,
  Manifest,
  ManifestKind,
  MaskinportenBlock,
  OutboundRule,
  Range,
  ScopeConsumer,
  SourceValue,
} from './model';
export { readOwnScopes } from './ownScopes';
export type { OwnScopeFault, OwnScopes } from './ownScopes';
export { hasCheckDigit, isNineDigits } from './orgno';
export { ownerOf } from './owners';
export type { ScopeOwner } from './owners';
export { faultOf, NO_PUBLIC_SCOPES, PublicScopes } from './publicScopes';
export type {
  PublicAccess,
  PublicEntry,
  PublicEnvironment,
  PublicFault,
  PublicListing,
  PublicScope,
} from './publicScopes';
export { exposedScopeName, exposedSeparator } from './scopeName';
export type { Separator, SeparatorOrigin } from './scopeName';
export { guessTarget } from './target';
export type { Target, TargetGuess } from './target';
export { workspaceFindings } from './workspace';
export type { WorkspaceFile, WorkspaceOptions } from './workspace';
