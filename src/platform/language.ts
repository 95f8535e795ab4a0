import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { createTranslate, type Translate } from '../shared/localize';
import { ConfigValue } from './config';

type Texts = Readonly<Record<string, string>>;

/**
 * The language of our own texts: the setting, else the display language. VS Code has no Norwegian language
 * pack of its own, so its l10n would never choose Norwegian by itself.
 */
export class Language implements vscode.Disposable {
  private readonly setting = new ConfigValue<'auto' | 'en' | 'nb'>('language', 'auto');
  private readonly changed = new vscode.EventEmitter<void>();
  private current: { readonly locale: string; readonly texts: Texts; readonly t: Translate };
  readonly onDidChange = this.changed.event;

  constructor(private readonly extensionPath: string) {
    this.current = this.load();
    this.setting.onDidChange(() => {
      this.current = this.load();
      this.changed.fire();
    });
  }

  /** Bound, so that it may be handed on; it follows the setting. */
  readonly t: Translate = (message, values) => this.current.t(message, values);

  /** The translations by English text: what a webview needs to speak the same language. */
  get texts(): Texts {
    return this.current.texts;
  }

  get locale(): string {
    return this.current.locale;
  }

  /** For a text whose reader's language is another than the user's. */
  in(locale: 'en' | 'nb'): Translate {
    return createTranslate(this.textsIn(locale));
  }

  private load(): { locale: string; texts: Texts; t: Translate } {
    const chosen = this.setting.value === 'auto' ? vscode.env.language : this.setting.value;
    const norwegian = /^(nb|no|nn)\b/.test(chosen);
    const locale = norwegian ? 'nb' : 'en';
    const texts = this.textsIn(locale);
    return { locale, texts, t: createTranslate(texts) };
  }

  private textsIn(locale: 'en' | 'nb'): Texts {
    if (locale === 'en') return {};
    return JSON.parse(readFileSync(path.join(this.extensionPath, 'l10n', 'nb.json'), 'utf8')) as Texts;
  }

  dispose(): void {
    this.setting.dispose();
    this.changed.dispose();
  }
}
