import * as vscode from 'vscode';
import { ConfigValue } from '../platform/config';
import { TOOLS } from '../platform/ids';

export type ToolName = keyof typeof TOOLS;

/** What a tool says it does while it runs, and what it gives the model: text without anything secret. */
export interface Tool {
  readonly progress: string;
  /** `input` is what a model wrote: whatever it likes. */
  run(input: unknown): string;
}

export type Tools = Readonly<Record<ToolName, Tool>>;

/**
 * Offers the tools to language models while the setting wants that, and only then. Behind them is `load`, called when one
 * is used.
 */
export class ToolOffers implements vscode.Disposable {
  private readonly setting = new ConfigValue('languageModelTools.enabled', false);
  private offered: vscode.Disposable | undefined;

  constructor(private readonly load: () => Promise<Tools>) {
    this.follow(this.setting.value);
    this.setting.onDidChange((enabled) => {
      this.follow(enabled);
    });
  }

  private follow(enabled: boolean): void {
    this.offered?.dispose();
    this.offered = enabled ? vscode.Disposable.from(...this.offers()) : undefined;
  }

  private offers(): readonly vscode.Disposable[] {
    return (Object.keys(TOOLS) as ToolName[]).map((name) =>
      vscode.lm.registerTool(TOOLS[name], {
        prepareInvocation: async () => ({ invocationMessage: (await this.load())[name].progress }),
        invoke: async ({ input }) => {
          const text = (await this.load())[name].run(input);
          return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
        },
      }),
    );
  }

  dispose(): void {
    this.offered?.dispose();
    this.setting.dispose();
  }
}
