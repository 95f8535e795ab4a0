import assert from 'node:assert/strict';
import {
  completionsAt,
  findingsOf,
  fixAll,
  keyAt,
  LARGE_LENGTH,
  plainFile,
  PlainReader,
  PUBLISHED_SCOPES,
  readFile,
  symbolsOf,
  toPlainCircumstances,
  workspaceFindings,
  type Circumstances,
} from '../../../src/manifest';
import { KeptFile } from '../../../src/workspace/keptFile';

function workload(name: string, ...consumes: readonly string[]): string {
  return [
    'apiVersion: nais.io/v1alpha1',
    'kind: Application',
    'metadata:',
    `  name: ${name}`,
    '  namespace: team',
    'spec:',
    '  maskinporten:',
    '    enabled: true',
    '    scopes:',
    '      consumes:',
    ...consumes.map((scope) => `        - name: ${scope}`),
    '',
  ].join('\n');
}

const TEXT = `${workload('one', 'ks::fiks')}---\n${workload('two', 'ks:fiks')}`;

/** A file that is kept without its text, unless `held`, and read again for its findings, as often as `reads` tells. */
function kept(text: string, asked: readonly Circumstances[] = [], held?: string) {
  const reader = new PlainReader();
  const state = { reads: 0, arrived: 0, fails: false };
  const read = (circumstances: readonly Circumstances[]) =>
    structuredClone(reader.read(text, { circumstances: circumstances.map(toPlainCircumstances) }));
  let settle: () => void = () => undefined;
  const file = new KeptFile(
    read(asked),
    held,
    asked,
    async (circumstances) => {
      state.reads++;
      await Promise.resolve();
      return state.fails ? undefined : read(circumstances).findings[0];
    },
    () => {
      state.arrived++;
      settle();
    },
  );
  const arrival = () =>
    new Promise<void>((resolve) => {
      settle = resolve;
    });
  return { file, state, arrival };
}

describe('a file that is kept as plain data', () => {
  it('says the same as the file itself', async () => {
    const whole = readFile(TEXT);
    const { file, arrival } = kept(TEXT);
    assert.equal(file.kind, 'manifest');
    assert.deepEqual(
      file.documents.map(({ range, manifest, facts }) => ({ range, manifest, facts })),
      whole.documents.map(({ range, manifest, facts }) => ({ range, manifest, facts })),
    );
    const arriving = arrival();
    findingsOf(file);
    await arriving;
    assert.deepEqual(findingsOf(file), findingsOf(whole));
    assert.ok(findingsOf(file).length > 0);
  });

  it('is read once for its findings, however many documents ask', async () => {
    const { file, state, arrival } = kept(TEXT);
    const arriving = arrival();
    assert.deepEqual(findingsOf(file), []);
    assert.deepEqual(findingsOf(file), []);
    await arriving;
    findingsOf(file);
    assert.deepEqual(state, { reads: 1, arrived: 1, fails: false });
  });

  it('shows its last findings until those for other circumstances are there', async () => {
    const text = workload('one', 'skatteetaten:inntekt').replace(
      '  maskinporten:',
      '  accessPolicy: { outbound: { external: [{ host: api.skatteetaten.no }] } }\n  maskinporten:',
    );
    const { file, state, arrival } = kept(text);
    for (const target of ['dev', 'prod'] as const) {
      const arriving = arrival();
      const before = findingsOf(file, { target });
      assert.deepEqual(before, target === 'dev' ? [] : findingsOf(readFile(text), { target: 'dev' }));
      await arriving;
      assert.deepEqual(findingsOf(file, { target }), findingsOf(readFile(text), { target }));
    }
    assert.notDeepEqual(findingsOf(file, { target: 'dev' }), findingsOf(file, { target: 'prod' }));
    assert.equal(state.reads, 2);
    assert.deepEqual(
      file.asked.map(({ target }) => target),
      ['prod', 'dev'],
    );
  });

  it('needs no reading for the findings that it came with', () => {
    const { file: first } = kept(TEXT);
    const [circumstances] = askedOf(first);
    const { file, state } = kept(TEXT, [circumstances!]);
    assert.deepEqual(findingsOf(file), findingsOf(readFile(TEXT)));
    assert.equal(state.reads, 0);
  });

  it('is not read again and again where that fails', async () => {
    const { file, state } = kept(TEXT);
    state.fails = true;
    for (let time = 0; time < 3; time++) {
      assert.deepEqual(findingsOf(file), []);
      await new Promise(setImmediate);
    }
    assert.equal(state.reads, 1);
    assert.equal(state.arrived, 0);
  });

  it('takes part in what several manifests show together, fixes included', () => {
    const [dev, prod] = [workload('one', 'ks:fiks', '"odd: scope"'), workload('one', 'ks:fiks')];
    const found = (read: (text: string) => Parameters<typeof workspaceFindings>[0][number]['file']) =>
      workspaceFindings([
        { id: 'dev', file: read(dev) },
        { id: 'prod', file: read(prod) },
      ]);
    assert.deepEqual(
      found((text) => kept(text).file),
      found(readFile),
    );
    const [finding] = found((text) => kept(text).file).get('prod') ?? [];
    assert.equal(finding?.code, 'NM061');
    assert.deepEqual(
      finding.fixes[0]?.edits.map(({ newText }) => newText),
      ['\n        - name: "odd: scope"'],
    );
  });
});

