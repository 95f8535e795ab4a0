import { readdirSync, readFileSync } from 'node:fs';
import { measureBundles } from '../build.mjs';
import { inRoot } from './places.mjs';

/** Taken over as they are: the icon font and its style. */
const COPIED = ['@vscode/codicons'];

/** The npm package that a file of a bundle is from; undefined for our own. */
function packageOf(file) {
  return /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];
}

/**
 * The packages whose code is in what is shipped, and how many bytes of the heaviest bundle are theirs.
 *
 * @returns {Promise<Map<string, number>>}
 */
export async function bundledPackages() {
  const heaviest = new Map(COPIED.map((name) => [name, 0]));
  for (const { weights } of (await measureBundles()).values()) {
    const inBundle = new Map();
    for (const [file, bytes] of weights) {
      const name = packageOf(file);
      if (name !== undefined) inBundle.set(name, (inBundle.get(name) ?? 0) + bytes);
    }
    for (const [name, bytes] of inBundle) heaviest.set(name, Math.max(bytes, heaviest.get(name) ?? 0));
  }
  return new Map([...heaviest].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What a package.json in node_modules says. */
export function installed(name) {
  return JSON.parse(readFileSync(inRoot('node_modules', name, 'package.json'), 'utf8'));
}

/** The texts of a package's licences. */
function licenceTexts(name) {
  const folder = inRoot('node_modules', name);
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  return files.sort().map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
}

/**
 * docs/third-party-notices.md: the licences of all that is shipped, which most of them ask for.
 *
 * @param {Iterable<string>} names
 */
export function noticesFor(names) {
  const sections = [...names].map((name) => {
    const { version, license } = installed(name);
    const texts = licenceTexts(name).map((text) => `\`\`\`text\n${clean(text)}\n\`\`\``);
    return `## ${name} ${version}\n\n${license}\n\n${texts.join('\n\n')}\n`;
  });
  return [
    '# Third-party notices\n',
    'What the packages of Maskinporten for Nais hold of others, under these licences. Written by `node scripts/notices.mjs`.\n',
    ...sections,
  ].join('\n');
}

function clean(text) {
  return text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}
