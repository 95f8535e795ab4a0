import * as vscode from 'vscode';
import { redact } from './redact';

/** The output channel "Maskinporten". Whatever is written passes the redaction first. */
export class Log implements vscode.Disposable {
  private readonly channel = vscode.window.createOutputChannel('Maskinporten', { log: true });

  info(message: string): void {
    this.channel.info(redact(message));
  }

  warn(message: string): void {
    this.channel.warn(redact(message));
  }

  /** `error` is for us, not for the user: its stack goes to the log only. */
  error(message: string, error?: unknown): void {
    const detail = error instanceof Error ? (error.stack ?? error.message) : typeof error === 'string' ? error : '';
    this.channel.error(redact(detail ? `${message}\n${detail}` : message));
  }

  show(): void {
    this.channel.show();
  }

  dispose(): void {
    this.channel.dispose();
  }
}
