export { findManifestAt, nodeAt } from './at';
export type { ManifestNode } from './at';
export { fixAll } from './fixAll';
export { completionsAt } from './completion/completions';
export type {
  Completion,
  Completions,
  CompletionSubject,
  CompletionWorld,
  OfferedScope,
  Organisation,
} from './completion/completions';
export type { Snippet, Stop } from './completion/snippet';
export { exposedNameFault } from './exposedName';
export { findingsOf, mightBeManifest, readFile, withSeverities } from './file';
export type { FindingOptions, ManifestDocument, ManifestFile } from './file';
export type { Finding, FindingCode, FindingData, Fix, FixTitle, Severity, TextEdit } from './finding';
export { keyAt } from './keyAt';
export { KnownScopes, PUBLISHED_SCOPES } from './knownScopes';
export type { Confidence, HostRole, KnownScope } from './knownScopes';
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
export { hasCheckDigit, isNineDigits } from './orgno';
export { ownerOf } from './owners';
export type { ScopeOwner } from './owners';
export { exposedScopeName, exposedSeparator } from './scopeName';
export type { Separator, SeparatorOrigin } from './scopeName';
export { symbolsOf } from './symbols';
export type { ManifestSymbol, SymbolSubject } from './symbols';
export { guessTarget } from './target';
export type { Target, TargetGuess } from './target';
export { knownKey, VOCABULARY } from './vocabulary';
export type { KeyPlace, KnownKey } from './vocabulary';
export { workspaceFindings } from './workspace';
export type { WorkspaceFile, WorkspaceOptions } from './workspace';
