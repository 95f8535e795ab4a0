// The process of one bench: `node bench-child.mjs BUNDLE RESULT` measures and leaves the tables in RESULT, as JSON.
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { fail } from './progress.mjs';

async function main([bundle, result]) {
  const { measure } = await import(pathToFileURL(bundle).href);
  await writeFile(result, JSON.stringify(await measure()));
}

main(process.argv.slice(2)).then(() => process.exit(0), fail);
