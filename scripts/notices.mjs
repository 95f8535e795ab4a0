#!/usr/bin/env node
// Writes docs/third-party-notices.md anew: the licences of the packages whose code is shipped.
import { writeFile } from 'node:fs/promises';
import { bundledPackages, noticesFor } from './lib/notices.mjs';
import { inRoot } from './lib/places.mjs';
import { fail } from './lib/progress.mjs';

async function main() {
  await writeFile(inRoot('docs', 'third-party-notices.md'), noticesFor((await bundledPackages()).keys()));
}

main().catch(fail);
