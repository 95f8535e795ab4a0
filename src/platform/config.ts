import * as vscode from 'vscode';

const SECTION = 'maskinporten';

/** One setting, always current. */
export class ConfigValue<T> implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<T>();
  private readonly subscription: vscode.Disposable;
  readonly onDidChange = this.changed.event;

  /** `key` without the section; `fallback` holds where package.json declares no default. */
  constructor(
    readonly key: string,
    private readonly fallback: T,
  ) {
    this.subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${SECTION}.${key}`)) this.changed.fire(this.value);
    });
  }

  get value(): T {
    return vscode.workspace.getConfiguration(SECTION).get<T>(this.key, this.fallback);
  }

  /** Sets it for every workspace of this user. */
  async write(value: T): Promise<void> {
    await vscode.workspace.getConfiguration(SECTION).update(this.key, value, vscode.ConfigurationTarget.Global);
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}
