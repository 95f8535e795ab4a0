import { historyEntry, withEntry } from '../../../src/http/history';
import { HistoryFile } from '../../../src/state/historyFile';

/** Writes entries one after another until it is killed, and names each on a line of its own once it was acknowledged. */
async function main(file: string, from: number): Promise<void> {
  const history = new HistoryFile(file);
  await history.load();
  for (let id = from; ; id += 1) {
    // Long, so that a write takes its time.
    const body = `${id} `.repeat(1500);
    const sent = {
      id: String(id),
      sentAtMs: id,
      method: 'POST',
      url: `https://a.no/${id}`,
      headers: [],
      body,
      outcome: 200,
    };
    await history.change((entries) => withEntry(entries, historyEntry(sent, true), 100));
    process.stdout.write(`${id}\n`);
  }
}

void main(process.argv[2] ?? '', Number(process.argv[3]));
