import * as vscode from 'vscode';
import { ConfigValue } from '../platform/config';

/** How the YAML extension (redhat.vscode-yaml) signs what it found by a schema. */
const SCHEMA_SOURCE = /^yaml-schema\b/;

/**
 * What the YAML extension shows of a document. With the Nais schema it reports some of our findings too, and one
 * mistake needs one squiggle.
 */
export class SchemaNeighbour implements vscode.Disposable {
  private readonly setting = new ConfigValue<'auto' | 'always' | 'never'>('diagnostics.alsoInSchema', 'auto');
  private readonly known = new Map</* uri */ string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri | undefined>();
  private readonly subscriptions: readonly { dispose(): unknown }[];
  /** What it shows of a document changed, or, without one, the setting did. */
  readonly onDidChange = this.changed.event;

  constructor() {
    this.subscriptions = [
      this.setting,
      this.changed,
      this.setting.onDidChange(() => {
        this.changed.fire(undefined);
      }),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        for (const uri of uris) this.look(uri);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.known.delete(uri.toString());
      }),
    ];
  }

  /** Whether a finding that the schema has too should stay silent here. */
  covers(uri: vscode.Uri, range: vscode.Range): boolean {
    switch (this.setting.value) {
      case 'always':
        return false;
      case 'never':
        return true;
      case 'auto':
        return schemaRanges(uri).some((other) => other.intersection(range) !== undefined);
    }
  }

  /** Our own diagnostics raise the same event, so only a change on the other side counts. */
  private look(uri: vscode.Uri): void {
    const key = uri.toString();
    const now = JSON.stringify(schemaRanges(uri));
    if (now === (this.known.get(key) ?? '[]')) return;
    this.known.set(key, now);
    this.changed.fire(uri);
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}

function schemaRanges(uri: vscode.Uri): vscode.Range[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source !== undefined && SCHEMA_SOURCE.test(source))
    .map(({ range }) => range);
}
