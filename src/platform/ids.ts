/** Identifiers that package.json names too; a test compares the two. */
export const VIEW_ID = 'maskinporten.scopes';

export const COMMANDS = {
  getToken: 'maskinporten.getToken',
  sendRequest: 'maskinporten.sendRequest',
  addCredential: 'maskinporten.addCredential',
  deleteCredential: 'maskinporten.deleteCredential',
  selectEnvironment: 'maskinporten.selectEnvironment',
  forgetTokens: 'maskinporten.forgetTokens',
  checkProvisioning: 'maskinporten.checkProvisioning',
  copyAccessRequest: 'maskinporten.copyAccessRequest',
  refreshPublicScopes: 'maskinporten.refreshPublicScopes',
  refresh: 'maskinporten.refresh',
  resolveVariables: 'maskinporten.resolveVariables',
  reveal: 'maskinporten.reveal',
  showLog: 'maskinporten.showLog',
} as const;

/** The `source` of our diagnostics, beside those of other extensions. */
export const DIAGNOSTIC_SOURCE = 'Maskinporten';
