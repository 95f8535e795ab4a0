import * as vscode from 'vscode';
import { copyOfRequest, type CopiedRequest, type CopyFormat, type CopySource } from '../http/export/copies';
import type { TexasLimit } from '../maskinporten/problem';
import { problemOf } from '../maskinporten/problem';
import type { Confirmations } from '../platform/confirmations';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import { withCancellableProgress } from '../platform/progress';
import type { AltinnTokens } from '../state/altinnTokens';
import type { Credentials } from '../state/credentials';
import type { Environments } from '../state/environments';
import type { RequestSecrets } from '../state/requestSecrets';
import type { RequestWish } from '../state/requests';
import type { TokenAsk, Tokens } from '../state/tokens';
import { wordExportFault } from '../words/exportFaults';
import { wordProblem } from '../words/problems';

export interface CopyRequestServices {
  readonly tokens: Tokens;
  readonly altinnTokens: AltinnTokens;
  readonly requestSecrets: RequestSecrets;
  readonly credentials: Credentials;
  readonly environments: Environments;
  readonly confirmations: Confirmations;
  readonly language: Language;
}

/** What an editor calls the language of each form, and what people call the form. Both are the same in any language. */
const FORMATS: Readonly<Record<CopyFormat, { readonly language: string; readonly name: string }>> = {
  curl: { language: 'shellscript', name: 'cURL' },
  powershell: { language: 'powershell', name: 'cURL (PowerShell 7)' },
  'http-rest-client': { language: 'http', name: '.http (REST Client)' },
  'http-httpyac': { language: 'http', name: '.http (httpYac)' },
  'http-intellij': { language: 'http', name: '.http (IntelliJ)' },
  'texas-curl': { language: 'shellscript', name: 'Texas + curl' },
  'texas-kotlin': { language: 'kotlin', name: 'Texas + Kotlin' },
  'texas-typescript': { language: 'typescript', name: 'Texas + TypeScript' },
};

/**
 * "Copy as…": the request of the panel that is at hand, in the form of another client. Secrets are variables in it, save
 * in the commands that say so.
 */
export class CopyRequest {
  /** `atHand` gives the request of the active panel. */
  constructor(
    private readonly services: CopyRequestServices,
    private readonly atHand: () => RequestWish | undefined,
  ) {}

  register(): vscode.Disposable {
    const copy = (format: CopyFormat) => () => this.copy(format);
    const reveal = (format: CopyFormat) => () => this.copyWithSecrets(format);
    return vscode.Disposable.from(
      vscode.commands.registerCommand(COMMANDS.copyRequestAsCurl, copy('curl')),
      vscode.commands.registerCommand(COMMANDS.copyRequestAsCurlWithToken, reveal('curl')),
      vscode.commands.registerCommand(COMMANDS.copyRequestAsPowerShell, copy('powershell')),
      vscode.commands.registerCommand(COMMANDS.copyRequestAsPowerShellWithToken, reveal('powershell')),
      vscode.commands.registerCommand(COMMANDS.copyRequestForRestClient, copy('http-rest-client')),
      vscode.commands.registerCommand(COMMANDS.copyRequestForHttpYac, copy('http-httpyac')),
      vscode.commands.registerCommand(COMMANDS.copyRequestForIntelliJ, copy('http-intellij')),
      vscode.commands.registerCommand(COMMANDS.copyRequestAsAppCurl, copy('texas-curl')),
      vscode.commands.registerCommand(COMMANDS.copyRequestAsAppKotlin, copy('texas-kotlin')),
      vscode.commands.registerCommand(COMMANDS.copyRequestAsAppTypeScript, copy('texas-typescript')),
    );
  }

  private async copy(format: CopyFormat): Promise<void> {
    const { t } = this.services.language;
    const wish = this.wish();
    if (!wish) return;
    const copied = this.copyOf(format, await this.source(wish));
    if (!copied) return;
    await vscode.env.clipboard.writeText(copied.text);
    const { language, name } = FORMATS[format];
    const open = t('Open');
    const answer = await vscode.window.showInformationMessage(this.message(name, copied.variables), open);
    if (answer !== open) return;
    const document = await vscode.workspace.openTextDocument({ content: copied.text, language: await known(language) });
    await vscode.window.showTextDocument(document);
  }

