/** Identifiers that package.json names too; a test compares the two. */
export const VIEW_ID = 'maskinporten.scopes';

/** The panels that VS Code gives back after a restart. */
export const PANELS = { token: 'maskinporten.token', request: 'maskinporten.request' } as const;

/** What language models may use, where the setting allows it. */
export const TOOLS = { manifest: 'maskinporten_manifest', refusal: 'maskinporten_explain_refusal' } as const;

export const COMMANDS = {
  getToken: 'maskinporten.getToken',
  getTokens: 'maskinporten.getTokens',
  getTokenWithOptions: 'maskinporten.getTokenWithOptions',
  decodeToken: 'maskinporten.decodeToken',
  sendRequest: 'maskinporten.sendRequest',
  addCredential: 'maskinporten.addCredential',
  importCredentialAgain: 'maskinporten.importCredentialAgain',
  showCommand: 'maskinporten.showCommand',
  useTexasEndpoint: 'maskinporten.useTexasEndpoint',
  manageCredentials: 'maskinporten.manageCredentials',
  deleteCredential: 'maskinporten.deleteCredential',
  selectEnvironment: 'maskinporten.selectEnvironment',
  forgetTokens: 'maskinporten.forgetTokens',
  checkProvisioning: 'maskinporten.checkProvisioning',
  copyAccessRequest: 'maskinporten.copyAccessRequest',
  refreshPublicScopes: 'maskinporten.refreshPublicScopes',
  sandboxScenario: 'maskinporten.sandboxScenario',
  backToNormal: 'maskinporten.backToNormal',
  allBackToNormal: 'maskinporten.allBackToNormal',
  rotateSandboxKeys: 'maskinporten.rotateSandboxKeys',
  resetSandbox: 'maskinporten.resetSandbox',
  copySandboxConfiguration: 'maskinporten.copySandboxConfiguration',
  startTokenEndpoint: 'maskinporten.startTokenEndpoint',
  stopTokenEndpoint: 'maskinporten.stopTokenEndpoint',
  showTokenEndpoint: 'maskinporten.showTokenEndpoint',
  copyDotEnv: 'maskinporten.copyDotEnv',
  tokenEndpoint: 'maskinporten.tokenEndpoint',
  introspectionEndpoint: 'maskinporten.introspectionEndpoint',
  sampleApi: 'maskinporten.sampleApi',
  refresh: 'maskinporten.refresh',
  resolveVariables: 'maskinporten.resolveVariables',
  reveal: 'maskinporten.reveal',
  openInEditor: 'maskinporten.openInEditor',
  openManifest: 'maskinporten.openManifest',
  openScopeDocumentation: 'maskinporten.openScopeDocumentation',
  copyScope: 'maskinporten.copyScope',
  copyFullName: 'maskinporten.copyFullName',
  copyHost: 'maskinporten.copyHost',
  insertBlock: 'maskinporten.insertBlock',
  filterScopes: 'maskinporten.filterScopes',
  clearFilter: 'maskinporten.clearFilter',
  showWholeWorkspace: 'maskinporten.showWholeWorkspace',
  showActiveManifest: 'maskinporten.showActiveManifest',
  cancelSearch: 'maskinporten.cancelSearch',
  manageTrust: 'maskinporten.manageTrust',
  showLog: 'maskinporten.showLog',
  reportIssue: 'maskinporten.reportIssue',
  getStarted: 'maskinporten.getStarted',
} as const;

/** The `source` of our diagnostics, beside those of other extensions. */
export const DIAGNOSTIC_SOURCE = 'Maskinporten';
