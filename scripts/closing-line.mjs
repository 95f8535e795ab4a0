#!/usr/bin/env node
// Prints `N passed, N failed` over the counts that parts have left in a folder:
//   node scripts/closing-line.mjs FOLDER PART…
import { closingLine, gatherCounts } from './lib/counts.mjs';

const [folder, ...parts] = process.argv.slice(2);
process.stdout.write(`${closingLine(gatherCounts(folder, parts))}\n`);
