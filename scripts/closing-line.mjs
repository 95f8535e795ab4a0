#!/usr/bin/env node
// Prints `N passed, N failed` over the counts that the parts have left in a folder:
//   node scripts/closing-line.mjs FOLDER
import { closingLine, gatherCounts } from './lib/counts.mjs';

process.stdout.write(`${closingLine(gatherCounts(process.argv[2]))}\n`);
