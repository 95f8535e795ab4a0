import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { settingsTable, withPart } from '../../../scripts/lib/readme.mjs';

const ROOT = path.resolve(import.meta.dirname, '../../..');

function textOf(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

const PAGES = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...readdirSync(path.join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md') && name !== 'third-party-notices.md')
    .map((name) => `docs/${name}`),
];

describe('the pages', () => {
  for (const page of PAGES) {
    it(`lead to what is there: ${page}`, () => {
      const text = textOf(page).replace(/^```.*?^```/gms, '');
      const targets = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)].map(
        ([, target = '']) => target,
      );
      const gone = targets.filter((target) => !existsSync(path.join(ROOT, path.dirname(page), target)));
      assert.deepEqual(gone, []);
    });

    it(`name files that are there: ${page}`, () => {
      const named = [...textOf(page).matchAll(/`((?:src|test|scripts|docs|media|l10n)\/(?![^`]*NAME)[\w./-]+\.\w+)`/g)];
      assert.deepEqual(
        named.map(([, file = '']) => file).filter((file) => !existsSync(path.join(ROOT, file))),
        [],
      );
    });
  }
});

describe('README.md', () => {
  const page = textOf('README.md');
  const uiTests = readdirSync(path.join(ROOT, 'test/ui'))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => textOf(`test/ui/${name}`))
    .join('\n');

  /** Names of pictures that the UI tests take; those in each theme end with its name. */
  function isTaken(picture: string): boolean {
    const single = [...uiTests.matchAll(/\.picture\('([\w-]+)'/g)].map(([, name]) => name);
    const themed = [...uiTests.matchAll(/pictureInEachTheme\('([\w-]+)'/g)].map(([, name]) => name);
    return (
      single.includes(picture) ||
      themed.some((name) => new RegExp(`^${name}-(dark|light|high-contrast)$`).test(picture))
    );
  }

  it('shows pictures that the tests take of the product', () => {
    const pictures = [...page.matchAll(/!\[[^\]]+\]\(docs\/pictures\/([\w-]+)\.png\)/g)].map(([, name = '']) => name);
    assert.ok(pictures.length > 5);
    assert.deepEqual(
      pictures.filter((name) => !isTaken(name)),
      [],
    );
    assert.ok(!isTaken('no-such-picture'));
  });

  it('has a picture on the first screen', () => {
    assert.ok(page.slice(0, 1200).includes('!['));
  });

  it('has the settings as package.json has them (node scripts/readme.mjs)', async () => {
    const file = path.join(ROOT, 'README.md');
    const options = { ...(await resolveConfig(file)), filepath: file };
    assert.equal(page, await format(withPart(page, 'settings', settingsTable()), options));
  });

  it('names every host that the code can contact by itself', () => {
    const sources = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /^(maskinporten|http|state)\b.*\.ts$/.test(file))
      .map((file) => textOf(`src/${file}`).replace(/^\s*(\/\/|\*|\/\*\*).*$/gm, ''));
    const hosts = new Set([...sources.join('\n').matchAll(/'https:\/\/([\w.-]+)\//g)].map(([, host = '']) => host));
    assert.ok(hosts.size >= 6, [...hosts].join());
    const privacy = page.slice(page.indexOf('## Privacy and network'), page.indexOf('## When something goes wrong'));
    assert.deepEqual(
      [...hosts].filter((host) => !privacy.includes(`\`${host}\``)),
      [],
    );
  });

  it('explains refusals by codes that are known, and names commands and settings that there are', () => {
    const table = textOf('src/maskinporten/refusalTable.ts');
    for (const [code] of page.matchAll(/\bMP-\d{3}\b/g)) assert.ok(table.includes(`'${code}'`), code);
    const { contributes } = JSON.parse(textOf('package.json')) as {
      contributes: { configuration: { properties: object } };
    };
    const known = Object.keys(contributes.configuration.properties);
    for (const [, name = ''] of page.matchAll(/`(maskinporten\.(?!no`)[\w.]+)`/g))
      assert.ok(known.includes(name), name);
    const titles = Object.values(JSON.parse(textOf('package.nls.json')) as Record<string, string>);
    for (const [, title = ''] of page.matchAll(/\*\*Maskinporten: ([^*]+)\*\*/g))
      assert.ok(titles.includes(title), title);
  });
});
