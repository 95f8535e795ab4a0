import type { Speech } from '../shared/messages';
import { createTranslate, type Translate } from '../shared/localize';
import { Rpc, type Vocabulary } from '../shared/rpc';

interface VsCodeApi {
  postMessage(message: unknown): void;
  setState(state: unknown): void;
}

/** VS Code puts it into every webview; it may be called once. */
declare function acquireVsCodeApi(): VsCodeApi;

/** The channel to the extension host. */
export interface Connection<Says extends Vocabulary, Hears extends Vocabulary> {
  readonly rpc: Rpc<Says, Hears>;
  /** Hears what the host says unasked, from now on: what came before is in the answer to `ready`. */
  readonly listen: (listener: (event: Hears['event']) => void) => void;
  /** Kept by VS Code over a reload, on disk: no secret may be in it. */
  readonly keep: (state: unknown) => void;
}

export function connect<Says extends Vocabulary, Hears extends Vocabulary>(): Connection<Says, Hears> {
  const api = acquireVsCodeApi();
  const listeners: ((event: Hears['event']) => void)[] = [];
  const post = (message: unknown): void => {
    api.postMessage(message);
  };
  const rpc = new Rpc<Says, Hears>(crypto.randomUUID(), post, {
    // The host is the side that is trusted: it wrote this page. Its messages are typed, not judged.
    parseRequest: () => undefined,
    parseEvent: (value) => value as Hears['event'],
    onRequest: () => Promise.resolve(undefined),
    onEvent: (event) => {
      for (const listener of listeners) listener(event);
    },
    onRefused: () => undefined,
    onError: reportError,
  });
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    rpc.receive(event.data);
  });
  return {
    rpc,
    listen: (listener) => {
      listeners.push(listener);
    },
    keep: (state) => {
      api.setState(state);
    },
  };
}

/** Where the developer tools show it: an error here is ours, and its text may hold what must not be shown. */
export function reportError(error: unknown): void {
  globalThis.reportError(error);
}

export interface Words {
  readonly locale: string;
  readonly t: Translate;
}

export function wordsOf({ locale, texts }: Speech): Words {
  return { locale, t: createTranslate(texts) };
}
