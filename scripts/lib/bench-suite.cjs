// Runs in the extension host: activates the extensions that BENCH_EXTENSIONS names, in that order, and leaves how long
// each took, in milliseconds, in the file that BENCH_RESULT names.
const { writeFileSync } = require('node:fs');
const { performance } = require('node:perf_hooks');
const { env } = require('node:process');
const { extensions } = require('vscode');

async function measure(id) {
  const extension = extensions.getExtension(id);
  if (!extension) throw new Error(`${id} is not there.`);
  if (extension.isActive) throw new Error(`${id} is active before it was asked to be.`);
  const started = performance.now();
  await extension.activate();
  return performance.now() - started;
}

exports.run = async () => {
  const times = {};
  for (const id of JSON.parse(env.BENCH_EXTENSIONS)) times[id] = await measure(id);
  writeFileSync(env.BENCH_RESULT, JSON.stringify(times));
};