  private message(format: string, variables: readonly string[]): string {
    const { t } = this.services.language;
    if (variables.length === 0) return t('Copied as {format}.', { format });
    return t('Copied as {format}, without secrets: it reads {variables} from the environment.', {
      format,
      variables: variables.join(', '),
    });
  }

  /** Goes to the clipboard alone: no editor keeps it, and no backup of one. */
  private async copyWithSecrets(format: CopyFormat): Promise<void> {
    const { confirmations, requestSecrets, language } = this.services;
    const { t } = language;
    const wish = this.wish();
    if (!wish || !(await confirmations.copyWithToken())) return;
    const { request, ask } = wish;
    const headers = await requestSecrets.filled(request.url, request.headers);
    if (!headers) return;
    const accessToken = ask ? await this.token(ask, wish.asAltinn === true) : '';
    if (accessToken === undefined) return;
    const source = await this.source({ ...wish, request: { ...request, headers } });
    const copied = this.copyOf(format, { ...source, accessToken });
    if (!copied) return;
    await vscode.env.clipboard.writeText(copied.text);
    void vscode.window.showInformationMessage(
      ask
        ? t('Copied as {format}, with the access token in it.', { format: FORMATS[format].name })
        : t('Copied as {format}.', { format: FORMATS[format].name }),
    );
  }

  private wish(): RequestWish | undefined {
    const wish = this.atHand();
    if (!wish) {
      const { t } = this.services.language;
      void vscode.window.showInformationMessage(
        t('Open a test request first: what is copied is the one that you look at.'),
      );
    }
    return wish;
  }

  private async source({ request, ask, asAltinn }: RequestWish): Promise<CopySource> {
    const { consumerOrg } = this.services.environments.current;
    const { method, url, headers, body } = request;
    return {
      method,
      url,
      headers,
      body,
      grant: ask && { ...(consumerOrg !== undefined && { consumerOrg }), ...ask },
      beyondTexas: asAltinn === true ? 'altinn-token' : await this.beyondTexas(),
    };
  }

  /** The certificate is beside the key, so the secret has to be read; a key that cannot be read tells nothing. */
  private async beyondTexas(): Promise<TexasLimit | undefined> {
    const { credentials, environments } = this.services;
    const reading = await credentials.read(environments.current.id);
    return reading.kind === 'found' && reading.credential.x5c ? 'x5c' : undefined;
  }

  /** Undefined when the user gave up, or there was none to be had: then that was said. */
  private async token(ask: TokenAsk, asAltinn: boolean): Promise<string | undefined> {
    const { tokens, altinnTokens, language } = this.services;
    const { t } = language;
    const title = t('Getting a token for {scopes}', { scopes: ask.scopes.join(' ') });
    try {
      const token = await withCancellableProgress(title, (signal): Promise<{ readonly accessToken: string }> =>
        asAltinn ? altinnTokens.tokenFor(ask, signal) : tokens.get(ask, signal),
      );
      return token?.accessToken;
    } catch (error) {
      const problem = problemOf(error);
      if (!problem) throw error;
      void vscode.window.showErrorMessage(wordProblem(problem, t).title);
      return undefined;
    }
  }

  /** Undefined where it cannot be copied: then why was said. */
  private copyOf(format: CopyFormat, source: CopySource): Extract<CopiedRequest, { ok: true }> | undefined {
    const { t } = this.services.language;
    try {
      const copied = copyOfRequest(format, source);
      if (copied.ok) return copied;
      void vscode.window.showWarningMessage(wordExportFault(copied.fault, FORMATS[format].name, t));
    } catch (error) {
      const problem = problemOf(error);
      if (!problem) throw error;
      void vscode.window.showWarningMessage(wordProblem(problem, t).title);
    }
    return undefined;
  }
}

/** A language that no extension here knows would not open. */
async function known(language: string): Promise<string> {
  return (await vscode.languages.getLanguages()).includes(language) ? language : 'plaintext';
}
