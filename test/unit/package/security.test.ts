import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../../..');

describe('SECURITY.md', () => {
  const page = readFileSync(path.join(ROOT, 'SECURITY.md'), 'utf8');
  const claims = [...page.matchAll(/\[([^\]]+)\]\((test\/[^)]+)\)/g)].map(([, title = '', file = '']) => ({
    title,
    file,
  }));

  it('makes many claims', () => {
    assert.ok(claims.length > 40, `${claims.length}`);
  });

  for (const { title, file } of claims) {
    it(`rests on a test: ${title.slice(0, 60)}`, () => {
      assert.ok(existsSync(path.join(ROOT, file)), file);
      const titles = [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(/\bit\(\s*(['"`])(.*?)(?<!\\)\1/gs)].map(
        ([, , text = '']) => text.replace(/^\d+\. /, ''),
      );
      assert.ok(
        titles.some((each) => each === title || (each.startsWith(title) && each.includes('${'))),
        `no test of ${file} is called “${title}”`,
      );
    });
  }

  it('has a test for each of its claims on attacks', () => {
    const part = page.slice(page.indexOf('## Who might attack'), page.indexOf('## Where secrets live'));
    const bullets = [...part.matchAll(/^- .+$/gm)].map(([line]) => line);
    assert.deepEqual(
      bullets.filter((line) => !line.includes('](test/')),
      [],
    );
  });
});
