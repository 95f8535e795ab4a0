import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  findingsOf,
  readAssignment,
  readFile,
  renderFile,
  unreadableVariables,
  withAssignments,
} from '../../../../src/manifest';
import type { Assignment, Finding, FindingOptions, RenderedFile } from '../../../../src/manifest';
import { parse } from '../../../../src/manifest/handlebars';
import { applyFix, cut } from '../helpers';
import { variablesOf } from './support';

function manifest(...spec: readonly string[]): string {
  return [
    'apiVersion: nais.io/v1alpha1',
    'kind: Application',
    'metadata:',
    '  name: app',
    '  namespace: team',
    'spec:',
    ...spec.map((line) => `  ${line}`),
    '',
  ].join('\n');
}

function consuming(name: string): string {
  return manifest(
    'maskinporten:',
    '  enabled: true',
    '  scopes:',
    '    consumes:',
    `      - name: ${name}`,
    'accessPolicy: {outbound: {external: [{host: api.example.no}]}}',
  );
}

function render(text: string, variables: string, assignments: readonly Assignment[] = []): RenderedFile {
  const all = withAssignments(variablesOf(variables), assignments);
  return renderFile(readFile(text), { name: 'dev.yaml', variables: all, mayBeMore: false }, parse);
}

function told(text: string, findings: readonly Finding[]): readonly unknown[] {
  return findings.map(({ code, range, variables }) => [code, cut(text, range), variables]);
}

