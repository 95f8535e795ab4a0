import * as vscode from 'vscode';
import {
  exposedScopeName,
  exposedSeparator,
  keyAt,
  nodeAt,
  ownerOf,
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
import { wordConfidence, wordKnownHosts } from '../words/completions';
import { wordConsumer, wordMaxAge } from '../words/hovers';
import { wordKey } from '../words/keys';
import { wordTokenState } from '../words/tokenState';
import { wordProblem } from '../words/problems';
import type { KnownScopesSource } from '../workspace/knownScopes';
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
    private readonly knownScopes: KnownScopesSource,
  ) {}

  register(): vscode.Disposable {
    return vscode.languages.registerHoverProvider(MANIFEST_SELECTOR, {
      provideHover: (document, position) => this.hover(document, position),
    });
  }

  private async hover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const file = await this.manifests.whenRead(document);
    if (!file) return undefined;
    const offset = document.offsetAt(position);
    const key = keyAt(file, offset);
    if (key) {
      const text = this.markdown().appendText(wordKey(key.key, this.language.t));
      return new vscode.Hover(text, toRange(document, key.range));
    }
    const node = nodeAt(file, offset);
    if (!node) return undefined;
    const range = toRange(document, node.range);
    switch (node.kind) {
      case 'consumed':
        return new vscode.Hover(this.consumed(document, file, node.document, node.scope), range);
      case 'exposed':
        return new vscode.Hover(this.exposed(node.scope), range);
      case 'outbound':
        return new vscode.Hover(this.outbound(node.document, node.rule), range);
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
    this.appendKnown(text, name.value);
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

  /** What the table of known scopes says, with a link to the owner's documentation; of other scopes nothing. */
  private appendKnown(text: vscode.MarkdownString, scope: string): void {
    const t = this.language.t;
    const row = this.knownScopes.current.get(scope);
    if (!row) return;
    const hosts = wordKnownHosts(row, t);
    for (const line of [hosts, wordConfidence(row.confidence, t)]) {
      if (line !== undefined) text.appendMarkdown('\n\n').appendText(line);
    }
    const link = httpsLink(row.documentation);
    if (link !== undefined) text.appendMarkdown(`\n\n[${t('Documentation')}](${link})`);
  }

  private tokenLine(ask: TokenAsk): string {
    const t = this.language.t;
    const environment = this.environments.current.label;
    const problem = this.tokens.lastProblem(ask);
    if (problem) {
      return t('{environment}: refused. {problem}', { environment, problem: wordProblem(problem, t).title });
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
    for (const consumer of scope.consumers.slice(0, MOST_CONSUMERS)) {
      text.appendMarkdown('\n- ').appendText(wordConsumer(consumer, t));
    }
    const others = scope.consumers.length - MOST_CONSUMERS;
    if (others > 0) text.appendMarkdown('\n- ').appendText(t('and {count} more', { count: others }));
    if (scope.atMaxAgeSeconds?.templated !== true) {
      text.appendMarkdown('\n\n').appendText(wordMaxAge(scope.atMaxAgeSeconds?.value, t));
    }
    return text
      .appendMarkdown('\n\n')
      .appendText(t('Removing the item does not switch the scope off at Digdir: only enabled: false does.'));
  }

  private outbound({ manifest }: ManifestDocument, { host, ipv4, ports }: OutboundRule): vscode.MarkdownString {
    const t = this.language.t;
    const target = host ?? ipv4;
    const text = this.markdown();
    if (!target || target.templated) {
      return text.appendText(t('This host comes from a template: it is known when the manifest is deployed.'));
    }
    const opened = ports.flatMap(({ value }) => value ?? []).join(', ');
    if (opened !== '') {
      text.appendText(t('The pod may reach {host} on port {ports}.', { host: target.value, ports: opened }));
    } else if (host) {
      text.appendText(t('The pod may reach {host} on port 443.', { host: host.value }));
    } else {
      text.appendText(t('The pod may reach {host} on every port.', { host: target.value }));
    }
    const scopes = this.knownScopes.current.scopesAt(target.value);
    const consumed = scopes.filter((scope) => manifest.consumes.some(({ name }) => name.value === scope));
    if (consumed.length > 0) {
      const served = t('Known to serve {scopes}, which this workload consumes.', { scopes: consumed.join(', ') });
      text.appendMarkdown('\n\n').appendText(served);
    } else if (scopes.length > 0) {
      const served = t('Known to serve {scopes}. This workload consumes none of them.', {
        scopes: shortList(scopes, t),
      });
      text.appendMarkdown('\n\n').appendText(served);
    }
    return text;
  }

  /** Only our own commands may be links; whatever comes from the manifest goes in as plain text. */
  private markdown(): vscode.MarkdownString {
    const text = new vscode.MarkdownString();
    text.isTrusted = { enabledCommands: [COMMANDS.getToken, COMMANDS.sendRequest] };
    return text;
  }
}

/** Whole lists of consumers run to hundreds: a hover shows how they begin. */
const MOST_CONSUMERS = 10;

const MOST_SCOPES = 4;

function shortList(scopes: readonly string[], t: Language['t']): string {
  const shown = scopes.slice(0, MOST_SCOPES).join(', ');
  const others = scopes.length - MOST_SCOPES;
  return others > 0 ? t('{list} and {count} more', { list: shown, count: others }) : shown;
}

/** An address to show as a link, in the form in which it ends no link of Markdown; other schemes are left out. */
function httpsLink(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url?.protocol === 'https:' ? url.href.replaceAll('(', '%28').replaceAll(')', '%29') : undefined;
}
