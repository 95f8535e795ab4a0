import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkTexts, summaryOf, type Checked } from '../../../src/cli/check';
import { findingsOf, readFile } from '../../../src/manifest';
import { createTranslate, type Translate } from '../../../src/shared/localize';
import { wordFinding } from '../../../src/words/findings';
import { consuming } from './support';

const t = createTranslate({});
const NORWEGIAN = path.join(import.meta.dirname, '../../../l10n/nb.json');

const NAV = { scopePrefix: 'nav', organisation: '889640782' };

function checkAll(files: Readonly<Record<string, string>>, organisation = NAV): readonly Checked[] {
  const texts = Object.entries(files).map(([file, text]) => ({ file, read: readFile(text) }));
  return checkTexts(texts, organisation, t);
}

function checkOne(text: string, language: Translate = t): Checked {
  const [checked] = checkTexts([{ file: 'a.yaml', read: readFile(text) }], NAV, language);
  assert.ok(checked);
  return checked;
}

function codesIn({ report }: Checked): readonly string[] {
  return report.findings.map(({ code }) => code);
}

describe('check', () => {
  it('reports what the rules find, in the words of the editor', () => {
    const text = consuming('skatteetaten:inntekt', 'skatteetaten inntekt');
    const findings = findingsOf(readFile(text));
    assert.ok(findings.length > 0);
    assert.deepEqual(checkOne(text).report, {
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
    const { report, lines } = checkOne(text);
    const [finding] = report.findings;
    assert.equal(lines.length, 1);
    assert.equal(
      lines[0],
      `a.yaml:12:17: ${finding?.severity} NM014 skatteetaten:inntekt is consumed already, further up: this item changes nothing.`,
    );
  });

  it('counts a byte order mark in ranges and not in columns', () => {
    const text = `\uFEFF{apiVersion: nais.io/v1, kind: MaskinportenClient, spec: {scopes: {consume: []}}}`;
    const { report, lines } = checkOne(text);
    const at = report.findings.findIndex(({ code }) => code === 'NM005');
    const start = text.indexOf('consume');
    assert.deepEqual(report.findings[at]?.range, { start, end: start + 'consume'.length });
    assert.ok(lines[at]?.startsWith(`a.yaml:1:${start}: error NM005 `), lines[at]);
  });

  it('finds nothing in what is no manifest, or is left to templates', () => {
    for (const text of ['', 'a: b', 'kind: Application', consuming('{{scope}} {{other}}')]) {
      assert.deepEqual(checkOne(text).report.findings, []);
    }
  });

  it('speaks Norwegian', () => {
    const nb = createTranslate(JSON.parse(readFileSync(NORWEGIAN, 'utf8')) as Record<string, string>);
    const { lines } = checkOne(consuming('etat:fisk', 'etat:fisk'), nb);
    assert.match(
      lines[0] ?? '',
      / NM014 etat:fisk konsumeres allerede lenger opp: Dette elementet endrer ingenting\.$/,
    );
  });

  it('takes the environment from the name of the file, where it says one', () => {
    const text = consuming('skatteetaten:inntekt').replace('api.example.no', 'api.skatteetaten.no');
    const [dev, prod] = checkAll({ 'nais/dev.yaml': text, 'nais/prod.yaml': text });
    assert.ok(dev && prod);
    assert.deepEqual([codesIn(dev), codesIn(prod)], [['NM020', 'NM021'], []]);
  });

  it('finds what only several files together show, in its place among the others', () => {
    const files = {
      'dev.yaml': consuming('etat:fisk', 'etat:fisk.les'),
      'prod.yaml': consuming('etat:fisk', 'etat:fisk'),
    };
    const [dev, prod] = checkAll(files);
    assert.ok(dev && prod);
    assert.deepEqual([codesIn(dev), codesIn(prod)], [[], ['NM061', 'NM014']]);
    assert.deepEqual(checkAll({ 'prod.yaml': files['prod.yaml'] }).map(codesIn), [['NM014']]);
  });

  it('judges exposed scopes as those of the organisation that runs the workloads', () => {
    const exposing = `apiVersion: nais.io/v1alpha1
kind: Application
metadata:
  name: exposing
  namespace: team
spec:
  maskinporten:
    enabled: true
    scopes:
      exposes:
        - enabled: true
          product: fisk
          name: les
          separator: /
          consumers:
            - orgno: "889640782"
`;
    const files = { 'a.yaml': exposing, 'b.yaml': consuming('nav:fisk/les'), 'c.yaml': consuming('ssb:fisk/les') };
    const own = checkAll(files).map(codesIn);
    const others = checkAll(files, { scopePrefix: 'ssb', organisation: '974760673' }).map(codesIn);
    assert.deepEqual([own[0], others[0]], [[], ['NM060']]);
  });

  it('sums up files, manifests and findings by severity', () => {
    const checked = checkAll({
      'a.yaml': `${consuming('etat:fisk')}---\n${consuming('noe')}`,
      'b.yaml': consuming('ks fiks').replace('consumes', 'consume'),
      'c.yaml': 'a: b',
    });
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