describe('a manifest with variables', () => {
  it('has the values that come out, each at the tag that gave it', () => {
    const text = consuming('{{prefix}}:{{scope}}');
    const [rendered] = render(text, 'prefix: skatteetaten\nscope: inntekt\n').manifests;
    const name = rendered?.consumes[0]?.name;
    assert.equal(name?.value, 'skatteetaten:inntekt');
    assert.equal(name.templated, false);
    assert.equal(name.rendered, true);
    assert.equal(cut(text, name.range), '{{prefix}}:{{scope}}');
    assert.equal(rendered?.name?.rendered, undefined);
  });

  it('has an item for each turn of a loop, all at the same place', () => {
    const text = manifest(
      'maskinporten:',
      '  enabled: true',
      '  scopes:',
      '    consumes:',
      '      {{#each scopes as |scope|}}',
      '      - name: {{scope}}',
      '      {{/each}}',
    );
    const [rendered] = render(text, 'scopes: [a:one, a:two]').manifests;
    assert.deepEqual(
      rendered?.consumes.map(({ name }) => [name.value, cut(text, name.range)]),
      [
        ['a:one', '{{scope}}'],
        ['a:two', '{{scope}}'],
      ],
    );
  });

  it('has the branch that the variables take, and not the other', () => {
    const text = consuming('{{#if prod}}a:prod{{else}}a:dev{{/if}}');
    assert.equal(render(text, 'prod: true').manifests[0]?.consumes[0]?.name.value, 'a:prod');
    assert.equal(render(text, 'prod: false').manifests[0]?.consumes[0]?.name.value, 'a:dev');
  });

  it('shows what is wrong with these variables only, and says so', () => {
    const text = consuming('{{scope}}');
    assert.deepEqual(findingsOf(readFile(text)), []);
    assert.deepEqual(told(text, render(text, 'scope: "skatteetaten::inntekt"').findings()), [
      ['NM013', '{{scope}}', 'dev.yaml'],
    ]);
    assert.deepEqual(told(text, render(text, 'scope: skatteetaten:inntekt').findings()), []);
  });

  it('loses nothing that the template shows by itself, and says it once', () => {
    const text = `${consuming('a::b')}  env:\n    - name: X\n      value: {{x}}\n`;
    const own = findingsOf(readFile(text));
    assert.deepEqual(
      own.map(({ code }) => code),
      ['NM013'],
    );
    assert.deepEqual(render(text, 'x: y').findings(), own);
  });

  it('says once what is wrong in every turn of a loop', () => {
    const text = manifest(
      'maskinporten:',
      '  enabled: true',
      '  scopes:',
      '    consumes:',
      '      {{#each parts}}',
      '      - name: a::{{this}}',
      '      {{/each}}',
      'accessPolicy: {outbound: {external: [{host: api.example.no}]}}',
    );
    const same = render(text, 'parts: [b, b]')
      .findings()
      .filter(({ code }) => code === 'NM013');
    assert.deepEqual(told(text, same), [['NM013', 'a::{{this}}', 'dev.yaml']]);
    assert.deepEqual(same[0]?.fixes, []);
  });

  it('has the fixes whose edits touch no tag, and they cure what they are for', () => {
    const text = manifest(
      'maskinporten:',
      '  enabled: true',
      '  scopes:',
      '    consumes:',
      '      - name: {{scope}}',
      'accessPolicy:',
      '  outbound:',
      '    external:',
      '      - host: api.example.no',
      'image: {{image}}',
    );
    const variables = 'scope: skatteetaten:inntekt\nimage: i\n';
    const finding = render(text, variables)
      .findings({ target: 'prod' })
      .find(({ code }) => code === 'NM020');
    assert.equal(finding?.variables, 'dev.yaml');
    const fixed = applyFix(text, finding.fixes[0]);
    assert.ok(fixed.includes('        - host: api.example.no\n        - host: '), fixed);
    assert.deepEqual(render(fixed, variables).findings({ target: 'prod' }), []);
    const host = manifest('accessPolicy:', '  outbound:', '    external:', '      - host: {{host}}');
    const [bad] = render(host, 'host: https://x.no/').findings();
    assert.equal(bad?.code, 'NM022');
    assert.deepEqual(bad.fixes, []);
  });

  it('says at the tag which variable the file lacks', () => {
    const text = consuming('a:{{missing.part}}');
    const [finding] = render(text, 'other: 1').problems;
    assert.ok(finding?.code === 'NM081');
    assert.equal(finding.severity, 'warning');
    assert.deepEqual(finding.data, { fault: { kind: 'missing', name: 'missing.part' }, variables: 'dev.yaml' });
    assert.equal(cut(text, finding.range), '{{missing.part}}');
  });

  it('misses nothing that is null, asked for by if, or in a comment', () => {
    const text = `${consuming('a:b{{nothing}}')}{{#if optional}}x: 1\n{{/if}}\n  # {{absent}}\n{{#each absent}}{{/each}}`;
    assert.deepEqual(render(text, 'nothing: ~').problems, []);
  });

  it('says a missing variable once, however often a loop comes by', () => {
    const text = `${consuming('a:b')}{{#each list}}# x\n- {{absent}}\n{{/each}}`;
    assert.equal(render(text, 'list: [1, 2, 3]').problems.length, 1);
  });

  it('can be told to be silent by a comment, as any finding', () => {
    const text = consuming('a:b').replace(
      '  maskin',
      '  # nais-maskinporten-disable-next-line NM081\n  image: {{image}}\n  maskin',
    );
    assert.deepEqual(render(text, 'a: 1').problems, []);
  });

  it('still has its own findings when rendering fails, and says where', () => {
    const text = consuming('a::b').replace('spec:', 'spec:\n  image: {{> image}}');
    assert.deepEqual(told(text, render(text, 'a: 1').findings()), [
      ['NM081', '{{> image}}', undefined],
      ['NM013', 'a::b', undefined],
    ]);
    assert.deepEqual(render(text, 'a: 1').manifests, []);
  });

  it('says that the variables cannot be read, where the first of them is used', () => {
    const text = consuming('a:{{b}}{{c}}');
    const found = unreadableVariables(readFile(text), 'dev.yaml', 'syntax').findings();
    assert.deepEqual(told(text, found), [['NM081', '{{b}}', undefined]]);
  });

  it('judges nothing that only the workflow knows', () => {
    const text = consuming('{{scope}}');
    assert.deepEqual(render(text, 'other: 1', [{ name: 'scope', value: undefined }]).findings(), []);
  });

  it('takes what the workflow gives before what the file has', () => {
    const text = consuming('{{scope}}');
    const rendered = render(text, 'scope: a:file', [readAssignment('scope=a:workflow=1')]);
    assert.equal(rendered.manifests[0]?.consumes[0]?.name.value, 'a:workflow=1');
    assert.deepEqual(readAssignment('flag'), { name: 'flag', value: true });
  });

  it('obeys severities and the target like any file', () => {
    const text = consuming('{{scope}}');
    const rendered = render(text, 'scope: "a::b"');
    const options: FindingOptions = { severities: { NM013: 'off' } };
    assert.deepEqual(rendered.findings(options), []);
  });

  it('reads as before, range by range, when no tag is in it', () => {
    fc.assert(
      fc.property(fc.constantFrom('a:b', 'a::b', 'A:b', '"a:b c"', ''), fc.constantFrom('\n', '\r\n'), (name, end) => {
        const text = consuming(name).replaceAll('\n', end);
        const rendered = render(text, 'x: 1');
        assert.deepEqual(
          rendered.manifests,
          readFile(text).documents.map((document) => document.manifest),
        );
        assert.deepEqual(rendered.findings(), findingsOf(readFile(text)));
      }),
    );
  });

  it('ends in bounded time and size on loops in loops', () => {
    const text = `${'{{#each list}}'.repeat(20)}x{{/each}}`.concat('{{/each}}'.repeat(19));
    const found = render(`${consuming('a:b')}${text}`, `list: [${'1,'.repeat(100)}]`).problems;
    assert.deepEqual(
      found.map(({ data }) => (data as { fault: { kind: string } }).fault.kind),
      ['size'],
    );
    assert.equal(render(`${consuming('a:b')}${'{{a}}'.repeat(20_001)}`, 'a: 1').failure?.code, 'NM081');
    const deep = `${'{{#if a}}'.repeat(5000)}${'{{/if}}'.repeat(5000)}`;
    assert.equal(render(`${consuming('a:b')}${deep}`, 'a: 1').problems.length, 1);
  });
});
