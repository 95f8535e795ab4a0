import * as vscode from 'vscode';
import { knownScopesWith, readOwnScopes, type KnownScopes, type PublicScopes } from '../manifest';
import { ConfigValue } from '../platform/config';
import type { Language } from '../platform/language';
import type { Log } from '../platform/log';
import { wordOwnScopeFault } from '../words/publicScopes';

/** Where the registry comes from: fetched by somebody else. */
interface FetchedScopes {
  readonly current: PublicScopes;
  readonly onDidChange: vscode.Event<unknown>;
}

/**
 * All scopes that are known here: published ones, the user's own, and those of the registry where it was fetched. Every
 * feature asks this one.
 */
export class KnownScopesSource implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly setting = new ConfigValue<unknown>('knownScopes', []);
  private readonly disposables: vscode.Disposable;
  private kept: KnownScopes | undefined;
  private told = '';
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly registry: FetchedScopes,
    private readonly language: Language,
    private readonly log: Log,
  ) {
    const forget = () => {
      this.kept = undefined;
      this.changed.fire();
    };
    this.disposables = vscode.Disposable.from(
      this.changed,
      this.setting,
      this.setting.onDidChange(forget),
      registry.onDidChange(forget),
    );
  }

  /** The same object until something changes, so that findings made with it may be kept. */
  get current(): KnownScopes {
    this.kept ??= this.read();
    return this.kept;
  }

  /** A row that cannot be read is named in the log, once for each change of the setting. */
  private read(): KnownScopes {
    const { rows, faults } = readOwnScopes(this.setting.value);
    const complaints = faults.map((fault) => wordOwnScopeFault(fault, this.language.t)).join('\n');
    if (complaints !== '' && complaints !== this.told) this.log.warn(complaints);
    this.told = complaints;
    return knownScopesWith(rows, this.registry.current);
  }

  dispose(): void {
    this.disposables.dispose();
  }
}