/** Circumstances as `findingsOf` makes them. */
function askedOf(file: KeptFile): readonly Circumstances[] {
  const asked: Circumstances[] = [];
  findingsOf({
    kind: file.kind,
    text: file.text,
    lineStarts: file.lineStarts,
    documents: [
      {
        ...file.documents[0]!,
        findingsIn: (circumstances) => {
          asked.push(circumstances);
          return [];
        },
      },
    ],
  });
  return asked;
}

describe('the reader of plain data', () => {
  it('gives what can be sent to another thread, and holds nothing of the text', () => {
    const plain = plainFile(readFile(TEXT), []);
    assert.deepEqual(structuredClone(plain), plain);
    assert.ok(!('text' in plain));
  });

  it('reads a file with a key on from what it was, and the same text not again', () => {
    const reader = new PlainReader();
    const read = (text: string) => reader.read(text, { key: 'file', circumstances: [] });
    const [first] = read(TEXT).documents;
    assert.equal(read(TEXT).documents[0]?.manifest, first?.manifest);
    const [unchanged, changed] = read(TEXT.replace('name: two', 'name: three')).documents;
    assert.equal(unchanged?.manifest, first?.manifest);
    assert.equal(changed?.manifest.name?.value, 'three');
  });

  it('forgets the files that were read longest ago', () => {
    const reader = new PlainReader();
    const read = (key: string) => reader.read(TEXT, { key, circumstances: [] }).documents[0]?.manifest;
    const first = read('0');
    for (let key = 1; key <= 4; key++) read(String(key));
    assert.notEqual(read('0'), first);
  });
});

describe('a large file in an editor, read in another thread', () => {
  const circumstances = { target: 'dev', onPrem: false, scopePrefix: 'nav', knownScopes: PUBLISHED_SCOPES } as const;
  const world = { ...circumstances, exposed: [], organisations: [] };
  const inSecond = TEXT.lastIndexOf('name: ks:fiks');

  it('has the outline that it has when it is read here', () => {
    const outline = ({ documents }: Parameters<typeof findingsOf>[0]) =>
      documents.map((each) => symbolsOf(each, 'nav'));
    assert.deepEqual(outline(kept(TEXT).file), outline(readFile(TEXT)));
  });

  it('knows the key at a place, by reading the one document', () => {
    const key = keyAt(kept(TEXT, [], TEXT).file, inSecond + 1);
    assert.equal(key?.key.place, 'consumes');
    assert.deepEqual(key, keyAt(readFile(TEXT), inSecond + 1));
    assert.equal(keyAt(kept(TEXT).file, inSecond + 1), undefined);
  });

  it('has the completions of the one document', () => {
    const offset = inSecond + 'name: ks'.length;
    const here = completionsAt(readFile(TEXT), offset, world);
    assert.ok(here?.items.some(({ label }) => label.startsWith('ks:')));
    assert.deepEqual(completionsAt(kept(TEXT, [], TEXT).file, offset, world), here);
  });

  it('offers neither where a document is large on its own, as reading it would hold up the editor', () => {
    const text = `${TEXT}# ${'x'.repeat(LARGE_LENGTH)}\n`;
    const { file } = kept(text, [], text);
    assert.equal(keyAt(file, inSecond + 1), undefined);
    assert.equal(completionsAt(file, inSecond + 'name: ks'.length, world), undefined);
    assert.notEqual(keyAt(file, text.indexOf('name: ks::fiks') + 1), undefined);
  });

  it('has everything fixed that its findings show, and no more until it is read again', () => {
    const text = workload('one', 'ks::fiks')
      .replace('consumes:', 'consume:')
      .concat('---\n', workload('two', '" a:b"'));
    const { file } = kept(text, [circumstances], text);
    const fixes = findingsOf(file, circumstances).flatMap((finding) => finding.fixes.filter(({ safe }) => safe));
    assert.equal(fixes.length, 2);
    assert.deepEqual(
      fixAll(file, circumstances),
      fixes.flatMap(({ edits }) => edits),
    );
    assert.notDeepEqual(fixAll(readFile(text), circumstances), fixAll(file, circumstances));
  });
});
