import * as vscode from 'vscode';
import {
  exposedScopeName,
  exposedSeparator,
  nodeAt,
  ownerOf,
  PUBLISHED_SCOPES,
  type ConsumedScope,
  type ExposedScope,
  type ManifestDocument,
  type ManifestFile,
  type OutboundRule,
} from '../manifest';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import type { Organisation } from '../platform/organisation';
import { toRange } from '../platform/positions';
import type { Environments } from '../state/environments';
import type { TokenAsk, Tokens } from '../state/tokens';
import { wordProblem } from '../words/problems';
import { wordProblemShort } from '../words/shortProblem';
import { wordTokenState } from '../words/tokenState';
import { workloadName, type Manifests } from '../workspace/manifests';
import { MANIFEST_SELECTOR } from './selector';

/** Hovers on our own nodes of a manifest, and on nothing else. */
export class ScopeHovers {
  constructor(
    private readonly manifests: Manifests,
    private readonly tokens: Tokens,
    private readonly environments: Environments,
    private readonly language: Language,
    private readonly organisation: Organisation,
  ) {}

  register(): vscode.Disposable {
    return vscode.languages.registerHoverProvider(MANIFEST_SELECTOR, {
      provideHover: (document, position) => this.hover(document, position),
    });
  }

  private async hover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const file = await this.manifests.whenRead(document);
    const node = file && nodeAt(file, document.offsetAt(position));
    if (!file || !node) return undefined;
    const range = toRange(document, node.range);
    switch (node.kind) {
      case 'consumed':
        return new vscode.Hover(this.consumed(document, file, node.document, node.scope), range);
      case 'exposed':
        return new vscode.Hover(this.exposed(node.scope), range);
      case 'outbound':
        return new vscode.Hover(this.outbound(node.rule), range);
    }
  }

  private consumed(
    document: vscode.TextDocument,
    file: ManifestFile,
    workload: ManifestDocument,
    { name }: ConsumedScope,
  ): vscode.MarkdownString {
    const t = this.language.t;
    const text = this.markdown();
    if (name.templated) {
      return text.appendText(t('This scope comes from a template: its name is known when the manifest is deployed.'));
    }
    text.appendMarkdown('**').appendText(name.value).appendMarkdown('**\n\n');
    const owner = ownerOf(name.value);
    text.appendText(
      owner
        ? t('Owned by {owner}, who must grant it to your organisation in each environment.', { owner: owner.name })
        : t('The owner is not known here. It must grant the scope to your organisation in each environment.'),
    );
    const hosts = this.knownHosts(name.value);
    if (hosts !== undefined) text.appendMarkdown('\n\n').appendText(hosts);
    const ask: TokenAsk = {
      manifestUri: document.uri.toString(),
      workload: workloadName(workload, file.documents.indexOf(workload)),
      scopes: [name.value],
    };
    text.appendMarkdown('\n\n').appendText(this.tokenLine(ask));
    const link = (title: string, command: string) =>
      `[${title}](command:${command}?${encodeURIComponent(JSON.stringify([ask]))})`;
    return text.appendMarkdown(
      `\n\n${link(t('Get token'), COMMANDS.getToken)} · ${link(t('Send request'), COMMANDS.sendRequest)}`,
    );
  }

  /** Where the scope's API is known to be; undefined where nobody has published it. */
  private knownHosts(scope: string): string | undefined {
    const t = this.language.t;
    const test = PUBLISHED_SCOPES.hostsOf(scope, 'dev').join(', ');
    const prod = PUBLISHED_SCOPES.hostsOf(scope, 'prod').join(', ');
    if (test && prod) return t('Known API hosts: {test} in test, {prod} in production.', { test, prod });
    if (test) return t('Known API host in test: {test}.', { test });
    return prod ? t('Known API host in production: {prod}.', { prod }) : undefined;
  }

  private tokenLine(ask: TokenAsk): string {
    const t = this.language.t;
    const environment = this.environments.current.label;
    const problem = this.tokens.lastProblem(ask);
    if (problem) {
      const state = wordProblemShort(problem, t);
      return t('{environment}: {state}. {problem}', { environment, state, problem: wordProblem(problem, t).title });
    }
    return t('{environment}: {state}.', { environment, state: wordTokenState(this.tokens.peek(ask), Date.now(), t) });
  }

  private exposed(scope: ExposedScope): vscode.MarkdownString {
    const t = this.language.t;
    const text = this.markdown();
    if (scope.product.templated || scope.name.templated) {
      return text.appendText(t('This scope comes from a template: its name is known when the manifest is deployed.'));
    }
    const fullName = exposedScopeName(scope, this.organisation.scopePrefix);
    text.appendMarkdown('**').appendText(fullName).appendMarkdown('**\n\n');
    text.appendText(
      {
        manifest: t('The separator is set in the manifest.'),
        'slash-in-name': t('No separator is set: it is / because the name contains a slash.'),
        default: t('No separator is set: it is : by default.'),
      }[exposedSeparator(scope).origin],
    );
    text
      .appendMarkdown('\n\n')
      .appendText(
        scope.consumers.length === 0
          ? t('No consumers are listed.')
          : scope.consumers.length === 1
            ? t('1 consumer is listed.')
            : t('{count} consumers are listed.', { count: scope.consumers.length }),
      );
    const seconds = scope.atMaxAgeSeconds?.templated ? undefined : (scope.atMaxAgeSeconds?.value ?? 30);
    if (seconds !== undefined) {
      text.appendMarkdown('\n\n').appendText(t('Its tokens live {seconds} seconds.', { seconds }));
    }
    return text;
  }

  private outbound({ host, ipv4, ports }: OutboundRule): vscode.MarkdownString {
    const t = this.language.t;
    const target = host ?? ipv4;
    const text = this.markdown();
    if (!target || target.templated) {
      return text.appendText(t('This host comes from a template: it is known when the manifest is deployed.'));
    }
    const opened = ports.map(({ value }) => value).join(', ');
    if (opened !== '')
      return text.appendText(t('The pod may reach {host} on port {ports}.', { host: target.value, ports: opened }));
    return text.appendText(
      host
        ? t('The pod may reach {host} on port 443.', { host: host.value })
        : t('The pod may reach {host} on every port.', { host: target.value }),
    );
  }

  /** Only our own commands may be links; whatever comes from the manifest goes in as plain text. */
  private markdown(): vscode.MarkdownString {
    const text = new vscode.MarkdownString();
    text.isTrusted = { enabledCommands: [COMMANDS.getToken, COMMANDS.sendRequest] };
    return text;
  }
}
