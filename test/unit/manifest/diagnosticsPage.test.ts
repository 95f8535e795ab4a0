import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RULES } from '../../../src/manifest/rules';

const page = readFileSync(path.join(__dirname, '../../../docs/diagnostics.md'), 'utf8');
/** Not of a single manifest's rules: of a hover alone, across the workspace, of a template filled in, of a file not read. */
const OTHER_CODES = ['NM018', 'NM060', 'NM061', 'NM081', 'NM083'];

describe('the page of diagnostics', () => {
  const codes = [...new Set([...RULES.map(({ code }) => code), ...OTHER_CODES])].sort();

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
