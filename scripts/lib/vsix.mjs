import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { inRoot, readPackage, ROOT } from './places.mjs';
import { Trouble } from './progress.mjs';
import { channelOf } from './release.mjs';
import { readZip } from './zip.mjs';

/** What the package is made of; vsce renames README, CHANGELOG and LICENSE and adds the two files without a folder. */
const CONTENT = [
  /^(\[Content_Types\]\.xml|extension\.vsixmanifest)$/,
  /^extension\/dist\/(?!cli\.js$)(webview\/)?[\w.-]+\.(js|css|ttf)$/,
  /^extension\/media\/[\w./-]+\.(svg|png|css|md)$/,
  /^extension\/l10n\/[\w.-]+\.json$/,
  /^extension\/docs\/(diagnostics|sandbox|third-party-notices)\.md$/,
  /^extension\/(package(\.nls[\w.-]*)?\.json|readme\.md|changelog\.md|LICENSE\.txt)$/i,
];

/** Without these the extension does nothing. */
const NEEDED = ['extension/package.json', 'extension/dist/extension.js'];

/** It is fetched whenever somebody installs or updates it. */
const MOST_BYTES = 800_000;

/** A private key in PEM or as a JWK, and a signed JWT. */
const SECRETS = [
  /BEGIN (RSA |EC )?PRIVATE KEY-----\s*[A-Za-z0-9+/]/,
  /"d"\s*:\s*"[A-Za-z0-9_-]{40,}"/,
  /eyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}/,
];

/**
 * What is wrong with the content of a package: files that do not belong there, secrets, or the lack of what it needs.
 *
 * @param {ReadonlyMap<string, Buffer>} files
 * @returns {string[]}
 */
export function faultsOf(files) {
  const names = [...files.keys()];
  const strange = names.filter((name) => !CONTENT.some((pattern) => pattern.test(name)));
  const secret = names.filter((name) => SECRETS.some((pattern) => pattern.test(files.get(name).toString('latin1'))));
  const lacking = NEEDED.filter((name) => !files.has(name));
  return [
    ...strange.map((name) => `${name} does not belong in the package`),
    ...secret.map((name) => `${name} holds what looks like a private key or a token`),
    ...lacking.map((name) => `${name} is missing`),
  ];
}

/** A hash over the files that go into the package, which changes when a package made now would differ. */
export async function packageHash() {
  const { listFiles } = await import('@vscode/vsce');
  const hash = createHash('sha256');
  for (const file of (await listFiles({ cwd: ROOT, packageManager: 0 })).sort()) {
    hash.update(`${file}\0`).update(await readFile(inRoot(file)));
  }
  return hash.digest('hex');
}

/**
 * Packages what is built, and checks what came into the package.
 *
 * @returns {Promise<string>} the file, in out/
 */
export async function packageVsix() {
  const { createVSIX } = await import('@vscode/vsce');
  const { name, version } = readPackage();
  const file = inRoot('out', `${name}-${version}.vsix`);
  await mkdir(path.dirname(file), { recursive: true });
  const options = { dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false };
  const preRelease = channelOf(version) === 'pre-release';
  await createVSIX({ cwd: ROOT, packagePath: file, preRelease, ...options });
  const zip = await readFile(file);
  const tooLarge = zip.length > MOST_BYTES ? [`it has ${zip.length} bytes, and may have ${MOST_BYTES}`] : [];
  const faults = [...faultsOf(readZip(zip)), ...tooLarge];
  if (faults.length > 0) throw new Trouble(`The package is not as it should be:\n${faults.join('\n')}`);
  return file;
}
