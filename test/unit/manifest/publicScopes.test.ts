import assert from 'node:assert/strict';
import {
  findingsOf,
  knownScopesWith,
  PlainReader,
  PublicScopes,
  readFile,
  readOwnScopes,
  toPlainCircumstances,
  type FindingOptions,
} from '../../../src/manifest';
import { consuming, cut } from './helpers';
import { DAY, listed, optionsFor, scope } from './cases/publicScopes';

function codesOf(name: string, options: FindingOptions): readonly string[] {
  return findingsOf(readFile(consuming(`- name: ${name}`)), options).map(({ code }) => code);
}

describe('the registry of public scopes', () => {
  it('says nothing before it was fetched', () => {
    assert.deepEqual(codesOf('ssb:hidden/read', {}), []);
    assert.deepEqual(codesOf('ssb:hidden/read', optionsFor(new PublicScopes())), []);
  });
  it('is asked for the environment of the manifest alone', () => {
    const options = optionsFor(listed([scope('ssb:only/test')], [scope('ssb:only/prod')]));
    assert.deepEqual(codesOf('ssb:only/test', { ...options, target: 'dev' }), []);
    assert.deepEqual(codesOf('ssb:only/test', { ...options, target: 'prod' }), ['NM016']);
    assert.deepEqual(codesOf('ssb:only/prod', { ...options, target: 'dev' }), ['NM016']);
    assert.deepEqual(codesOf('ssb:only/prod', options), []);
  });
  it('says nothing of an environment whose registry was not fetched', () => {
    const options = optionsFor(listed([scope('ssb:open')], undefined));
    assert.deepEqual(codesOf('ssb:hidden/read', { ...options, target: 'prod' }), []);
  });
  it('adds to the scopes that are known', () => {
    const known = knownScopesWith([], listed([scope('ssb:statistics/read', { description: 'Les' })], undefined));
    assert.equal(known.get('ssb:statistics/read')?.confidence, 'listed');
    assert.equal(known.get('ssb:statistics/read')?.description, 'Les');
    assert.deepEqual(codesOf('ssb:statistcs/read', { knownScopes: known }), ['NM015']);
    assert.deepEqual(known.get('ks:fiks')?.prod, ['api.fiks.ks.no']);
  });
  it('knows who must grant a scope, and that some need none', () => {
    const registry = listed(
      [scope('a:open', { accessibleForAll: true }), scope('a:b'), scope('a:mixed')],
      [scope('a:open', { accessibleForAll: true }), scope('a:mixed', { accessibleForAll: true })],
    );
    assert.deepEqual(registry.access('a:open', 'unknown'), {
      kind: 'open',
      environments: ['test', 'prod'],
      fetchedAtMs: DAY,
    });
    assert.deepEqual(registry.access('a:b', 'dev'), {
      kind: 'grant',
      environments: ['test'],
      ownerOrgno: '974761076',
      fetchedAtMs: DAY,
    });
    assert.equal(registry.access('a:b', 'prod'), undefined);
    assert.equal(registry.access('a:mixed', 'unknown'), undefined);
    assert.equal(registry.access('a:mixed', 'prod')?.kind, 'open');
  });
  it('finds the same in another thread', () => {
    const text = consuming('- name: ssb:hidden/read', '- name: ssb:gone');
    const known = knownScopesWith(
      [{ scope: 'own:scope', owner: 'Us', test: ['t.no'], prod: [], documentation: undefined }],
      listed([scope('ssb:gone', { active: false })], undefined),
    );
    const circumstances = { target: 'dev', onPrem: false, scopePrefix: 'nav', knownScopes: known } as const;
    const plain = structuredClone(toPlainCircumstances(circumstances));
    const findings = new PlainReader().read(text, { circumstances: [plain] }).findings.flat(2);
    assert.deepEqual(findings, findingsOf(readFile(text), circumstances));
    assert.deepEqual(
      findings.map(({ code, range }) => [code, cut(text, range)]),
      [
        ['NM016', 'ssb:hidden/read'],
        ['NM017', 'ssb:gone'],
      ],
    );
  });
});

describe('the user’s own scopes', () => {
  const read = (...rows: readonly unknown[]) => readOwnScopes(rows);

  it('have hosts, an owner and a page', () => {
    const row = {
      scope: 'ssb:x',
      owner: 'SSB',
      test: ['T.ssb.no'],
      prod: ['ssb.no'],
      documentation: 'https://ssb.no/',
    };
    assert.deepEqual(read(row), { rows: [{ ...row, test: ['t.ssb.no'] }], faults: [] });
  });
  it('need no more than a name', () => {
    assert.deepEqual(read({ scope: 'ssb:x' }).rows, [
      { scope: 'ssb:x', owner: undefined, test: [], prod: [], documentation: undefined },
    ]);
  });
  for (const [row, problem] of [
    ['ssb:x', 'not-an-object'],
    [null, 'not-an-object'],
    [['ssb:x'], 'not-an-object'],
    [{}, 'no-scope'],
    [{ scope: 7 }, 'no-scope'],
    [{ scope: 'a b' }, 'not-a-scope'],
    [{ scope: 'a:å' }, 'not-a-scope'],
    [{ scope: 'a:b', test: ['https://a.no'] }, 'hosts'],
    [{ scope: 'a:b', prod: [7] }, 'hosts'],
    [{ scope: 'a:b', owner: 7 }, 'owner'],
    [{ scope: 'a:b', documentation: 'http://a.no' }, 'documentation'],
    [{ scope: 'a:b', documentation: 'command:x' }, 'documentation'],
  ] as const) {
    it(`leave out ${JSON.stringify(row)} (${problem}), and keep the others`, () => {
      const { rows, faults } = read(row, { scope: 'good:one' });
      assert.deepEqual(
        rows.map(({ scope: name }) => name),
        ['good:one'],
      );
      assert.deepEqual(
        faults.map(({ row: number, problem: what }) => [number, what]),
        [[1, problem]],
      );
    });
  }
  for (const setting of [undefined, null, 7, 'x', {}]) {
    it(`are none where the setting is ${JSON.stringify(setting)}`, () => {
      assert.deepEqual(readOwnScopes(setting), { rows: [], faults: [] });
    });
  }
  it('come before what is published, and keep what they do not say', () => {
    const { rows } = read({ scope: 'ks:fiks', test: ['mine.no'], owner: 'Us' }, { scope: 'ssb:Own_one' });
    const known = knownScopesWith(rows, new PublicScopes());
    const row = known.get('ks:fiks');
    assert.deepEqual([row?.test, row?.prod, row?.ownerName], [['mine.no'], ['api.fiks.ks.no'], 'Us']);
    assert.deepEqual(codesOf('ssb:Own_one', { knownScopes: known }), []);
    assert.deepEqual(codesOf('ssb:Own_one', {}), ['NM012']);
  });
  it('are not hinted at when the registry lacks them', () => {
    const known = knownScopesWith(read({ scope: 'ssb:hidden/read' }).rows, listed([scope('ssb:open')], undefined));
    assert.deepEqual(codesOf('ssb:hidden/read', { knownScopes: known }), []);
  });
});
