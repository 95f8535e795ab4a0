import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const MEDIA = path.resolve(import.meta.dirname, '../../../media');

describe('the styles of the panels', () => {
  const sheets = readdirSync(MEDIA)
    .filter((name) => name.endsWith('.css'))
    .map((name) => ({ name, text: readFileSync(path.join(MEDIA, name), 'utf8').replace(/\/\*.*?\*\//gs, '') }));

  it('move nothing for those who asked for less motion', () => {
    const panel = sheets.find(({ name }) => name === 'panel.css')?.text ?? '';
    const [, reduced = ''] = /@media \(prefers-reduced-motion: reduce\) \{(.*?\n)\}/s.exec(panel) ?? [];
    assert.match(reduced, /\*[^{]*\{[^}]*animation[^;]*: (?:none|0)[^}]*transition[^;]*: (?:none|0)/s);
  });

  it('take every colour from the theme, so that contrast is the theme’s', () => {
    for (const { name, text } of sheets) {
      const colours =
        text.match(/#[0-9a-f]{3,8}\b|\brgba?\([^)]*\)|:\s*(?:white|black|red|green|blue|grey|gray)\b/gi) ?? [];
      assert.deepEqual(colours, [], name);
    }
  });
});
