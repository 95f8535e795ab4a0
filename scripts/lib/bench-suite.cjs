// Runs in the extension host: activates the extensions that the plan names, in its order, and leaves what each took in the
// file that the plan names. BENCH_PLAN is the plan's file: {order, own, manifest?, result}.
const { readFileSync, renameSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { performance } = require('node:perf_hooks');
const { env, memoryUsage } = require('node:process');
const { setImmediate, setTimeout } = require('node:timers');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const { commands, extensions, window, workspace } = require('vscode');

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

/** What the host holds, in bytes, once nothing is left to collect. */
async function memory() {
  for (let round = 0; round < 3; round++) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 50)); // what the collection let go of is given back after it
  }
  const { heapUsed, external, rss } = memoryUsage();
  return { heap: heapUsed + external, resident: rss };
}

function growth(before, after) {
  return { heap: after.heap - before.heap, resident: after.resident - before.resident };
}

/** The bundles of the extension that this host has evaluated. */
function partsOf({ extensionPath }) {
  const folder = path.join(extensionPath, 'dist') + path.sep;
  const files = Object.keys(require.cache).filter((file) => file.startsWith(folder));
  return files.map((file) => file.slice(folder.length)).sort();
}

async function activate(extension) {
  const before = await memory();
  const started = performance.now();
  await extension.activate();
  const activationMs = performance.now() - started;
  // An empty extension has all that it will ever have; ours may have more to do by now.
  return { activationMs, before };
}

async function measure({ order, own, manifest }) {
  if (manifest !== undefined) await window.showTextDocument(await workspace.openTextDocument(manifest));
  const results = {};
  for (const id of order) {
    const extension = extensions.getExtension(id);
    if (!extension) throw new Error(`${id} is not there.`);
    if (extension.isActive) throw new Error(`${id} is active before it was asked to be.`);
    const { activationMs, before } = await activate(extension);
    results[id] = { activationMs };
    if (id === own) {
      results[id].atActivation = partsOf(extension);
      const started = performance.now();
      while (manifest !== undefined && !partsOf(extension).includes('main.js')) await new Promise(setImmediate);
      results[id].loadedMs = performance.now() - started;
      if (manifest !== undefined) await commands.executeCommand('maskinporten.refresh'); // done when all manifests are read
      results[id].idle = partsOf(extension);
    }
    results[id].memory = growth(before, await memory());
  }
  if (manifest !== undefined) {
    await commands.executeCommand('maskinporten.getToken', { scopes: ['nobody:registered/this'] });
    results[own].afterGrant = partsOf(extensions.getExtension(own));
  }
  return results;
}

exports.run = async () => {
  const plan = JSON.parse(readFileSync(env.BENCH_PLAN, 'utf8'));
  const results = await measure(plan).catch((error) => ({ error: String(error) }));
  writeFileSync(`${plan.result}.new`, JSON.stringify(results));
  renameSync(`${plan.result}.new`, plan.result); // who waits for it never reads half of it
};
