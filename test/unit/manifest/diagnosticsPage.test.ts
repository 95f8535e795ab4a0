import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RULES } from '../../../src/manifest/rules';

const page = readFileSync(path.join(__dirname, '../../../docs/diagnostics.md'), 'utf8');
const WORKSPACE_CODES = ['NM060', 'NM061'];
/** What is found while a template is filled in, and so by no rule. */
const RENDER_CODES = ['NM081'];

describe('the page of diagnostics', () => {
  const codes = [...new Set([...RULES.map(({ code }) => code), ...WORKSPACE_CODES, ...RENDER_CODES])].sort();

  it('has a section for each code, in order, and for no other', () => {
    assert.deepEqual(
      [...page.matchAll(/^## (\w+)$/gm)].map(([, code]) => code),
      codes,
    );
  });
  for (const { code, severity } of RULES) {
    it(`gives the severity of ${code}`, () => {
      const section = page.slice(page.indexOf(`## ${code}`)).split('\n## ')[0] ?? '';
      assert.match(section, new RegExp(`\\*\\* \\([^)]*\\b${severity}\\b`));
    });
  }
});
