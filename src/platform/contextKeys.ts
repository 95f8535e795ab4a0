import * as vscode from 'vscode';

/** The context keys that package.json's `when` clauses ask for. */
export interface ContextKeys {
  /** Why the tree is empty, for the welcome texts. */
  'maskinporten.view':
    | 'loading'
    | 'searching'
    | 'scopes'
    | 'filtered'
    | 'noFolder'
    | 'noManifest'
    | 'noManifestAnywhere'
    | 'noBlock'
    | 'noBlockAnywhere'
    | 'helm'
    | 'variables'
    | 'tooLarge';
  'maskinporten.filtered': boolean;
  'maskinporten.wholeWorkspace': boolean;
  /** Where tokens come from. */
  'maskinporten.environment': 'sandbox' | 'test' | 'prod' | 'custom';
  /** Something goes wrong in the sandbox on purpose. */
  'maskinporten.scenarios': boolean;
  'maskinporten.endpointRunning': boolean;
}

/** Sets a context key, only when its value changed. */
export class ContextKeyService {
  private readonly last = new Map</* key */ string, unknown>();

  set<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void {
    if (this.last.get(key) === value) return;
    this.last.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  }
}
