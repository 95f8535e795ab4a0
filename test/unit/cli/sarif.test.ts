import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { checkTexts } from '../../../src/cli/check';
import { rulePagesIn } from '../../../src/cli/rulePages';
import { toSarif } from '../../../src/cli/sarif';
import { findingsOf, readFile } from '../../../src/manifest';
import { createTranslate } from '../../../src/shared/localize';
import { wordFinding } from '../../../src/words/findings';
import { RULE_CASES } from '../manifest/cases';
import schema from './sarif.schema.json';
import { consuming } from './support';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const t = createTranslate({});
const NAV = { scopePrefix: 'nav', organisation: '889640782' };
const pages = rulePagesIn(readFileSync(path.join(ROOT, 'docs/diagnostics.md'), 'utf8'));

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly invocations: readonly {
      readonly executionSuccessful: boolean;
      readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[];
    }[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
          readonly region: Region;
        };
      }[];
      readonly fixes?: readonly {
        readonly artifactChanges: readonly {
          readonly replacements: readonly {
            readonly deletedRegion: Region;
            readonly insertedContent: { readonly text: string };
          }[];
        }[];
      }[];
    }[];
  }[];
}

function logOf(files: Readonly<Record<string, string>>, complaints: readonly string[] = []): Log {
  const texts = Object.entries(files).map(([file, text]) => ({ file, read: readFile(text) }));
  const log = toSarif(checkTexts(texts, NAV, t), { folder: ROOT, version: '1.2.3', pages, complaints }, t);
  return JSON.parse(JSON.stringify(log)) as Log;
}

function resultsOf(log: Log): Log['runs'][number]['results'] {
  return log.runs[0]!.results;
}

/** The stretch of a text that a region names, by lines and columns alone. */
function textIn(text: string, { startLine, startColumn, endLine, endColumn }: Region): string {
  const lines = text.split('\n');
  const offset = (line: number, column: number) =>
    lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0) + column - 1;
  return text.slice(offset(startLine, startColumn), offset(endLine, endColumn));
}

describe('SARIF', () => {
  const ajv = new Ajv2020({ allErrors: true });
  addFormats(ajv);
  const isValid = ajv.compile(schema);

  it('keeps to the standard for every rule that can be found, and for none', () => {
    const texts = RULE_CASES.flatMap(({ finds }) => finds.map(([text]) => text));
    assert.ok(texts.length > 100, `only ${texts.length} texts`);
    for (const log of [logOf({}), logOf(Object.fromEntries(texts.map((text, index) => [`${index}.yaml`, text])))]) {
      assert.ok(isValid(log), JSON.stringify(isValid.errors?.slice(0, 3)));
    }
  });

  it('says of each finding what the editor says, where it stands, and how grave it is', () => {
    const text = consuming('skatteetaten:inntekt', 'skatteetaten inntekt');
    const findings = findingsOf(readFile(text));
    const results = resultsOf(logOf({ 'a.yaml': text }));
    assert.ok(findings.length > 0);
    assert.deepEqual(
      results.map(({ ruleId, message }) => [ruleId, message.text]),
      findings.map((finding) => [finding.code, wordFinding(finding, t)]),
    );
    results.forEach(({ locations, level }, index) => {
      const { range, severity } = findings[index]!;
      const { region } = locations[0]!.physicalLocation;
      assert.equal(textIn(text, region), text.slice(range.start, range.end));
      assert.equal(level, { error: 'error', warning: 'warning', information: 'note', hint: 'note' }[severity]);
    });
  });

  it('names each rule once, with its page, and refers to it by its place', () => {
    const log = logOf({ 'a.yaml': consuming('etat:fisk', 'etat:fisk'), 'b.yaml': consuming('noe', 'noe') });
    const { rules } = log.runs[0]!.tool.driver;
    const ids = rules.map(({ id }) => id);
    assert.deepEqual(ids, [...new Set(ids)]);
    assert.ok(ids.length > 1);
    for (const { ruleId, ruleIndex } of resultsOf(log)) assert.equal(ids[ruleIndex], ruleId);
    assert.match(JSON.stringify(rules.find(({ id }) => id === 'NM014')), /"shortDescription":\{"text":"[^"]{10,}"/);
  });

  it('gives the fixes as replacements that cure the text', () => {
    const text = consuming('etat:fisk').replace('consumes', 'consume');
    const result = resultsOf(logOf({ 'a.yaml': text })).find(({ ruleId }) => ruleId === 'NM005');
    const [replacement] = result!.fixes![0]!.artifactChanges[0]!.replacements;
    assert.ok(replacement);
    const fixed = text.replace(textIn(text, replacement.deletedRegion), replacement.insertedContent.text);
    assert.equal(fixed, consuming('etat:fisk'));
  });

  it('names files by their place below the sources, and others by their whole address', () => {
    const broken = consuming('noe');
    const names = ['apps/år #1/nais.yaml', './b.yaml', '../outside.yaml', path.join(ROOT, '..foo', 'c.yaml')];
    const log = logOf(Object.fromEntries(names.map((name) => [name, broken])));
    const locations = resultsOf(log).map(({ locations: [location] }) => location!.physicalLocation.artifactLocation);
    const unique = [...new Map(locations.map((location) => [location.uri, location])).values()];
    assert.deepEqual(unique, [
      { uri: 'apps/%C3%A5r%20%231/nais.yaml', uriBaseId: '%SRCROOT%' },
      { uri: 'b.yaml', uriBaseId: '%SRCROOT%' },
      { uri: pathToFileURL(path.join(ROOT, '..', 'outside.yaml')).href },
      { uri: '..foo/c.yaml', uriBaseId: '%SRCROOT%' },
    ]);
  });

  it('says what could not be read', () => {
    const [invocation] = logOf({}, ['There is no file or folder x.']).runs[0]!.invocations;
    assert.equal(invocation?.executionSuccessful, false);
    assert.equal(invocation.toolExecutionNotifications[0]?.message.text, 'There is no file or folder x.');
    assert.equal(logOf({}).runs[0]?.invocations[0]?.executionSuccessful, true);
  });
});
