import assert from 'node:assert/strict';
import { describeView, type ViewSituation } from '../../../src/explorer/viewDescription';
import { viewState, type ViewFacts } from '../../../src/explorer/viewState';
import { createTranslate } from '../../../src/shared/localize';

const WORKLOAD = { hasBlock: true, isShown: true };
const EMPTY: ViewFacts = {
  hasFolder: true,
  wholeWorkspace: false,
  activeKind: undefined,
  workloads: [],
  isReady: true,
  isSearching: false,
};

describe('what the view shows', () => {
  const cases: readonly (readonly [title: string, facts: Partial<ViewFacts>, state: string])[] = [
    ['scopes, when a workload has a block', { workloads: [{ hasBlock: false, isShown: true }, WORKLOAD] }, 'scopes'],
    ['why a filter leaves nothing', { workloads: [{ hasBlock: true, isShown: false }] }, 'filtered'],
    ['that there is no folder', { hasFolder: false }, 'noFolder'],
    ['an opened manifest without any folder', { hasFolder: false, workloads: [WORKLOAD] }, 'scopes'],
    ['nothing before it has looked', { isReady: false }, 'loading'],
    ['that the usual places have no manifest', {}, 'noManifest'],
    ['that the whole workspace has none', { wholeWorkspace: true }, 'noManifestAnywhere'],
    ['that it is still looking', { wholeWorkspace: true, isSearching: true }, 'searching'],
    ['what was found so far while it is looking', { isSearching: true, workloads: [WORKLOAD] }, 'scopes'],
    ['that a manifest has no block', { workloads: [{ hasBlock: false, isShown: true }] }, 'noBlock'],
    [
      'that no manifest of the workspace has a block',
      { wholeWorkspace: true, workloads: [{ hasBlock: false, isShown: true }] },
      'noBlockAnywhere',
    ],
    [
      'that the file is a chart’s, though another manifest is known',
      { activeKind: 'helm', workloads: [WORKLOAD] },
      'helm',
    ],
    ['that the file has variables', { activeKind: 'variables', workloads: [WORKLOAD] }, 'variables'],
    ['that the file is too large', { activeKind: 'too-large' }, 'tooLarge'],
    [
      'the whole workspace, whatever the active file is',
      { activeKind: 'helm', wholeWorkspace: true, workloads: [WORKLOAD] },
      'scopes',
    ],
    ['the last manifest beside any other file', { activeKind: 'other', workloads: [WORKLOAD] }, 'scopes'],
    [
      'no workload without a block in the whole workspace, so the filter may leave nothing',
      {
        wholeWorkspace: true,
        workloads: [
          { hasBlock: false, isShown: true },
          { hasBlock: true, isShown: false },
        ],
      },
      'filtered',
    ],
  ];
  for (const [title, facts, state] of cases) {
    it(title, () => {
      assert.equal(viewState({ ...EMPTY, ...facts }), state);
    });
  }
});

describe('the words around the tree', () => {
  const t = createTranslate({});
  const situation: ViewSituation = {
    state: 'scopes',
    environment: { label: 'My client', kind: 'test' },
    filter: '',
    wholeWorkspace: false,
    activeFile: 'nais.yaml',
    isTrusted: true,
    isOutdated: false,
    hitBound: false,
    scenarios: [],
  };

  it('are few while all is as usual: the environment alone', () => {
    assert.deepEqual(describeView(situation, t), { title: 'My client', description: undefined, message: '' });
  });

  it('name the filter, the whole workspace, and the file that is left alone', () => {
    assert.equal(describeView({ ...situation, filter: 'krr' }, t).description, '“krr”');
    assert.equal(describeView({ ...situation, wholeWorkspace: true }, t).description, 'whole workspace');
    assert.equal(describeView({ ...situation, state: 'helm' }, t).description, 'nais.yaml');
  });

  it('have one message, the most urgent', () => {
    const message = (changes: Partial<ViewSituation>) => describeView({ ...situation, ...changes }, t).message;
    const sandbox = { environment: { label: 'Sandbox', kind: 'sandbox' } } as const;
    assert.match(message(sandbox), /^The sandbox grants/);
    assert.equal(
      message({ ...sandbox, scenarios: ['Maskinporten is down', 'clock 30 s ahead'] }),
      'On purpose, in the sandbox: Maskinporten is down, clock 30 s ahead.',
    );
    assert.match(message({ ...sandbox, hitBound: true }), /stopped at its limit/);
    assert.match(message({ ...sandbox, hitBound: true, isTrusted: false }), /^Restricted Mode/);
    assert.equal(message({ ...sandbox, isTrusted: false, filter: 'krr' }), 'Only what matches “krr” is shown.');
    assert.match(
      message({ ...sandbox, isTrusted: false, filter: 'krr', isOutdated: true }),
      /cannot be read as it stands/,
    );
  });

  it('have no message beside a welcome text, which it would hide', () => {
    for (const state of ['noManifest', 'filtered', 'searching', 'helm'] as const) {
      const changes = { state, isTrusted: false, isOutdated: true, hitBound: true };
      assert.equal(describeView({ ...situation, ...changes }, t).message, '', state);
    }
  });
});
