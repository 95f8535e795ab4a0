import * as vscode from 'vscode';

/** What is done sooner shows no notification at all. */
const PATIENCE_MS = 400;

/**
 * Runs `task` and, when it takes a while, shows its progress with Cancel, and what it reports beside the title. Gives
 * undefined when the user cancelled; else settles as the task does.
 */
export async function withCancellableProgress<T>(
  title: string,
  task: (signal: AbortSignal, report: (message: string) => void) => Promise<T>,
): Promise<T | undefined> {
  const controller = new AbortController();
  let shown: vscode.Progress<{ message: string }> | undefined;
  const work = task(controller.signal, (message) => shown?.report({ message }));
  const settled = work.then(
    () => undefined,
    () => undefined,
  );
  const patience = setTimeout(() => {
    void vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      (progress, token) => {
        shown = progress;
        token.onCancellationRequested(() => {
          controller.abort();
        });
        return settled;
      },
    );
  }, PATIENCE_MS);
  try {
    return await work;
  } catch (error) {
    if (controller.signal.aborted) return undefined;
    throw error;
  } finally {
    clearTimeout(patience);
  }
}
