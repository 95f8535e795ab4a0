import assert from 'node:assert/strict';
import { insertBlock, readFile, type BlockPurpose } from '../../../src/manifest';

/** The text with a block in its document number `nth`; fails unless it could be written. */
function withBlock(text: string, purpose: BlockPurpose, nth = 0): string {
  const start = readFile(text).documents[nth]?.start;
  assert.notEqual(start, undefined);
  const insertion = insertBlock(text, start!, purpose);
  assert.equal(insertion.kind, 'edit');
  const { range, newText } = insertion.edit;
  return text.slice(0, range.start) + newText + text.slice(range.end);
}

const APPLICATION = `apiVersion: nais.io/v1alpha1
kind: Application
metadata:
  name: app
spec:
  image: a/b
  replicas:
    min: 1
`;

const CONSUMES = `  maskinporten:
    enabled: true
    scopes:
      consumes:
        - name: ""
`;

describe('inserting a maskinporten block', () => {
  it('writes it at the end of spec, in block style', () => {
    assert.equal(withBlock(APPLICATION, 'consumes'), APPLICATION + CONSUMES);
  });

  it('writes what an exposed scope cannot do without', () => {
    assert.equal(
      withBlock(APPLICATION, 'exposes'),
      `${APPLICATION}  maskinporten:
    enabled: true
    scopes:
      exposes:
        - enabled: true
          product: ""
          name: ""
          consumers:
            - orgno: ""
              name: ""
`,
    );
  });

  it('does the same for a Naisjob', () => {
    const job = APPLICATION.replace('v1alpha1', 'v1').replace('Application', 'Naisjob');
    assert.equal(withBlock(job, 'consumes'), job + CONSUMES);
  });

  it('gives a MaskinportenClient its scopes without a block around them', () => {
    const client = `apiVersion: nais.io/v1
kind: MaskinportenClient
metadata:
  name: client
spec:
  secretName: a-secret
`;
    assert.equal(
      withBlock(client, 'consumes'),
      `${client}  scopes:
    consumes:
      - name: ""
`,
    );
  });

  it('finds the right one of several documents, by where it starts', () => {
    const text = `${APPLICATION}---\n${APPLICATION.replace('name: app', 'name: other')}---\nkind: ConfigMap\n`;
    const written = withBlock(text, 'consumes', 1);
    const [first, second] = readFile(written).documents;
    assert.equal(first?.manifest.maskinporten, undefined);
    assert.equal(second?.manifest.name?.value, 'other');
    assert.equal(second.manifest.consumes.length, 1);
    assert.ok(written.endsWith('---\nkind: ConfigMap\n'));
  });

  it('keeps the line breaks of the file and the comments that follow', () => {
    const text = `${APPLICATION}\n# the end\n`.replaceAll('\n', '\r\n');
    const written = withBlock(text, 'consumes');
    assert.equal(written, `${APPLICATION + CONSUMES}\n# the end\n`.replaceAll('\n', '\r\n'));
  });

  it('writes JSON into JSON', () => {
    const text = '{"apiVersion":"nais.io/v1alpha1","kind":"Application","metadata":{"name":"a"},"spec":{"port":8080}}';
    const { spec } = JSON.parse(withBlock(text, 'consumes')) as { spec: Record<string, unknown> };
    assert.deepEqual(spec, { port: 8080, maskinporten: { enabled: true, scopes: { consumes: [{ name: '' }] } } });
  });

  it('writes where no spec is yet, and where it is empty', () => {
    const head = APPLICATION.slice(0, APPLICATION.indexOf('spec:'));
    for (const text of [head, `${head}spec:\n`, `${head}spec: {}\n`]) {
      const [document] = readFile(withBlock(text, 'consumes')).documents;
      assert.equal(document?.manifest.maskinporten?.enabled?.value, true, text);
      assert.equal(document.manifest.consumes.length, 1, text);
    }
  });

  it('stays out of a branch of a template', () => {
    const text = `${APPLICATION}{{#if ingress}}
  ingresses:
    - {{ingress}}
{{/if}}
`;
    const written = withBlock(text, 'consumes');
    assert.ok(written.indexOf('maskinporten:') < written.indexOf('{{#if'), written);
    assert.equal(readFile(written).documents[0]?.manifest.consumes.length, 1);
  });

  it('says where the block is that is there already', () => {
    const text = APPLICATION + CONSUMES;
    const insertion = insertBlock(text, 0, 'exposes');
    assert.equal(insertion.kind, 'present');
    const { start, end } = insertion.range;
    assert.equal(text.slice(start, end), 'maskinporten');
  });

  it('writes nothing where spec is not a map of its own', () => {
    assert.equal(insertBlock(APPLICATION, 7, 'consumes').kind, 'impossible');
    const twice = `${APPLICATION}{{#if x}}\nspec:\n  port: 1\n{{/if}}\n`;
    assert.equal(insertBlock(twice, 0, 'consumes').kind, 'impossible');
    assert.equal(insertBlock(APPLICATION.replace(/spec:[^]*/, 'spec: text\n'), 0, 'consumes').kind, 'impossible');
  });
});
