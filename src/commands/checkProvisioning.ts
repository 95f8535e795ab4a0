import * as vscode from 'vscode';
import {
  explainProvisioning,
  provisioningCommand,
  readProvisioning,
  type ManifestSide,
  type ProvisioningReport,
  type ProvisioningTarget,
} from '../maskinporten/provisioning';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import { putInTerminal } from '../platform/terminal';
import type { WorkloadReference } from '../shared/workload';
import { wordProvisioningProblem, wordVerdict } from '../words/provisioning';
import type { ProvisioningReadings } from '../state/provisioning';
import type { Manifests } from '../workspace/manifests';
import type { WorkloadReadings } from '../workspace/workloadReadings';
import { askDeployed, pickWorkload, referenceFromArgument } from './askWorkload';
import { provisioningPage, resyncLineFor } from './provisioningPage';
import { terminalClipboard } from './terminalClipboard';

const SCHEME = 'maskinporten-provisioning';
const MOST_PAGES = 20;

/** What the user wants to know about, in the workspace and in the cluster. */
interface Asked {
  readonly reference: WorkloadReference;
  readonly target: ProvisioningTarget;
}

/**
 * "Check Provisioning…": shows the line that asks the cluster, leaves it to the user to run it, and explains the answer
 * from the clipboard. It never runs anything itself, and needs no rights in the cluster.
 */
export class CheckProvisioning implements vscode.Disposable {
  private readonly pages = new Map</* uri */ string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly disposables: vscode.Disposable;

  constructor(
    private readonly manifests: Manifests,
    private readonly workloads: WorkloadReadings,
    private readonly readings: ProvisioningReadings,
    private readonly language: Language,
  ) {
    this.disposables = vscode.Disposable.from(
      this.changed,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        onDidChange: this.changed.event,
        provideTextDocumentContent: (uri) => this.pages.get(uri.toString()) ?? '',
      }),
      vscode.commands.registerCommand(COMMANDS.checkProvisioning, (argument: unknown) => this.run(argument)),
    );
  }

  private async run(argument: unknown): Promise<void> {
    const title = this.language.t('Check Provisioning');
    const reference = referenceFromArgument(argument) ?? (await pickWorkload(this.manifests, title, this.language));
    const document = reference && this.manifests.documentFor(reference);
    if (!document) return;
    const target = await askDeployed(this.workloads.manifestsFor(reference), title, this.language);
    if (!target) return;
    const command = provisioningCommand(target, terminalClipboard());
    if (!command.ok) {
      void vscode.window.showWarningMessage(
        this.language.t('No command can be made: Kubernetes has no such name as this manifest gives.'),
      );
      return;
    }
    await this.offer(command.line, { reference, target });
  }

  private async offer(line: string, asked: Asked): Promise<void> {
    const { t } = this.language;
    const terminal = { label: t('Put It in a Terminal'), description: t('you press Enter'), detail: line };
    const copy = { label: t('Copy It'), detail: line };
    const read = { label: t('I Ran It: Read the Clipboard'), detail: t('or an answer of kubectl that you copied') };
    const picked = await vscode.window.showQuickPick([terminal, copy, read], {
      title: t('Check Provisioning'),
      placeHolder: t('This line asks the cluster that kubectl uses now.'),
      ignoreFocusOut: true,
    });
    if (picked === undefined) return;
    if (picked === read) return this.readClipboard(asked);
    if (picked === terminal) putInTerminal(line);
    else await vscode.env.clipboard.writeText(line);
    const answer = await vscode.window.showInformationMessage(
      terminalClipboard() === undefined
        ? t('Run the line, and copy what it prints.')
        : t('Run the line: its answer goes to the clipboard.'),
      read.label,
    );
    if (answer === read.label) await this.readClipboard(asked);
  }

  private async readClipboard(asked: Asked): Promise<void> {
    const { t } = this.language;
    const again = t('Read the Clipboard Again');
    for (;;) {
      const problem = await this.explain(await vscode.env.clipboard.readText(), asked);
      if (problem === undefined) return;
      if ((await vscode.window.showWarningMessage(problem, again)) !== again) return;
    }
  }

  /** Shows what the text says of the workload's client. Gives words where it says nothing. */
  private async explain(text: string, { reference, target }: Asked): Promise<string | undefined> {
    const { t, locale } = this.language;
    const reading = readProvisioning(text);
    if (!reading.ok) return wordProvisioningProblem(reading.problem, t);
    const nowMs = Date.now();
    const { name = target.workload } = reading.status;
    // A paste of another workload's is explained, and says nothing of this one's refusals.
    if (name === target.workload) this.readings.keep(reference, reading.status, nowMs);
    const report = explainProvisioning(reading.status, await this.manifestSide(reference), nowMs);
    await this.show(reading.status.name ?? 'status', provisioningPage(report, { t, locale, nowMs, target }));
    void this.offerCures(report, { reference, target });
    return undefined;
  }

  private async manifestSide({ manifestUri, workload }: WorkloadReference): Promise<ManifestSide | undefined> {
    const manifest = this.manifests.manifestFor({ manifestUri, workload });
    if (!manifest || manifestUri === undefined) return undefined;
    const { name, consumes, maskinporten } = manifest;
    const text = (await vscode.workspace.openTextDocument(vscode.Uri.parse(manifestUri))).getText();
    const block = maskinporten ? text.slice(maskinporten.range.start, maskinporten.range.end) : '';
    return {
      workload: name && !name.templated ? name.value : undefined,
      consumes: consumes.filter((scope) => !scope.name.templated).map((scope) => scope.name.value),
      mayConsumeMore: block.includes('{{'),
    };
  }

  private async show(name: string, page: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}.md` });
    const key = uri.toString();
    this.pages.delete(key);
    this.pages.set(key, page);
    for (const oldest of this.pages.keys()) {
      if (this.pages.size <= MOST_PAGES) break;
      this.pages.delete(oldest);
    }
    // Opened first, since the preview does not wait for it. A page that is open already is written anew.
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.getText() !== page) this.changed.fire(uri);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }

  private async offerCures(report: ProvisioningReport, { reference, target }: Asked): Promise<void> {
    const { t } = this.language;
    const scopes = report.findings.flatMap((finding) =>
      finding.kind === 'all-scopes-refused' || finding.kind === 'scopes-refused' ? finding.scopes : [],
    );
    const line = resyncLineFor(report, target);
    const request = scopes.length > 0 ? [t('Copy Access Request')] : [];
    const resync = line === undefined ? [] : [t('Synchronise Now…')];
    if (request.length + resync.length === 0) return;
    const answer = await vscode.window.showInformationMessage(wordVerdict(report, t), ...request, ...resync);
    if (answer === undefined) return;
    if (request.includes(answer)) {
      await vscode.commands.executeCommand(COMMANDS.copyAccessRequest, { ...reference, scopes });
    } else if (line !== undefined) {
      putInTerminal(line);
    }
  }

  dispose(): void {
    this.disposables.dispose();
  }
}
