import { parentPort, type MessagePort } from 'node:worker_threads';
import { decode } from './decode';
import type { PlainCircumstances, PlainFile } from './plain';
import { PlainReader } from './plain';

/** What a worker is asked to read. */
export interface ReadRequest {
  readonly id: number;
  /** A text, or a file's bytes. */
  readonly content: string | Uint8Array;
  /** The file, where it will be read again after small changes. */
  readonly key?: string | undefined;
  readonly circumstances: readonly PlainCircumstances[];
}

export interface ReadAnswer {
  readonly id: number;
  readonly file: PlainFile;
}

/** Says `ready`, then answers one request after the other, for as long as the thread is let live. */
function serve(port: MessagePort): void {
  const reader = new PlainReader();
  port.on('message', ({ id, content, key, circumstances }: ReadRequest) => {
    const text = typeof content === 'string' ? content : decode(content);
    port.postMessage({ id, file: reader.read(text, { key, circumstances }) } satisfies ReadAnswer);
  });
  port.postMessage('ready');
}

if (parentPort) {
  serve(parentPort);
}
