import type * as vscode from 'vscode';
import { ConfigValue } from './config';

/** The organisation whose clusters run the workloads. Nav unless the settings say otherwise. */
export class Organisation implements vscode.Disposable {
  private readonly numberSetting = new ConfigValue('organisation.number', '889640782');
  private readonly prefixSetting = new ConfigValue('organisation.scopePrefix', 'nav');

  /** Nine digits: the consumer of every token. */
  get number(): string {
    return this.numberSetting.value;
  }

  /** What the clusters put before the name of every exposed scope. */
  get scopePrefix(): string {
    return this.prefixSetting.value;
  }

  dispose(): void {
    this.numberSetting.dispose();
    this.prefixSetting.dispose();
  }
}
