import * as vscode from 'vscode';
import { ConfigValue } from './config';

const NAV = '889640782';

/** The organisation whose clusters run the workloads. Nav unless the settings say otherwise. */
export class Organisation implements vscode.Disposable {
  private readonly numberSetting = new ConfigValue('organisation.number', NAV);
  private readonly nameSetting = new ConfigValue('organisation.name', '');
  private readonly prefixSetting = new ConfigValue('organisation.scopePrefix', 'nav');

  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  constructor() {
    for (const setting of [this.numberSetting, this.prefixSetting]) {
      setting.onDidChange(() => {
        this.changed.fire();
      });
    }
  }

  /** Nine digits: the consumer of every token. */
  get number(): string {
    return this.numberSetting.value;
  }

  /** What people call it; undefined where nobody has said. */
  get name(): string | undefined {
    return this.nameSetting.value.trim() || (this.number === NAV ? 'Nav' : undefined);
  }

  /** What the clusters put before the name of every exposed scope. */
  get scopePrefix(): string {
    return this.prefixSetting.value;
  }

  dispose(): void {
    this.numberSetting.dispose();
    this.nameSetting.dispose();
    this.prefixSetting.dispose();
    this.changed.dispose();
  }
}
