import assert from 'node:assert/strict';
import { createTranslate } from '../../../src/shared/localize';
import { wordAccess, wordDay, wordOwnScopeFault, wordRegistryFault } from '../../../src/words/publicScopes';

const t = createTranslate({});
const DAY_MS = 24 * 3_600_000;
const NOW = Date.UTC(2026, 10, 22, 12);

describe('Words on public scopes', () => {
  it('say that no grant is needed, and how old the registry is', () => {
    const access = { kind: 'open', environments: ['test', 'prod'], fetchedAtMs: NOW - 3 * DAY_MS } as const;
    assert.equal(
      wordAccess(access, t, NOW),
      'Open to every organisation in test and production: no grant is needed (Digdir’s registry, fetched 3 d ago).',
    );
  });
  it('say who must grant a scope', () => {
    const access = { kind: 'grant', environments: ['prod'], ownerOrgno: '974761076', fetchedAtMs: NOW } as const;
    assert.match(wordAccess(access, t, NOW), /^Its owner, 974761076, must grant it to your organisation in production/);
    assert.match(wordAccess({ ...access, ownerOrgno: undefined }, t, NOW), /^Its owner must grant it/);
  });
  it('name a day in the form of every language', () => {
    assert.equal(wordDay(NOW), '2026-11-22');
  });
  it('say what a registry answered, and that nothing is lost', () => {
    for (const fault of [
      { reason: 'status', status: 503 },
      { reason: 'too-large', limitBytes: 16 * 1024 * 1024 },
      { reason: 'unreadable' },
    ] as const) {
      assert.match(wordRegistryFault(fault, 'api.example', t), /api\.example.*hat was fetched before stays/);
    }
    assert.match(wordRegistryFault({ reason: 'too-large', limitBytes: 16 * 1024 * 1024 }, 'x', t), /16 MB/);
  });
  it('name the row of the setting, and its fault', () => {
    for (const problem of ['not-an-object', 'no-scope', 'not-a-scope', 'hosts', 'owner', 'documentation'] as const) {
      assert.match(wordOwnScopeFault({ row: 3, problem, value: 'a:b' }, t), /^Row 3 of maskinporten\.knownScopes/);
    }
  });
});
