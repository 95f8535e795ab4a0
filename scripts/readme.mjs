#!/usr/bin/env node
// Writes the generated parts of README.md anew.
import { readFile, writeFile } from 'node:fs/promises';
import * as prettier from 'prettier';
import { inRoot } from './lib/places.mjs';
import { fail } from './lib/progress.mjs';
import { settingsTable, withPart } from './lib/readme.mjs';

async function main() {
  const file = inRoot('README.md');
  const page = withPart(await readFile(file, 'utf8'), 'settings', settingsTable());
  await writeFile(file, await prettier.format(page, { ...(await prettier.resolveConfig(file)), filepath: file }));
}

main().catch(fail);
