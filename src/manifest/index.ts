export { addConsumedScope } from './addScope';
export { envAt, findManifestAt, nodeAt } from './at';
export type { ManifestNode } from './at';
export { mightBeManifest, mightHoldManifest } from './candidate';
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
export { decode } from './decode';
export { deploymentsIn, givenVariables, literalOf, targetsOf, verdictOf } from './deploy';
export type { Deployment, ManifestTarget, WorkflowTexts } from './deploy';
export { exposedNameFault } from './exposedName';
export { DEFAULT_PREFIX, findingsOf, readFile, SourceFile, withSeverities } from './file';
export type { OutboundFacts, WorkspaceFacts } from './facts';
export type { FindingOptions, SourceDocument } from './file';
export type { Finding, FindingCode, FindingData, Fix, FixTitle, Severity, TextEdit } from './finding';
export { cure, fixAll } from './fixAll';
export type { Cure, Cured } from './fixAll';
export { insertBlock } from './insertBlock';
export type { BlockInsertion, BlockPurpose } from './insertBlock';
export { keyAt } from './keyAt';
export { KnownScopes, knownScopesWith, PUBLISHED_SCOPES } from './knownScopes';
export type { Confidence, HostRole, KnownScope, OwnScope } from './knownScopes';
export { lineStartsOf } from './lineStarts';
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
  OutboundApp,
  OutboundRule,
  Range,
  ScopeConsumer,
  SourceValue,
} from './model';
export { LARGE_LENGTH, MOST_LENGTH } from './limits';
export { openOutbound } from './openOutbound';
export { hasCheckDigit, isNineDigits } from './orgno';
export { ownerOf } from './owners';
export type { ScopeOwner } from './owners';
export { readOwnScopes } from './ownScopes';
export type { OwnScopeFault, OwnScopes } from './ownScopes';
export { areSameCircumstances, PlainReader, plainFile, toPlainCircumstances } from './plain';
export type { PlainCircumstances, PlainDocument, PlainFile } from './plain';
export { podVerdict } from './podCheck';
export type { PodOptions, PodVerdict } from './podCheck';
export { faultOf, NO_PUBLIC_SCOPES, PublicScopes } from './publicScopes';
export type {
  PublicAccess,
  PublicEntry,
  PublicEnvironment,
  PublicFault,
  PublicListing,
  PublicScope,
} from './publicScopes';
export type { ListKeys, ManifestDocument, ManifestFile } from './reading';
export { deployedScopes, exposedScopeName, exposedSeparator } from './scopeName';
export type { DeployedScope, Separator, SeparatorOrigin } from './scopeName';
export type { Circumstances } from './rules/rule';
export { looksLikeManifest, tooLargeFinding } from './size';
export { symbolsOf } from './symbols';
export type { ManifestSymbol, SymbolSubject } from './symbols';
export { guessTarget } from './target';
export type { Target, TargetGuess } from './target';
export { knownKey, VOCABULARY } from './vocabulary';
export type { KeyPlace, KnownKey } from './vocabulary';
export type { ReadAnswer, ReadRequest } from './worker';
export { workspaceFindings } from './workspace';
export type { WorkspaceFile, WorkspaceOptions } from './workspace';
export {
  assumingImage,
  mayBeVariables,
  readAssignment,
  readVariables,
  renderFile,
  RenderedFile,
  renderTemplate,
  unreadableVariables,
  withAssignments,
} from './render';
export type {
  Assignment,
  ChosenVariables,
  FileWithText,
  ParseTemplate,
  RenderFault,
  RenderProblem,
  UnreadableReason,
  Variables,
  VariablesRead,
} from './render';
