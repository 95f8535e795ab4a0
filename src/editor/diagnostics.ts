import * as vscode from 'vscode';
import type { Finding, Severity } from '../manifest';
import { DIAGNOSTIC_SOURCE } from '../platform/ids';
import type { Language } from '../platform/language';
import { toRange } from '../platform/positions';
import { wordFinding } from '../words/findings';
import type { Findings } from '../workspace/findings';
import type { Manifests } from '../workspace/manifests';
import { RelatedPlaces } from './relatedPlaces';
import { SchemaNeighbour } from './schemaNeighbour';

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** A diagnostic that still knows its finding and the version of the document that it speaks of. */
export class FindingDiagnostic extends vscode.Diagnostic {
  constructor(
    document: vscode.TextDocument,
    readonly finding: Finding,
    message: string,
    documentation: vscode.Uri,
  ) {
    super(toRange(document, finding.range), message, SEVERITIES[finding.severity]);
    this.source = DIAGNOSTIC_SOURCE;
    this.code = { value: finding.code, target: documentation };
  }
}

/** Keeps the Problems view in step with the findings of the open manifests. */
export class Diagnostics implements vscode.Disposable {
  private readonly neighbour = new SchemaNeighbour();
  private readonly related: RelatedPlaces;
  private readonly collection = vscode.languages.createDiagnosticCollection('maskinporten');
  private readonly disposables: readonly { dispose(): unknown }[];

  constructor(
    manifests: Manifests,
    private readonly findings: Findings,
    private readonly language: Language,
    private readonly documentation: (code: string) => vscode.Uri,
  ) {
    this.related = new RelatedPlaces(manifests, findings, language);
    this.disposables = [
      this.collection,
      this.neighbour,
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.collection.delete(document.uri);
      }),
      language.onDidChange(() => {
        this.refreshAll();
      }),
      findings.onDidChange(() => {
        this.refreshAll();
      }),
      manifests.onDidChange(() => {
        this.refreshAll(); // all of them: what one manifest says of a workload bears on the others
      }),
      this.neighbour.onDidChange((uri) => {
        for (const document of vscode.workspace.textDocuments) {
          if (!uri || document.uri.toString() === uri.toString()) this.refresh(document);
        }
      }),
    ];
    this.refreshAll();
  }

  /** The diagnostics that hold for this version of the document; undefined while a large one is being read. */
  of(document: vscode.TextDocument): readonly FindingDiagnostic[] | undefined {
    return this.findings
      .ofDocument(document)
      ?.filter(
        ({ alsoInSchema, range }) => !alsoInSchema || !this.neighbour.covers(document.uri, toRange(document, range)),
      )
      .map((finding) => {
        const message = wordFinding(finding, this.language.t);
        const diagnostic = new FindingDiagnostic(document, finding, message, this.documentation(finding.code));
        diagnostic.relatedInformation = this.related.of(document, finding);
        return diagnostic;
      });
  }

  private refreshAll(): void {
    for (const document of vscode.workspace.textDocuments) this.refresh(document);
  }

  private refresh(document: vscode.TextDocument): void {
    const diagnostics = this.of(document);
    if (!diagnostics) return; // those of the last version stay, and VS Code moves them with the text
    if (diagnostics.length > 0) this.collection.set(document.uri, diagnostics);
    else this.collection.delete(document.uri);
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }
}
