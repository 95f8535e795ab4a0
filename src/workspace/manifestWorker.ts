import { Worker } from 'node:worker_threads';
import {
  PlainReader,
  decode,
  toPlainCircumstances,
  type Circumstances,
  type PlainFile,
  type ReadAnswer,
  type ReadRequest,
} from '../manifest';
import type { Log } from '../platform/log';

/** A thread costs some 20 MB, so it does not outlive the work for long. */
const IDLE_MS = 30_000;
/** Worst cases of the permitted size take well under a second; what takes this long does not end. */
const HUNG_MS = 15_000;
const MOST_MEMORY_MB = 512;

export interface ReadOptions {
  /** The file, where it will be read again after small changes. */
  readonly key?: string | undefined;
  readonly circumstances?: readonly Circumstances[];
}

interface Pending {
  readonly request: ReadRequest;
  readonly settle: (file: PlainFile | undefined) => void;
}

/** What this class needs of a thread. */
export type ManifestThread = Pick<Worker, 'on' | 'postMessage' | 'terminate'>;

/**
 * Reads manifests in a thread of its own, so that the extension host goes on meanwhile. The thread starts when it is
 * first needed and ends when it has nothing to do. A text that makes it crash is given up; the others are sent again.
 */
export class ManifestWorker {
  /** In the order of the work: the thread reads one after the other. */
  private readonly pending = new Map</* id */ number, Pending>();
  private thread: ManifestThread | undefined;
  private timer: NodeJS.Timeout | undefined;
  private nextId = 1;
  private isReady = false;
  private hadTrouble = false;
  private isDisposed = false;
  /** The way out where no thread can be had. */
  private here: PlainReader | undefined;

  /** `file` is the thread's own bundle. `onTrouble` is called once, when for the first time a text had to be given up. */
  constructor(
    private readonly file: string,
    private readonly log: Log,
    private readonly onTrouble: () => void,
    private readonly start: (file: string) => ManifestThread = startThread,
  ) {}

  /** Reads a text or a file's bytes; never rejects. Undefined where reading it failed, or came too late. */
  async read(content: string | Uint8Array, { key, circumstances = [] }: ReadOptions): Promise<PlainFile | undefined> {
    if (this.isDisposed) return undefined;
    const request: ReadRequest = {
      id: this.nextId++,
      content,
      key,
      circumstances: circumstances.map(toPlainCircumstances),
    };
    if (this.here) return readHere(this.here, request);
    return new Promise((settle) => {
      this.pending.set(request.id, { request, settle });
      if (this.thread) this.thread.postMessage(request);
      else this.run();
      if (this.pending.size === 1) this.watch();
    });
  }

  /** Starts a thread with all that is to be done. */
  private run(): void {
    this.isReady = false;
    try {
      const thread = this.start(this.file);
      this.thread = thread;
      thread.on('message', (message: ReadAnswer | 'ready') => {
        if (message === 'ready') this.isReady = true;
        else this.answered(message);
      });
      thread.on('error', (error) => {
        this.log.error('The thread that reads manifests failed.', error);
      });
      thread.on('exit', () => {
        this.ended(thread);
      });
      for (const { request } of this.pending.values()) thread.postMessage(request);
    } catch (error) {
      this.log.error('The thread that reads manifests could not be started.', error);
      this.readAllHere();
    }
  }

  private answered({ id, file }: ReadAnswer): void {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    this.watch();
    pending?.settle(file);
  }

  /** Ends a thread that is idle, and one that hangs. */
  private watch(): void {
    clearTimeout(this.timer);
    const isIdle = this.pending.size === 0;
    const end = () => {
      const thread = this.thread;
      if (isIdle) this.thread = undefined; // whoever asks from now on gets a new one
      void thread?.terminate();
    };
    this.timer = setTimeout(end, isIdle ? IDLE_MS : HUNG_MS);
    this.timer.unref();
  }

  private ended(thread: ManifestThread): void {
    if (this.thread !== thread) return;
    this.thread = undefined;
    clearTimeout(this.timer);
    const [culprit] = this.pending.values();
    if (!culprit || this.isDisposed) return;
    if (!this.isReady) {
      this.log.warn('No thread can be had for large manifests: they are read between keystrokes.');
      this.readAllHere();
      return;
    }
    this.log.warn(
      `A manifest could not be read, and was given up: ${culprit.request.key ?? 'a file of the workspace'}.`,
    );
    this.pending.delete(culprit.request.id);
    culprit.settle(undefined);
    if (!this.hadTrouble) this.onTrouble();
    this.hadTrouble = true;
    if (this.pending.size > 0) {
      this.run();
      this.watch();
    }
  }

  private readAllHere(): void {
    const here = new PlainReader();
    this.here = here;
    for (const { request, settle } of this.pending.values()) settle(readHere(here, request));
    this.pending.clear();
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.timer);
    void this.thread?.terminate();
    for (const { settle } of this.pending.values()) settle(undefined);
    this.pending.clear();
  }
}

function startThread(file: string): ManifestThread {
  return new Worker(file, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB } });
}

/** A copy, since what is read here still holds on to the text. */
function readHere(reader: PlainReader, { content, key, circumstances }: ReadRequest): PlainFile {
  const text = typeof content === 'string' ? content : decode(content);
  return structuredClone(reader.read(text, { key, circumstances }));
}
