import * as vscode from 'vscode';

const SECTION = 'maskinporten';

/** One setting, always current. */
export class ConfigValue<T> implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<T>();
  private readonly subscription: vscode.Disposable;
  /** Asking VS Code takes microseconds, which add up where thousands of things ask on one keystroke. */
  private known: { readonly value: T } | undefined;
  readonly onDidChange = this.changed.event;

  /** `key` without the section; `fallback` holds where package.json declares no default. */
  constructor(
    readonly key: string,
    private readonly fallback: T,
  ) {
    this.subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration(`${SECTION}.${key}`)) return;
      this.known = undefined;
      this.changed.fire(this.value);
    });
  }

  get value(): T {
    this.known ??= { value: vscode.workspace.getConfiguration(SECTION).get<T>(this.key, this.fallback) };
    return this.known.value;
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
