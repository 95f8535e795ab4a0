import assert from 'node:assert/strict';
import { findingsOf, guessTarget, KnownScopes, ownerOf, PUBLISHED_SCOPES, readFile } from '../../../src/manifest';
import { isHost } from '../../../src/manifest/rules/hosts';
import { consuming } from './helpers';

describe('the known scopes', () => {
  const { rows } = PUBLISHED_SCOPES;

  it('each have a source, documentation and an owner, and stand there once', () => {
    assert.ok(rows.length > 60);
    assert.equal(new Set(rows.map(({ scope }) => scope)).size, rows.length);
    for (const { scope, source, documentation, confidence, test, prod, owner } of rows) {
      assert.match(source, /^https:\/\//, scope);
      assert.match(documentation, /^https:\/\//, scope);
      assert.ok(['stated', 'paired', 'named'].includes(confidence), scope);
      assert.equal(confidence === 'named', test.length + prod.length === 0, scope);
      assert.ok(ownerOf(`${owner}:x`), scope);
      assert.equal(owner, scope.split(/[:/]/)[0]);
      assert.ok([...test, ...prod].every(isHost), scope);
    }
  });
  it('are sorted, so that a new one has one place', () => {
    const names = rows.map(({ scope }) => scope);
    assert.deepEqual(names, [...names].sort());
  });
  it('know where an API is, in test and in production', () => {
    assert.deepEqual(PUBLISHED_SCOPES.hostsOf('ks:fiks', 'dev'), ['api.fiks.test.ks.no']);
    assert.deepEqual(PUBLISHED_SCOPES.hostsOf('ks:fiks', 'prod'), ['api.fiks.ks.no']);
    assert.deepEqual(PUBLISHED_SCOPES.hostsOf('ks:fiks', 'unknown'), []);
    assert.deepEqual(PUBLISHED_SCOPES.hostsOf('no:such', 'prod'), []);
  });
  it('know which environment a host belongs to, and its counterpart there', () => {
    assert.deepEqual(PUBLISHED_SCOPES.roleOf('Maskinporten.no'), {
      target: 'prod',
      counterparts: ['test.maskinporten.no'],
    });
    assert.deepEqual(PUBLISHED_SCOPES.roleOf('tt02.altinn.no')?.counterparts, ['www.altinn.no']);
    assert.equal(PUBLISHED_SCOPES.roleOf('example.com'), undefined);
  });
  it('say nothing of a host that serves both environments', () => {
    const row = { owner: 'x', documentation: '', confidence: 'stated', source: '' } as const;
    const known = new KnownScopes([{ ...row, scope: 'x:y', test: ['a.no'], prod: ['a.no'] }]);
    assert.equal(known.roleOf('a.no'), undefined);
  });
  it('may be others than the published ones', () => {
    const row = { owner: 'x', test: [], prod: ['x.no'], documentation: '', confidence: 'stated', source: '' } as const;
    const knownScopes = new KnownScopes([...rows, { ...row, scope: 'ssb:private_scope' }]);
    const file = readFile(consuming('- name: ssb:private_scope'));
    assert.deepEqual(
      findingsOf(file).map(({ code }) => code),
      ['NM012'],
    );
    assert.deepEqual(
      findingsOf(file, { knownScopes, target: 'prod' }).map(({ code }) => code),
      ['NM020'],
    );
  });
});

describe('the target of a manifest', () => {
  for (const [path, target, onPrem] of [
    ['.nais/nais-dev.yaml', 'dev', false],
    ['.nais/nais-prod.yaml', 'prod', false],
    ['nais/dev/app.yaml', 'dev', false],
    ['/home/me/app/nais/prod/app.yaml', 'prod', false],
    ['nais\\prod-gcp.yaml', 'prod', false],
    ['.nais/deploy-q1.yml', 'dev', false],
    ['.nais/preprod.yaml', 'dev', false],
    ['config.test.yml', 'dev', false],
    ['nais/prod-fss.yaml', 'prod', true],
    ['nais/dev-fss/app.yaml', 'dev', true],
    ['nais/naiserator-production.yml', 'prod', false],
    ['nais/prod/nais-dev.yaml', 'dev', false],
    ['.nais/nais.yaml', 'unknown', false],
    ['nais/dev-prod.yaml', 'unknown', false],
    ['nais/product.yaml', 'unknown', false],
    ['/home/prod/a/b/c/nais.yaml', 'unknown', false],
    ['', 'unknown', false],
  ] as const) {
    it(`is ${target} for “${path}”${onPrem ? ', on-prem' : ''}`, () => {
      assert.deepEqual(guessTarget(path), { target, onPrem });
    });
  }
});
