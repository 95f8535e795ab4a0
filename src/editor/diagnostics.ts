import * as vscode from 'vscode';
import type { Finding, Severity } from '../manifest';
import { DIAGNOSTIC_SOURCE } from '../platform/ids';
import type { Language } from '../platform/language';
import { toRange } from '../platform/positions';
import { wordFinding } from '../words/findings';
import type { Findings } from '../workspace/findings';
import type { Manifests } from '../workspace/manifests';
import type { WorkloadReadings } from '../workspace/workloadReadings';
import { RelatedPlaces } from './relatedPlaces';
import { SchemaNeighbour } from './schemaNeighbour';

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** As many of a file as VS Code itself shows; to word thousands more would hold up the extension host. */
const MOST_SHOWN = 1000;

const BY_URGENCY: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

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
    readings: WorkloadReadings,
    private readonly findings: Findings,
    private readonly language: Language,
    private readonly documentation: (code: string) => vscode.Uri,
  ) {
    this.related = new RelatedPlaces(readings, findings, language);
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

  /** The diagnostics that touch a range of this version of the document; none while a large one is being read. */
  at(document: vscode.TextDocument, within: vscode.Range): readonly FindingDiagnostic[] {
    const [start, end] = [document.offsetAt(within.start), document.offsetAt(within.end)];
    const findings = (this.findings.ofDocument(document) ?? []).filter(
      ({ range }) => range.start <= end && start <= range.end,
    );
    return this.toDiagnostics(document, this.withoutNeighbours(document, findings));
  }

  /** What the neighbour says already is left out. */
  private withoutNeighbours(document: vscode.TextDocument, findings: readonly Finding[]): readonly Finding[] {
    return findings.filter(
      ({ alsoInSchema, range }) => !alsoInSchema || !this.neighbour.covers(document.uri, toRange(document, range)),
    );
  }

  private toDiagnostics(document: vscode.TextDocument, findings: readonly Finding[]): readonly FindingDiagnostic[] {
    return findings.map((finding) => {
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
    const findings = this.findings.ofDocument(document);
    if (!findings) return; // those of the last version stay, and VS Code moves them with the text
    const all = this.withoutNeighbours(document, findings);
    const shown = mostUrgent(all);
    const diagnostics = this.toDiagnostics(document, shown);
    if (diagnostics.length === 0) this.collection.delete(document.uri);
    else this.collection.set(document.uri, [...diagnostics, ...this.rest(all.length - shown.length)]);
  }

  /** Says on the first line that there is more. */
  private rest(count: number): readonly vscode.Diagnostic[] {
    if (count === 0) return [];
    const message = this.language.t('{count} more findings are not shown.', { count });
    const rest = new vscode.Diagnostic(new vscode.Range(0, 0, 0, 0), message, vscode.DiagnosticSeverity.Information);
    rest.source = DIAGNOSTIC_SOURCE;
    return [rest];
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }
}

/** Those that are shown of many: errors before warnings, each in the order of the file. */
function mostUrgent(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= MOST_SHOWN) return findings;
  return BY_URGENCY.flatMap((severity) => findings.filter((finding) => finding.severity === severity)).slice(
    0,
    MOST_SHOWN - 1, // and one that says how many there are besides
  );
}
