#!/usr/bin/env node
// Checks a tag against package.json and CHANGELOG.md, and prints the channel as an output of a workflow step:
//   node scripts/release-channel.mjs v1.2.3
import { readFileSync } from 'node:fs';
import { inRoot, readPackage } from './lib/places.mjs';
import { fail, Trouble } from './lib/progress.mjs';
import { channelOf, obstacleTo } from './lib/release.mjs';

async function main([tag = '']) {
  const { version } = readPackage();
  const changelog = readFileSync(inRoot('CHANGELOG.md'), 'utf8');
  const obstacle = obstacleTo({ tag, version, changelog });
  if (obstacle) throw new Trouble(obstacle);
  process.stdout.write(`channel=${channelOf(version)}\n`);
}

main(process.argv.slice(2)).catch(fail);
