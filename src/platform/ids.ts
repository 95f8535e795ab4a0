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
  copyRequestAsCurl: 'maskinporten.copyRequestAsCurl',
  copyRequestAsCurlWithToken: 'maskinporten.copyRequestAsCurlWithToken',
  copyRequestAsPowerShell: 'maskinporten.copyRequestAsPowerShell',
  copyRequestAsPowerShellWithToken: 'maskinporten.copyRequestAsPowerShellWithToken',
  copyRequestForRestClient: 'maskinporten.copyRequestForRestClient',
  copyRequestForHttpYac: 'maskinporten.copyRequestForHttpYac',
  copyRequestForIntelliJ: 'maskinporten.copyRequestForIntelliJ',
  copyRequestAsAppCurl: 'maskinporten.copyRequestAsAppCurl',
  copyRequestAsAppKotlin: 'maskinporten.copyRequestAsAppKotlin',
  copyRequestAsAppTypeScript: 'maskinporten.copyRequestAsAppTypeScript',
  saveRequest: 'maskinporten.saveRequest',
  openSavedRequest: 'maskinporten.openSavedRequest',
  showRequestHistory: 'maskinporten.showRequestHistory',
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
