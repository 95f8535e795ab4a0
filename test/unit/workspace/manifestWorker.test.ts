import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { PlainReader, type PlainFile, type ReadRequest } from '../../../src/manifest';
import type { Log } from '../../../src/platform/log';
import { ManifestWorker, type ManifestThread } from '../../../src/workspace/manifestWorker';

const TEXT = 'apiVersion: nais.io/v1alpha1\nkind: Application\nmetadata:\n  name: app\n';
const POISON = `${TEXT}# poison\n`;

/** A thread that answers as the real one does, but for a text that is its end. */
class FakeThread extends EventEmitter {
  private readonly reader = new PlainReader();
  private isAlive = true;
  readonly requests: ReadRequest[] = [];

  constructor(private readonly starts: boolean) {
    super();
    setImmediate(() => {
      if (starts) this.emit('message', 'ready');
      else this.end();
    });
  }

  postMessage(request: ReadRequest): void {
    this.requests.push(request);
    setImmediate(() => {
      if (!this.isAlive || !this.starts) return;
      const { id, content, key, circumstances } = request;
      if (content === POISON) this.end();
      else this.emit('message', { id, file: this.reader.read(String(content), { key, circumstances }) });
    });
  }

  end(): void {
    if (!this.isAlive) return;
    this.isAlive = false;
    this.emit('error', new Error('out of memory'));
    this.emit('exit', 1);
  }

  terminate(): Promise<number> {
    this.isAlive = false;
    this.emit('exit', 1);
    return Promise.resolve(1);
  }
}

function nameIn(file: PlainFile | undefined): string | undefined {
  return file?.documents[0]?.manifest.name?.value;
}

describe('the thread that reads manifests', () => {
  const threads: FakeThread[] = [];
  const lines: string[] = [];
  let troubles = 0;
  let worker: ManifestWorker;
  const log = { warn: (line: string) => lines.push(line), error: (line: string) => lines.push(line) };

  const make = (start: () => ManifestThread) => {
    worker = new ManifestWorker('worker.js', log as unknown as Log, () => troubles++, start);
  };
  const starting = (starts: boolean) => () => {
    const thread = new FakeThread(starts);
    threads.push(thread);
    return thread as unknown as ManifestThread;
  };

  beforeEach(() => {
    threads.length = 0;
    lines.length = 0;
    troubles = 0;
    make(starting(true));
  });

  afterEach(() => {
    worker.dispose();
  });

  it('starts when it is first needed, and once', async () => {
    assert.equal(threads.length, 0);
    const files = await Promise.all([worker.read(TEXT, {}), worker.read(TEXT.replace('app', 'other'), {})]);
    assert.deepEqual(files.map(nameIn), ['app', 'other']);
    assert.equal(threads.length, 1);
  });

  it('gives up a text that it crashes on, and reads the others all the same', async () => {
    const files = await Promise.all([TEXT, POISON, TEXT, POISON, TEXT].map((text) => worker.read(text, {})));
    assert.deepEqual(files.map(nameIn), ['app', undefined, 'app', undefined, 'app']);
    assert.equal(threads.length, 3);
  });

  it('has a crash logged, and the user told of the first one', async () => {
    await worker.read(POISON, { key: 'file:///poison.yaml' });
    await worker.read(POISON, {});
    assert.ok(lines.some((line) => line.includes('file:///poison.yaml')));
    assert.equal(troubles, 1);
  });

  it('is done without where it dies before it is there', async () => {
    make(starting(false));
    const files = await Promise.all([worker.read(TEXT, {}), worker.read(Buffer.from(TEXT), {})]);
    assert.deepEqual(files.map(nameIn), ['app', 'app']);
    assert.equal(nameIn(await worker.read(TEXT, {})), 'app');
    assert.equal(threads.length, 1);
    assert.equal(troubles, 0);
  });

  it('is done without where it cannot be started', async () => {
    make(() => {
      throw new Error('no threads here');
    });
    assert.equal(nameIn(await worker.read(TEXT, {})), 'app');
  });

  it('leaves nobody waiting when it is disposed of', async () => {
    const reading = worker.read(TEXT, {});
    worker.dispose();
    assert.equal(await reading, undefined);
    assert.equal(await worker.read(TEXT, {}), undefined);
    assert.equal(threads.length, 1);
  });
});
