import * as vscode from 'vscode';
import { completionsAt, type Completion, type CompletionWorld, type Snippet } from '../manifest';
import type { Language } from '../platform/language';
import type { Organisation } from '../platform/organisation';
import { toRange } from '../platform/positions';
import { wordCompletion } from '../words/completions';
import type { KnownScopesSource } from '../workspace/knownScopes';
import type { Manifests } from '../workspace/manifests';
import { exposuresIn } from '../workspace/scopes';
import type { WorkloadReadings } from '../workspace/workloadReadings';
import type { Targets } from '../workspace/targets';
import { MANIFEST_SELECTOR } from './selector';

/** What a scope, a host or a value begins with or goes on after; an editor takes each of them for the end of a word. */
const TRIGGERS = [' ', ':', '/', '.', '-', '"', "'"];

const KINDS: Readonly<Record<Completion['subject']['kind'], vscode.CompletionItemKind>> = {
  key: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.EnumMember,
  scope: vscode.CompletionItemKind.Value,
  exposed: vscode.CompletionItemKind.Reference,
  host: vscode.CompletionItemKind.Value,
  organisation: vscode.CompletionItemKind.Value,
  expose: vscode.CompletionItemKind.Snippet,
};

/** Completion of what bears on Maskinporten, in manifests alone. */
export class ManifestCompletion implements vscode.CompletionItemProvider {
  constructor(
    private readonly manifests: Manifests,
    private readonly readings: WorkloadReadings,
    private readonly targets: Targets,
    private readonly knownScopes: KnownScopesSource,
    private readonly organisation: Organisation,
    private readonly language: Language,
  ) {}

  register(): vscode.Disposable {
    return vscode.languages.registerCompletionItemProvider(MANIFEST_SELECTOR, this, ...TRIGGERS);
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.CompletionItem[]> {
    const file = await this.manifests.whenRead(document);
    const found = file && completionsAt(file, document.offsetAt(position), this.worldOf(document));
    if (!found) return [];
    const range = toRange(document, found.range);
    return found.items.map((item, index) => this.toItem(document, item, range, index));
  }

  private toItem(document: vscode.TextDocument, item: Completion, range: vscode.Range, index: number) {
    const words = wordCompletion(item.subject, this.language.t);
    const label = words.beside === undefined ? item.label : { label: item.label, description: words.beside };
    const result = new vscode.CompletionItem(label, KINDS[item.subject.kind]);
    result.insertText = toSnippet(item.snippet);
    result.keepWhitespace = true; // the columns are counted from the start of the line
    result.range = range;
    result.filterText = item.label;
    result.sortText = String(index).padStart(4, '0');
    result.additionalTextEdits = item.edits.map((edit) =>
      vscode.TextEdit.replace(toRange(document, edit.range), edit.newText),
    );
    if (words.detail !== undefined) result.detail = words.detail;
    if (words.documentation.length > 0) result.documentation = words.documentation.join('\n\n');
    if (item.hasNext) {
      const title = this.language.t('Suggest what comes next');
      result.command = { command: 'editor.action.triggerSuggest', title };
    }
    return result;
  }

  private worldOf(document: vscode.TextDocument): CompletionWorld {
    const { scopePrefix } = this.organisation;
    return {
      ...this.targets.verdictOf(document.uri),
      scopePrefix,
      knownScopes: this.knownScopes.current,
      exposed: exposuresIn(this.readings, scopePrefix).map(({ fullName, workload }) => ({
        scope: fullName,
        workload,
      })),
      organisations: this.organisations(),
    };
  }

  /** The user's own, and those that manifests name as consumers. */
  private organisations(): CompletionWorld['organisations'] {
    const named = new Map</* orgno */ string, string | undefined>([[this.organisation.number, undefined]]);
    const consumers = this.manifests.all
      .flatMap(({ file }) => file.documents)
      .flatMap(({ manifest }) => manifest.exposes)
      .flatMap((scope) => scope.consumers);
    for (const { orgno, name } of consumers) {
      const isKnown = orgno.templated || name === undefined || name.templated || named.has(orgno.value);
      if (!isKnown) named.set(orgno.value, name.value);
    }
    return [...named].map(([orgno, name]) => ({ orgno, name }));
  }
}

function toSnippet(parts: Snippet): vscode.SnippetString {
  const snippet = new vscode.SnippetString();
  for (const part of parts) {
    if (typeof part === 'string') snippet.appendText(part);
    else if (part.choices) snippet.appendChoice([...part.choices]);
    else if (part.text !== undefined) snippet.appendPlaceholder(part.text);
    else snippet.appendTabstop();
  }
  return snippet;
}
