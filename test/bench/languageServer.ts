import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';

interface Message {
  readonly jsonrpc: '2.0';
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
}

export interface PublishedDiagnostic {
  readonly message: string;
}

const LIMIT_MS = 30_000;

/** A language server in a process of its own, over Node's message channel (LSP 3.17), with one open document. */
export class LanguageServer {
  readonly #process: ChildProcess;
  #requests = 0;
  #version = 1;
  #onMessage: ((message: Message) => void) | undefined;

  private constructor(
    file: string,
    private readonly uri: string,
    private readonly settings: Readonly<Record<string, unknown>>,
  ) {
    this.#process = fork(file, ['--node-ipc'], { silent: true });
    this.#process.on('message', (message: Message) => {
      this.#answer(message);
      this.#onMessage?.(message);
    });
  }

  /** Starts the server in `file` and opens the text; `settings` are those that it asks its client for, by section. */
  static async open(
    file: string,
    document: { readonly uri: string; readonly text: string },
    settings: Readonly<Record<string, unknown>>,
  ): Promise<LanguageServer> {
    const server = new LanguageServer(file, document.uri, settings);
    const capabilities = { workspace: { configuration: true }, textDocument: { publishDiagnostics: {} } };
    const initialized = server.#next(({ id, method }) => id === 1 && method === undefined);
    server.#send({
      id: ++server.#requests,
      method: 'initialize',
      params: { processId: null, rootUri: null, capabilities },
    });
    await initialized;
    server.#send({ method: 'initialized', params: {} });
    server.#send({ method: 'workspace/didChangeConfiguration', params: { settings } });
    server.#send({
      method: 'textDocument/didOpen',
      params: { textDocument: { uri: document.uri, languageId: 'yaml', version: 1, text: document.text } },
    });
    return server;
  }

  /** Changes the document's text; settles with what the server finds in it then. */
  async change(text: string): Promise<readonly PublishedDiagnostic[]> {
    const version = ++this.#version;
    const published = this.#next(({ method }) => method === 'textDocument/publishDiagnostics');
    this.#send({
      method: 'textDocument/didChange',
      params: { textDocument: { uri: this.uri, version }, contentChanges: [{ text }] },
    });
    const { params } = await published;
    return (params as { diagnostics: readonly PublishedDiagnostic[] }).diagnostics;
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill();
    await ended;
  }

  #send(message: Omit<Message, 'jsonrpc'>): void {
    this.#process.send({ jsonrpc: '2.0', ...message });
  }

  /** What the server asks of its client: settings, and registrations that need no more than a yes. */
  #answer({ id, method, params }: Message): void {
    if (id === undefined || method === undefined) {
      return;
    }
    const items = (params as { items?: readonly { section?: string }[] } | undefined)?.items;
    const result =
      method === 'workspace/configuration' ? items?.map(({ section = '' }) => this.settings[section] ?? {}) : null;
    this.#process.send({ jsonrpc: '2.0', id, result });
  }

  #next(isIt: (message: Message) => boolean): Promise<Message> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error('The language server gives no answer.'));
      }, LIMIT_MS);
      this.#onMessage = (message) => {
        if (isIt(message)) {
          clearTimeout(timer);
          this.#onMessage = undefined;
          resolve(message);
        }
      };
    });
  }
}
