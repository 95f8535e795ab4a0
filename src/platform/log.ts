import * as vscode from 'vscode';
import { redact } from './redact';

const MOST_KEPT = 200;

/** The output channel "Maskinporten". Whatever is written passes the redaction first. */
export class Log implements vscode.Disposable {
  private readonly channel = vscode.window.createOutputChannel('Maskinporten', { log: true });
  private readonly kept: string[] = [];

  /** What was written last, as it was written: oldest first. */
  get recent(): readonly string[] {
    return this.kept;
  }

  info(message: string): void {
    this.channel.info(this.keep('info', message));
  }

  warn(message: string): void {
    this.channel.warn(this.keep('warning', message));
  }

  /** `error` is for us, not for the user: its stack goes to the log only. */
  error(message: string, error?: unknown): void {
    const detail = error instanceof Error ? (error.stack ?? error.message) : typeof error === 'string' ? error : '';
    this.channel.error(this.keep('error', detail ? `${message}\n${detail}` : message));
  }

  private keep(level: string, message: string): string {
    const cleaned = redact(message);
    this.kept.push(`${new Date().toISOString()} [${level}] ${cleaned}`);
    if (this.kept.length > MOST_KEPT) this.kept.shift();
    return cleaned;
  }

  show(): void {
    this.channel.show();
  }

  dispose(): void {
    this.channel.dispose();
  }
}
