import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * A new folder for temporary files, which goes with this process if not before.
 *
 * @param {string} purpose a word for its name
 * @returns {Promise<{folder: string, remove: () => Promise<void>}>}
 */
export async function temporaryFolder(purpose) {
  // Short, since a Unix socket's path in it has room for about 100 characters.
  const folder = await mkdtemp(path.join(tmpdir(), `nm-${purpose}-`));
  const removeNow = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  process.once('exit', removeNow);
  const remove = async () => {
    // A process that has just ended may still be writing its last.
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    process.off('exit', removeNow);
  };
  return { folder, remove };
}
