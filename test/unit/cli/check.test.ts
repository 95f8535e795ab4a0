import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkText, summaryOf } from '../../../src/cli/check';
import { findingsOf, readFile } from '../../../src/manifest';
import { createTranslate } from '../../../src/shared/localize';
import { wordFinding } from '../../../src/words/findings';
import { consuming } from './support';

const t = createTranslate({});
const NORWEGIAN = path.join(import.meta.dirname, '../../../l10n/nb.json');

describe('check', () => {
  it('reports what the rules find, in the words of the editor', () => {
    const text = consuming('skatteetaten:inntekt', 'skatteetaten inntekt');
    const findings = findingsOf(readFile(text));
    assert.ok(findings.length > 0);
    assert.deepEqual(checkText('a.yaml', text, t).report, {
      file: 'a.yaml',
      findings: findings.map((finding) => ({
        code: finding.code,
        severity: finding.severity,
        message: wordFinding(finding, t),
        range: finding.range,
      })),
    });
  });

  it('says the same in a line each: file, line, column, severity, code and message', () => {
    const text = consuming('skatteetaten:inntekt', 'skatteetaten:inntekt');
    const { report, lines } = checkText('a.yaml', text, t);
    const [finding] = report.findings;
    assert.equal(lines.length, 1);
    assert.equal(
      lines[0],
      `a.yaml:11:17: ${finding?.severity} NM014 skatteetaten:inntekt is consumed already, further up. Once is enough.`,
    );
  });

  it('counts a byte order mark in ranges and not in columns', () => {
    const text = `\uFEFF{apiVersion: nais.io/v1alpha1, kind: Application, spec: {maskinporten: {scope: {}}}}`;
    const { report, lines } = checkText('a.yaml', text, t);
    const start = text.indexOf('scope');
    assert.deepEqual(
      report.findings.map(({ code, range }) => [code, range]),
      [['NM005', { start, end: start + 'scope'.length }]],
    );
    assert.ok(lines[0]?.startsWith(`a.yaml:1:${start}: error NM005 `), lines[0]);
  });

  it('finds nothing in what is no manifest, or is left to templates', () => {
    for (const text of ['', 'a: b', 'kind: Application', consuming('{{scope}} {{other}}')]) {
      assert.deepEqual(checkText('a.yaml', text, t).report.findings, []);
    }
  });

  it('speaks Norwegian', () => {
    const nb = createTranslate(JSON.parse(readFileSync(NORWEGIAN, 'utf8')) as Record<string, string>);
    const { lines } = checkText('a.yaml', consuming('ks:fiks', 'ks:fiks'), nb);
    assert.match(lines[0] ?? '', / NM014 ks:fiks konsumeres allerede lenger opp\. Én gang er nok\.$/);
  });

  it('sums up files, manifests and findings by severity', () => {
    const checked = [
      checkText('a.yaml', `${consuming('ks:fiks')}---\n${consuming('noe')}`, t),
      checkText('b.yaml', consuming('ks fiks').replace('consumes', 'consume'), t),
      checkText('c.yaml', 'a: b', t),
    ];
    const count = (severity: string) =>
      checked.flatMap(({ report }) => report.findings).filter((finding) => finding.severity === severity).length;
    const [errors, warnings] = [count('error'), count('warning')];
    assert.ok(errors > 0 && warnings > 0);
    const { sentence, ...counts } = summaryOf(checked, t);
    assert.deepEqual(counts, { errors });
    const remarks = count('information') + count('hint');
    assert.equal(sentence, `Files: 3, manifests: 3, errors: ${errors}, warnings: ${warnings}, remarks: ${remarks}.`);
  });
});
