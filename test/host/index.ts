import Mocha from 'mocha';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * VS Code calls this inside the extension host. Runs every built suite (`*.test.js`) of one folder beside this file,
 * named by TEST_HOST_FOLDER; see scripts/lib/host-tests.mjs for which folder runs in which workspace.
 */
export async function run(): Promise<void> {
  const reporter = process.env['TEST_REPORTER'];
  const mocha = new Mocha({ timeout: 30_000, color: true, ...(reporter ? { reporter } : {}) });
  const folder = path.join(__dirname, process.env['TEST_HOST_FOLDER'] ?? '.');
  const suites = (await readdir(folder)).filter((name) => name.endsWith('.test.js')).sort();
  if (suites.length === 0) throw new Error(`No suite in ${folder}.`);
  for (const name of suites) mocha.addFile(path.join(folder, name));
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed.`);
}
