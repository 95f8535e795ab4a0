import path from 'node:path';
import * as vscode from 'vscode';
import { SaveFailure } from '../http/saveBody';
import { headerValue } from '../maskinporten/headers';
import { problemOf } from '../maskinporten/problem';
import type { BodyRest, TransportResponse } from '../maskinporten/transport';
import type { Language } from '../platform/language';
import type { Log } from '../platform/log';
import { withCancellableProgress } from '../platform/progress';
import type { SavingState } from '../shared/responseMessages';
import { wordProblem } from '../words/problems';
import { wordBytes } from '../words/responses';
import { wordSaveFailure } from '../words/saving';
import { writeResponse } from './saveResponse';

/** How often a growing file is told of. */
const TELL_MS = 100;

/** A response's body on its way into a file, with the rest that may still wait on the connection. */
export class SavedBody implements vscode.Disposable {
  private rest: BodyRest | undefined;
  private saving: AbortController | undefined;
  private running: Promise<void> | undefined;
  private file: vscode.Uri | undefined;
  private current: SavingState | undefined;
  private onProgress: (text: string) => void = () => undefined;

  constructor(
    private readonly response: TransportResponse,
    private readonly language: Language,
    private readonly log: Log,
    private readonly onDidChange: () => void,
  ) {
    this.rest = response.rest;
    if (this.rest) this.current = { kind: 'waiting', text: this.waitingText() };
  }

  get state(): SavingState | undefined {
    return this.current;
  }

  /** The body in memory, and after it what waits on the connection. Settles when the file is there, or will not be. */
  async save(file: vscode.Uri): Promise<void> {
    if (this.saving) return;
    this.running = this.write(file);
    await this.running;
    this.running = undefined;
  }

  private async write(file: vscode.Uri): Promise<void> {
    const { t } = this.language;
    const { rest, response } = this;
    const saving = new AbortController();
    this.saving = saving;
    this.file = file;
    this.rest = undefined; // it can be read once
    let toldAtMs = 0;
    this.show(this.progress(0));
    try {
      const bytes = await writeResponse({ body: response.body, rest }, file, saving.signal, (written) => {
        const nowMs = performance.now();
        if (nowMs - toldAtMs < TELL_MS) return;
        toldAtMs = nowMs;
        this.show(this.progress(written));
      });
      const shownFile = vscode.workspace.asRelativePath(file);
      this.show({
        kind: 'saved',
        text: t('Saved {size} in {file}.', { size: wordBytes(bytes, t), file: shownFile }),
      });
    } catch (error) {
      if (saving.signal.aborted) {
        this.show({ kind: 'stopped', text: rest ? this.stoppedText() : t('Not saved.') });
      } else {
        this.show({ kind: 'failed', ...this.wordFailure(error, rest !== undefined) });
      }
    } finally {
      this.saving = undefined;
    }
  }

  /** Says why nothing is saved of an answer that was to be. */
  refuse(text: string): void {
    const more = this.rest ? ` ${this.waitingText()}` : '';
    this.show({ kind: this.rest ? 'waiting' : 'stopped', text: text + more });
  }

  /** Ends the connection; what was read stays. */
  stopRest(): void {
    if (!this.rest) return;
    this.rest.stop();
    this.rest = undefined;
    this.show({ kind: 'stopped', text: this.stoppedText() });
  }

  cancel(): void {
    this.saving?.abort();
  }

  /**
   * Lets a save that runs go on where its answer is no more shown: a notification has its progress and its end. Settles
   * with the save; at once where none runs, and then what waits on the connection is let go.
   */
  async goOn(): Promise<void> {
    const { running, file } = this;
    if (!running || !file) {
      this.dispose();
      return;
    }
    const { t } = this.language;
    const name = path.posix.basename(file.path);
    await withCancellableProgress(name, (signal, report) => {
      signal.addEventListener('abort', () => {
        this.cancel();
      });
      this.onProgress = report;
      return running;
    });
    const { current } = this;
    if (current?.kind === 'saved') {
      const open = t('Open File');
      void vscode.window.showInformationMessage(current.text, open).then(async (answer) => {
        if (answer === open) await this.openFile();
      });
    } else if (current) {
      const { detail } = { detail: undefined, ...current };
      void vscode.window.showWarningMessage([`${name}: ${current.text}`, detail].filter(Boolean).join(' '));
    }
  }

  async openFile(): Promise<void> {
    if (this.file) await vscode.commands.executeCommand('vscode.open', this.file);
  }

  dispose(): void {
    this.rest?.stop();
    this.saving?.abort();
  }

  private show(state: SavingState): void {
    this.current = state;
    if (state.kind === 'saving') this.onProgress(state.text);
    this.onDidChange();
  }

  private progress(bytes: number): SavingState {
    const { t } = this.language;
    const total = this.totalBytes;
    const written = wordBytes(bytes, t);
    return {
      kind: 'saving',
      text:
        total === undefined
          ? t('Saving: {size}', { size: written })
          : t('Saving: {size} of {total}', { size: written, total: wordBytes(total, t) }),
      part: total === undefined ? undefined : Math.min(1, bytes / total),
    };
  }

  /** What Content-Length says is the size on the wire, and so that of the file only where nothing was packed. */
  private get totalBytes(): number | undefined {
    const { headers } = this.response;
    const length = Number(headerValue(headers, 'content-length') ?? 'NaN');
    return headerValue(headers, 'content-encoding') === undefined && length > 0 ? length : undefined;
  }

  private waitingText(): string {
    const { t } = this.language;
    return t('The answer is longer than {size}. The rest waits on the connection.', {
      size: wordBytes(this.response.body.length, t),
    });
  }

  private stoppedText(): string {
    const { t } = this.language;
    return t('Stopped: only the first {size} of the answer are here.', {
      size: wordBytes(this.response.body.length, t),
    });
  }

  private wordFailure(error: unknown, hadRest: boolean): { text: string; detail: string | undefined } {
    const { t } = this.language;
    const lost = hadRest ? this.stoppedText() : undefined;
    if (error instanceof SaveFailure) {
      return { text: t('Not saved. {reason}', { reason: wordSaveFailure(error.code, t) }), detail: lost };
    }
    const problem = problemOf(error);
    if (problem) return { text: t('Not saved. {reason}', { reason: wordProblem(problem, t).title }), detail: lost };
    const code = error instanceof vscode.FileSystemError ? error.code : undefined;
    if (code === undefined) this.log.error('An answer could not be saved.', error);
    const reason = code === undefined ? t('The log has the details.') : wordSaveFailure(code, t);
    return { text: t('Not saved. {reason}', { reason }), detail: lost };
  }
}
