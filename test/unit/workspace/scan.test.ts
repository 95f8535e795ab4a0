import assert from 'node:assert/strict';
import { decode } from '../../../src/manifest';
import { scan, type ScanOptions } from '../../../src/workspace/scan';

const MANIFEST = 'apiVersion: nais.io/v1alpha1\nkind: Application\n';

function bytesOf(text: string): Uint8Array {
  return Buffer.from(text);
}

/** Scans texts by their names; tells which were read and which were judged. */
async function scanned(texts: Readonly<Record<string, string | undefined>>, options: ScanOptions = { most: 100 }) {
  const read: string[] = [];
  const judged: string[] = [];
  const result = await scan(
    Object.keys(texts),
    {
      read: async (name) => {
        read.push(name);
        await Promise.resolve();
        const text = texts[name];
        return text === undefined ? undefined : bytesOf(text);
      },
      judge: async (name, bytes) => {
        judged.push(name);
        await Promise.resolve();
        const text = decode(bytes);
        return text.includes('kind: Application') ? text.length : undefined;
      },
    },
    options,
  );
  return { read, judged, names: result.manifests.map(({ file }) => file), ...result };
}

describe('a scan for manifests', () => {
  it('judges those files alone that name the API group of Nais', async () => {
    const { read, judged, names } = await scanned({
      'a.yaml': 'kind: Application\n',
      'b.yaml': MANIFEST,
      'c.yaml': '# see https://doc.nais.io/\n',
      'd.yaml': undefined,
    });
    assert.deepEqual(read, ['a.yaml', 'b.yaml', 'c.yaml', 'd.yaml']);
    assert.deepEqual(judged, ['b.yaml', 'c.yaml']);
    assert.deepEqual(names, ['b.yaml']);
  });

  it('sees the API group in UTF-16 too, and in a part of a larger buffer', async () => {
    const utf16 = Buffer.from(`\uFEFF${MANIFEST}`, 'utf16le');
    const part = Buffer.from(`nais.io/${MANIFEST}x`).subarray(8, 8 + MANIFEST.length);
    const other = Buffer.from('nais.io/ kind: Other').subarray(9);
    const judged: string[] = [];
    const steps = {
      read: (bytes: Uint8Array) => Promise.resolve(bytes),
      judge: (_: unknown, bytes: Uint8Array) => {
        judged.push(decode(bytes).replace('\uFEFF', ''));
        return Promise.resolve(true);
      },
    };
    await scan([utf16, part, other], steps, { most: 10 });
    assert.deepEqual(judged, [MANIFEST, MANIFEST]);
  });

  it('gives the manifests in the order of the files, whatever is read first', async () => {
    const delays = [3, 1, 2];
    const { manifests } = await scan(
      delays,
      {
        read: async (turns) => {
          for (let turn = 0; turn < turns * 5; turn++) await Promise.resolve();
          return bytesOf(MANIFEST);
        },
        judge: (turns) => Promise.resolve(turns),
      },
      { most: 10 },
    );
    assert.deepEqual(
      manifests.map(({ manifest }) => manifest),
      delays,
    );
  });

  it('has few files under way at a time', async () => {
    let now = 0;
    let most = 0;
    await scan(
      Array.from({ length: 200 }, (_, index) => index),
      {
        read: async () => {
          most = Math.max(most, ++now);
          await new Promise(setImmediate);
          now--;
          return undefined;
        },
        judge: () => Promise.resolve(undefined),
      },
      { most: 10 },
    );
    assert.ok(most > 1 && most <= 16, `${most} at a time`);
  });

  it('says when there are more manifests than it keeps, and only then', async () => {
    const texts = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`${index}.yaml`, MANIFEST]));
    const some = await scanned(texts, { most: 20 });
    assert.equal(some.manifests.length, 20);
    assert.equal(some.hitBound, true);
    assert.ok(some.read.length < 40, 'all was read');
    const all = await scanned(texts, { most: 40 });
    assert.equal(all.manifests.length, 40);
    assert.equal(all.hitBound, false);
  });

  it('tells how far it is', async () => {
    const done: number[] = [];
    await scanned({ a: MANIFEST, b: 'b', c: undefined }, { most: 10, onProgress: (count) => done.push(count) });
    assert.deepEqual(done, [1, 2, 3]);
  });

  it('ends when it is aborted, and reads no further', async () => {
    const texts = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`${index}.yaml`, MANIFEST]));
    const controller = new AbortController();
    let last = 0;
    const onProgress = (done: number) => {
      last = done;
      if (done === 3) controller.abort();
    };
    await assert.rejects(scanned(texts, { most: 100, signal: controller.signal, onProgress }), { name: 'AbortError' });
    assert.ok(last < 40, `${last} were read`);
  });

  it('rejects when it was aborted with the last file', async () => {
    const controller = new AbortController();
    const onProgress = () => {
      controller.abort();
    };
    await assert.rejects(scanned({ a: MANIFEST }, { most: 1, signal: controller.signal, onProgress }), {
      name: 'AbortError',
    });
  });
});
