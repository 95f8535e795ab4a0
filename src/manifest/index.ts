export { findManifestAt, nodeAt } from './at';
export type { ManifestNode } from './at';
export { findingsOf, mightBeManifest, readFile } from './file';
export type { ManifestDocument, ManifestFile } from './file';
export type { Finding, FindingCode, FindingData, Fix, FixTitle, Severity, TextEdit } from './finding';
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
export { ownerOf } from './owners';
export type { ScopeOwner } from './owners';
export { exposedScopeName, exposedSeparator } from './scopeName';
export type { Separator, SeparatorOrigin } from './scopeName';
