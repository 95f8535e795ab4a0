import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { historyEntry, withEntry, type HistoryEntry } from '../../../src/http/history';
import { HistoryFile } from '../../../src/state/historyFile';

const CRASHES = Number(process.env['CRASHES'] ?? 5);

const entry = (id: string): HistoryEntry =>
  historyEntry({ id, sentAtMs: 1, method: 'GET', url: `https://a.no/${id}`, headers: [], outcome: 200 }, false);

describe('the file of the history', function () {
  this.timeout(60_000 + CRASHES * 5_000);

  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nm-history-'));
    file = path.join(folder, 'deep', 'history.json');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const put = (history: HistoryFile, id: string, most = 100) =>
    history.change((entries) => withEntry(entries, entry(id), most));
  const ids = async (): Promise<string[]> => {
    const history = new HistoryFile(file);
    await history.load();
    return history.entries.map(({ id }) => id);
  };

  it('is made with the first entry, is for this user alone, and goes with the last', async () => {
    const history = new HistoryFile(file);
    await history.load();
    assert.deepEqual(history.entries, []);
    await put(history, '1');
    assert.deepEqual(await ids(), ['1']);
    assert.deepEqual(await readdir(path.dirname(file)), ['history.json']);
    await history.change(() => []);
    assert.deepEqual(await readdir(path.dirname(file)), []);
  });

  it('has every entry of many that are put at one time, also by two windows in turn', async () => {
    const [one, two] = [new HistoryFile(file), new HistoryFile(file)];
    await Promise.all(Array.from({ length: 20 }, (_, at) => put(one, `a${at}`)));
    await Promise.all(Array.from({ length: 20 }, (_, at) => put(two, `b${at}`)));
    assert.equal((await ids()).length, 40);
    const { before, after } = await put(one, 'c', 10);
    assert.deepEqual([before.length, after.length, after[0]?.id], [40, 10, 'c']);
  });

  it('goes on after a change that failed', async () => {
    const history = new HistoryFile(file);
    await assert.rejects(
      history.change(() => {
        throw new Error('no');
      }),
      /no/,
    );
    await put(history, '1');
    assert.deepEqual(await ids(), ['1']);
  });

  it('is empty where something else wrote what is no history', async () => {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, '{"version":1,"entr');
    assert.deepEqual(await ids(), []);
    await put(new HistoryFile(file), '1');
    assert.deepEqual(await ids(), ['1']);
  });

  it('loses the drafts of processes that are gone, and of no others', async () => {
    await mkdir(path.dirname(file), { recursive: true });
    const gone = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await new Promise((resolve) => gone.on('exit', resolve));
    for (const name of [`${gone.pid}.draft`, `${process.ppid}.draft`, 'other']) await writeFile(`${file}.${name}`, '');
    await ids();
    assert.deepEqual(await readdir(path.dirname(file)), [`history.json.${process.ppid}.draft`, 'history.json.other']);
  });

  it(`is whole, and has all that was acknowledged, after its process was killed ${CRASHES} times as it wrote`, async () => {
    let next = 1;
    for (let crash = 0; crash < CRASHES; crash += 1) {
      const acknowledged = await writeUntilKilled(file, next, 5 + Math.random() * 40);
      const last = acknowledged.at(-1)!;
      const kept = JSON.parse(await readFile(file, 'utf8')) as { entries: { id: string; body: string }[] };
      const expected = acknowledged.slice(-90);
      const known = new Map(kept.entries.map(({ id, body }) => [Number(id), body]));
      for (const id of expected) assert.equal(known.get(id), `${id} `.repeat(1500).slice(0, 10_000), `entry ${id}`);
      // One more may be there, of which the process had not yet said so.
      assert.ok([last, last + 1].includes(Math.max(...known.keys())));
      next = Math.max(...known.keys()) + 1;
      assert.deepEqual((await ids()).length, Math.min(100, next - 1));
      assert.deepEqual(await readdir(path.dirname(file)), ['history.json'], 'the draft of the dead process is gone');
    }
  });
});

/** Starts a process that writes, and kills it so many milliseconds after its first entry. Gives what it acknowledged. */
async function writeUntilKilled(file: string, from: number, lifeMs: number): Promise<number[]> {
  const writer = path.join(import.meta.dirname, 'historyWriter.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', writer, file, String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (printed === '') setTimeout(() => child.kill('SIGKILL'), lifeMs);
    printed += text;
  });
  await new Promise((resolve) => child.on('close', resolve));
  assert.equal(child.signalCode, 'SIGKILL');
  return printed.split('\n').slice(0, -1).map(Number);
}
