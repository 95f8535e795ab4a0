#!/usr/bin/env node
// Bundles the extension into dist/. `--watch` rebuilds on change, `--tests` adds the host tests in out/.
import { build, context } from 'esbuild';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Parts that are loaded on first use. esbuild cannot split CommonJS, so each is a bundle of its own. */
export const LAZY_PARTS = {
  main: 'src/main.ts',
  jose: 'src/maskinporten/jose.ts',
  undici: 'src/http/undici.ts',
  sandbox: 'src/sandbox/index.ts',
  handlebars: 'src/manifest/handlebars.ts',
};

/** What runs in a thread of its own, started by its file. */
const WORKERS = { manifestWorker: 'src/manifest/worker.ts' };

/** What more than one bundle needs, and is too large to be in the package twice: a package of npm, in a file beside them. */
const SHARED_PARTS = { yaml: 'yaml' };

/** Has the bundles `require` a shared part from its file. */
const sharedParts = {
  name: 'shared-parts',
  setup({ onResolve }) {
    const filter = new RegExp(`^(${Object.values(SHARED_PARTS).join('|')})$`);
    onResolve({ filter }, ({ path: specifier, kind }) => {
      const part = Object.keys(SHARED_PARTS).find((name) => SHARED_PARTS[name] === specifier);
      return kind === 'entry-point' ? undefined : { path: `./${part}.js`, external: true };
    });
  },
};

/** Keeps each lazy part out of the bundles that import it: they `require` its file when they reach it. */
const lazyParts = {
  name: 'lazy-parts',
  setup({ initialOptions, onResolve }) {
    const own = Object.values(initialOptions.entryPoints).map((file) => path.resolve(root, file));
    const parts = Object.entries(LAZY_PARTS).map(([name, file]) => [
      path.resolve(root, file.replace(/(\/index)?\.ts$/, '')),
      name,
      path.resolve(root, file),
    ]);
    onResolve({ filter: /^\.{1,2}\// }, ({ path: specifier, resolveDir, kind }) => {
      const target = path.resolve(resolveDir, specifier).replace(/\/index$/, '');
      const part = parts.find(([stem]) => stem === target);
      if (!part || kind !== 'dynamic-import' || own.includes(part[2])) return undefined;
      return { path: `./${part[1]}.js`, external: true };
    });
  },
};

/**
 * One namespace of the API for a bundle. Else each module with `import * as vscode` gets one of its own, with a getter for
 * each of the API's hundreds of members: that took most of the time of loading, and six megabytes.
 */
const oneVscode = {
  name: 'one-vscode',
  setup({ onLoad, onResolve }) {
    const namespace = 'vscode';
    onResolve({ filter: /^vscode$/ }, ({ namespace: from }) =>
      from === namespace ? { path: 'vscode', external: true } : { path: 'vscode', namespace },
    );
    onLoad({ filter: /^vscode$/, namespace }, () => ({ contents: "export * from 'vscode';" }));
  },
};

const common = {
  bundle: true,
  absWorkingDir: root,
  logLevel: 'warning',
  sourcemap: false,
  legalComments: 'none',
  minify: !process.argv.includes('--watch'),
};
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // A lazy part is a CommonJS file: `require` reads it without waking up Node's loader of ECMAScript modules.
  supported: { 'dynamic-import': false },
  plugins: [lazyParts, sharedParts, oneVscode],
  mainFields: ['module', 'main'],
};

/** One esbuild run for each Node bundle: a part may not share modules with another by accident. */
function nodeBundles() {
  const entries = { extension: 'src/extension.ts', ...LAZY_PARTS, ...WORKERS, ...SHARED_PARTS };
  const bundles = Object.entries(entries);
  return [
    ...bundles.map(([name, file]) => ({ ...node, entryPoints: { [name]: file }, outdir: 'dist' })),
    commandLine('dist'),
  ];
}

/**
 * There is no extension host around the command line, so nothing is left out of its bundle: `vscode` would not resolve,
 * and the lazy parts, which are read when they are reached here as well, would not be in the package.
 */
function commandLine(outdir) {
  return { ...node, plugins: [], entryPoints: { cli: 'src/cli.ts' }, outdir };
}

/** Builds the command line alone into `outdir`. */
export async function buildCommandLine(outdir) {
  await build(commandLine(outdir));
}

async function webviewBundles() {
  const entries = (await readdir(path.join(root, 'src/webview'))).filter((file) => file.endsWith('.main.ts'));
  return entries.map((file) => ({
    ...common,
    platform: 'browser',
    format: 'iife',
    target: 'chrome120',
    entryPoints: { [file.replace('.main.ts', '')]: `src/webview/${file}` },
    outdir: 'dist/webview',
    tsconfig: 'src/webview/tsconfig.json',
  }));
}

/** Each suite is an entry of its own, found by its name; an old build of one that is gone must not run. */
async function hostTests() {
  await rm(path.join(root, 'out/test/host'), { recursive: true, force: true });
  const entryPoints = ['test/host/index.ts', 'test/host/**/*.test.ts'];
  const external = ['mocha'];
  return [
    {
      ...node,
      minify: false,
      sourcemap: 'inline',
      entryPoints,
      outbase: 'test/host',
      outdir: 'out/test/host',
      external,
      plugins: [oneVscode], // a suite has all that it imports in itself: the lazy parts lie beside the extension's bundles, not here
    },
  ];
}

async function copyMedia() {
  const codicons = path.join(root, 'node_modules/@vscode/codicons/dist');
  await mkdir(path.join(root, 'dist/webview'), { recursive: true });
  for (const name of ['codicon.css', 'codicon.ttf'])
    await cp(path.join(codicons, name), path.join(root, 'dist/webview', name));
}

/** Builds everything once into dist/, with `tests` also the host tests into out/. */
export async function buildAll({ tests = false } = {}) {
  await rm(path.join(root, 'dist'), { recursive: true, force: true });
  const bundles = [...nodeBundles(), ...(await webviewBundles()), ...(tests ? await hostTests() : [])];
  await Promise.all(bundles.map((options) => build(options)));
  await copyMedia();
}

/**
 * Which files went into each bundle of dist/, what it weighs and what of that each file does, by the bundle's name; writes
 * nothing.
 *
 * @returns {Promise<Map<string, {files: readonly string[], bytes: number, weights: ReadonlyMap<string, number>}>>}
 */
export async function measureBundles() {
  const bundles = [...nodeBundles(), ...(await webviewBundles())];
  const results = await Promise.all(bundles.map((options) => build({ ...options, write: false, metafile: true })));
  const outputs = results.flatMap(({ metafile }) => Object.entries(metafile.outputs));
  return new Map(
    outputs.map(([file, { inputs, bytes }]) => {
      const weights = new Map(Object.entries(inputs).map(([name, { bytesInOutput }]) => [name, bytesInOutput]));
      return [path.basename(file, '.js'), { files: [...weights.keys()], bytes, weights }];
    }),
  );
}

async function watch() {
  await copyMedia();
  for (const options of [...nodeBundles(), ...(await webviewBundles())])
    await (await context({ ...options, logLevel: 'info', sourcemap: 'linked' })).watch();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const work = process.argv.includes('--watch') ? watch() : buildAll({ tests: process.argv.includes('--tests') });
  work.catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
