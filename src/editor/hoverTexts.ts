import type * as vscode from 'vscode';
import {
  exposedScopeName,
  exposedSeparator,
  ownerOf,
  type ExposedScope,
  type OutboundRule,
  type PublicAccess,
} from '../manifest';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import type { Organisation } from '../platform/organisation';
import type { Environments } from '../state/environments';
import type { TokenAsk, Tokens } from '../state/tokens';
import { wordConfidence, wordKnownHosts } from '../words/completions';
import { wordConsumer, wordMaxAge } from '../words/hovers';
import { wordProblem } from '../words/problems';
import { wordProblemShort } from '../words/shortProblem';
import { wordAccess } from '../words/publicScopes';
import { wordTargets } from '../words/targets';
import { wordTokenState } from '../words/tokenState';
import type { KnownScopesSource } from '../workspace/knownScopes';
import type { Targets } from '../workspace/targets';
import { commandLink } from './markdown';

export interface HoverServices {
  readonly tokens: Tokens;
  readonly environments: Environments;
  readonly language: Language;
  readonly organisation: Organisation;
  readonly knownScopes: KnownScopesSource;
  readonly targets: Targets;
}

/** What there is to say of a scope or a host whose name is known. Whatever comes from elsewhere goes in as plain text. */
export class HoverTexts {
  private readonly tokens: Tokens;
  private readonly environments: Environments;
  private readonly language: Language;
  private readonly organisation: Organisation;
  private readonly knownScopes: KnownScopesSource;
  private readonly targets: Targets;

  constructor({ tokens, environments, language, organisation, knownScopes, targets }: HoverServices) {
    this.tokens = tokens;
    this.environments = environments;
    this.language = language;
    this.organisation = organisation;
    this.knownScopes = knownScopes;
    this.targets = targets;
  }

  /** A scope that a workload of the manifest consumes. */
  appendConsumed(text: vscode.MarkdownString, scope: string, manifest: vscode.Uri, workload: string): void {
    const t = this.language.t;
    const { target } = this.targets.verdictOf(manifest);
    const access = this.knownScopes.current.publicScopes.access(scope, target);
    const ask: TokenAsk = { manifestUri: manifest.toString(), workload, scopes: [scope] };
    const links = [
      commandLink(t('Get token'), COMMANDS.getToken, ask),
      commandLink(t('Send request'), COMMANDS.sendRequest, ask),
      ...(access?.kind === 'open' ? [] : [commandLink(t('Copy Access Request'), COMMANDS.copyAccessRequest, ask)]),
    ];
    // What is done most often comes before what is read once: a hover shows its first lines, and the rest on scrolling.
    text.appendMarkdown('**').appendText(scope).appendMarkdown('**\n\n').appendText(this.ownerLine(scope, access));
    text
      .appendMarkdown('\n\n')
      .appendText(this.tokenLine(ask))
      .appendMarkdown(`\n\n${links.join(' · ')}`);
    this.appendKnown(text, scope);
    for (const line of wordTargets(this.targets.targetsOf(manifest), t)) {
      text.appendMarkdown('\n\n').appendText(line);
    }
  }

  /** Who owns the scope and must grant it: by Digdir's registry where that was fetched and lists it. */
  private ownerLine(scope: string, access: PublicAccess | undefined): string {
    const t = this.language.t;
    const owner = this.knownScopes.current.get(scope)?.ownerName ?? ownerOf(scope)?.name;
    if (access) {
      const who = wordAccess(access, t, Date.now());
      return owner === undefined ? who : `${t('Owned by {owner}.', { owner })} ${who}`;
    }
    return owner === undefined
      ? t('The owner is not known here. It must grant the scope to your organisation in each environment.')
      : t('Owned by {owner}, who must grant it to your organisation in each environment.', { owner });
  }

  /** What is known of the scope, with a link to the owner's documentation; of other scopes nothing. */
  private appendKnown(text: vscode.MarkdownString, scope: string): void {
    const t = this.language.t;
    const row = this.knownScopes.current.get(scope);
    if (!row) return;
    for (const line of [row.description, wordKnownHosts(row, t), wordConfidence(row.confidence, t)]) {
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
      const state = wordProblemShort(problem, t);
      return t('{environment}: {state}. {problem}', { environment, state, problem: wordProblem(problem, t).title });
    }
    return t('{environment}: {state}.', { environment, state: wordTokenState(this.tokens.peek(ask), Date.now(), t) });
  }

  /** An exposed scope whose name is known. */
  appendExposed(text: vscode.MarkdownString, scope: ExposedScope): void {
    const t = this.language.t;
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
    text
      .appendMarkdown('\n\n')
      .appendText(t('Removing the item does not switch the scope off at Digdir: only enabled: false does.'));
  }

  /** A rule whose host or address is known; `consumed` are the scopes of its workload. */
  appendOutbound(
    text: vscode.MarkdownString,
    { host, ipv4, ports }: OutboundRule,
    consumed: ReadonlySet<string>,
  ): void {
    const t = this.language.t;
    const name = (host ?? ipv4)?.value ?? '';
    const opened = ports.flatMap(({ value }) => value ?? []).join(', ');
    if (opened !== '') {
      text.appendText(t('The pod may reach {host} on port {ports}.', { host: name, ports: opened }));
    } else if (host) {
      text.appendText(t('The pod may reach {host} on port 443.', { host: name }));
    } else {
      text.appendText(t('The pod may reach {host} on every port.', { host: name }));
    }
    const scopes = this.knownScopes.current.scopesAt(name);
    const wanted = scopes.filter((scope) => consumed.has(scope));
    if (wanted.length > 0) {
      const served = t('Known to serve {scopes}, which this workload consumes.', { scopes: wanted.join(', ') });
      text.appendMarkdown('\n\n').appendText(served);
    } else if (scopes.length > 0) {
      const served = t('Known to serve {scopes}. This workload consumes none of them.', {
        scopes: shortList(scopes, t),
      });
      text.appendMarkdown('\n\n').appendText(served);
    }
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
