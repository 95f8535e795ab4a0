import * as vscode from 'vscode';
import { targetsOf, verdictOf, type ManifestTarget, type Range, type Target } from '../manifest';
import { pathWithin, type Deployments } from './deployments';

/** One place that a manifest is deployed to. */
export interface TargetInWorkspace {
  readonly cluster: string | undefined;
  readonly target: Target;
  readonly onPrem: boolean;
  /** How it is known: by a deploy workflow, or by the file's own name. */
  readonly origin: 'workflow' | 'name';
  /** The variables file that is used there. */
  readonly variables: vscode.Uri | undefined;
  /** The step that deploys it, in UTF-16 units of the workflow's text. */
  readonly workflow: { readonly uri: vscode.Uri; readonly range: Range } | undefined;
}

/** Which variables file someone chose for a manifest. */
export interface Choices {
  readonly onDidChange: vscode.Event<unknown>;
  choiceOf(manifest: vscode.Uri): vscode.Uri | undefined;
}

/** Says where a manifest is deployed to. Everything that depends on it asks here. */
export class Targets implements vscode.Disposable {
  private readonly known = new Map</* uri */ string, readonly ManifestTarget[]>();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly disposables: readonly { dispose(): unknown }[];
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly deployments: Deployments,
    private readonly choices: Choices,
  ) {
    this.disposables = [
      this.changed,
      deployments.onDidChange(() => {
        this.known.clear();
        this.changed.fire();
      }),
      choices.onDidChange(() => {
        this.changed.fire();
      }),
      // The name that is shown of a file, and that may name its target, changes with the folders.
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        this.known.clear();
        this.changed.fire();
      }),
    ];
  }

  /** Every place that the manifest is deployed to; none where nothing tells. */
  targetsOf(uri: vscode.Uri): readonly TargetInWorkspace[] {
    const root = this.deployments.around(uri)?.root;
    const within = (path: string | undefined) =>
      root === undefined || path === undefined ? undefined : vscode.Uri.joinPath(root, path);
    return this.targets(uri).map(({ cluster, target, onPrem, origin, variables, deployment }) => {
      const workflow = within(deployment?.workflow);
      return {
        cluster,
        target,
        onPrem,
        origin,
        variables: within(variables),
        workflow: workflow && deployment && { uri: workflow, range: deployment.range },
      };
    });
  }

  /** What rules may count on: where several targets do not agree, it is not known. */
  verdictOf(uri: vscode.Uri): { readonly target: Target; readonly onPrem: boolean } {
    const choice = this.choices.choiceOf(uri);
    if (choice === undefined) return verdictOf(this.targets(uri));
    const root = this.deployments.around(uri)?.root;
    const path = root && pathWithin(root, choice);
    return verdictOf(this.targets(uri), path ?? vscode.workspace.asRelativePath(choice));
  }

  /** Which of Digdir's environments fits the manifest: to offer it, never to select it. */
  offeredEnvironment(uri: vscode.Uri): 'test' | 'prod' | undefined {
    const { target } = this.verdictOf(uri);
    return target === 'unknown' ? undefined : target === 'prod' ? 'prod' : 'test';
  }

  private targets(uri: vscode.Uri): readonly ManifestTarget[] {
    const key = uri.toString();
    let targets = this.known.get(key);
    if (targets === undefined) {
      const name = vscode.workspace.asRelativePath(uri);
      const { path = name, deployments = [] } = this.deployments.around(uri) ?? {};
      targets = targetsOf(path, name, deployments);
      this.known.set(key, targets);
    }
    return targets;
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }
}
