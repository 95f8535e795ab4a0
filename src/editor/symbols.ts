import * as vscode from 'vscode';
import { symbolsOf, type ManifestDocument, type ManifestSymbol, type SymbolSubject } from '../manifest';
import type { Language } from '../platform/language';
import type { Organisation } from '../platform/organisation';
import { toRange } from '../platform/positions';
import type { Manifests } from '../workspace/manifests';
import type { WorkloadReadings } from '../workspace/workloadReadings';
import { MANIFEST_SELECTOR } from './selector';

const KINDS: Readonly<Record<SymbolSubject['kind'], vscode.SymbolKind>> = {
  workload: vscode.SymbolKind.Module,
  consumes: vscode.SymbolKind.Namespace,
  exposes: vscode.SymbolKind.Namespace,
  outbound: vscode.SymbolKind.Namespace,
  consumed: vscode.SymbolKind.Key,
  exposed: vscode.SymbolKind.Interface,
  host: vscode.SymbolKind.Event,
};

/** Each takes time in which the extension host does nothing else, and nobody reads an outline of more. */
const MOST_SYMBOLS = 2000;

/** The outline: workloads with what they consume, expose and open. Its label sets it apart from another extension's. */
export class ManifestSymbols implements vscode.DocumentSymbolProvider {
  constructor(
    private readonly manifests: Manifests,
    private readonly readings: WorkloadReadings,
    private readonly organisation: Organisation,
    private readonly language: Language,
  ) {}

  register(): vscode.Disposable {
    return vscode.languages.registerDocumentSymbolProvider(MANIFEST_SELECTOR, this, { label: 'Maskinporten' });
  }

  async provideDocumentSymbols(document: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
    const { scopePrefix } = this.organisation;
    const file = await this.manifests.whenRead(document);
    // Of what a loop makes of a document the first stands for all: they have the same places.
    const readings = new Map(
      (file ? this.readings.in({ uri: document.uri, file }) : [])
        .toReversed()
        .map(({ document: read, manifest }) => [read, manifest]),
    );
    const symbols = (file?.documents ?? [])
      .map((read) => symbolsOf({ ...placeOf(read), manifest: readings.get(read) ?? read.manifest }, scopePrefix))
      .filter(({ children }) => children.length > 0);
    return this.toSymbols(document, symbols, { left: MOST_SYMBOLS });
  }

  private toSymbols(
    document: vscode.TextDocument,
    symbols: readonly ManifestSymbol[],
    budget: { left: number },
  ): vscode.DocumentSymbol[] {
    return symbols.flatMap((symbol) => (budget.left-- > 0 ? [this.toSymbol(document, symbol, budget)] : []));
  }

  private toSymbol(
    document: vscode.TextDocument,
    { subject, range, nameRange, children }: ManifestSymbol,
    budget: { left: number },
  ): vscode.DocumentSymbol {
    const { name, detail } = this.words(subject);
    const symbol = new vscode.DocumentSymbol(
      name,
      detail,
      KINDS[subject.kind],
      toRange(document, range),
      toRange(document, nameRange),
    );
    symbol.children = this.toSymbols(document, children, budget);
    return symbol;
  }

  /** The editor refuses a symbol without a name. */
  private words(subject: SymbolSubject): { readonly name: string; readonly detail: string } {
    const t = this.language.t;
    switch (subject.kind) {
      case 'workload':
        return { name: orElse(subject.name, t('(no name)')), detail: subject.workload };
      case 'consumes':
        return { name: t('Consumes'), detail: '' };
      case 'exposes':
        return { name: t('Exposes'), detail: '' };
      case 'outbound':
        return { name: t('Outbound'), detail: '' };
      case 'consumed':
      case 'exposed':
        return { name: orElse(subject.name, t('(no name)')), detail: '' };
      case 'host':
        return { name: orElse(subject.name, t('(no host)')), detail: '' };
    }
  }
}

function placeOf({ range, listKeys }: ManifestDocument): Pick<ManifestDocument, 'range' | 'listKeys'> {
  return { range, listKeys };
}

function orElse(name: string | undefined, absent: string): string {
  return name === undefined || name === '' ? absent : name;
}
