import assert from 'node:assert/strict';
import { deploymentsIn, literalOf, targetsOf, verdictOf, type Deployment } from '../../../../src/manifest';
import { givenVariables } from '../../../../src/manifest/deploy';
import { mayBePath } from '../../../../src/manifest/deploy/text';
import { cut } from '../helpers';

const PATH = '.github/workflows/deploy.yml';

/** The deployments of one workflow whose jobs are given as they stand under `jobs`. */
function deployments(jobs: string, before = ''): readonly Deployment[] {
  return deploymentsIn(new Map([[PATH, `on: push\n${before}jobs:\n${jobs}`]]));
}

function job(env: string, head = '', uses = 'nais/deploy/actions/deploy@v2'): string {
  return `  deploy:\n${head}    steps:\n      - uses: actions/checkout@v4\n      - uses: ${uses}\n        env:\n${env
    .split('\n')
    .map((line) => `          ${line}`)
    .join('\n')}\n`;
}

function paths({ resources }: Deployment): readonly (string | undefined)[] {
  return resources.map(literalOf);
}

describe('a deploy workflow', () => {
  it('says which files go to which cluster, with which variables', () => {
    const text = job(
      'CLUSTER: dev-gcp\nRESOURCE: .nais/app.yaml, .nais/alerts.yaml\nVARS: .nais/dev.yaml\nVAR: a=1, b=x=y,flag',
    );
    const [only, ...others] = deployments(text);
    assert.ok(only);
    assert.deepEqual(others, []);
    assert.equal(only.cluster, 'dev-gcp');
    assert.deepEqual(paths(only), ['.nais/app.yaml', '.nais/alerts.yaml']);
    assert.equal(only.vars && literalOf(only.vars), '.nais/dev.yaml');
    assert.deepEqual(only.var, [
      { name: 'a', value: '1' },
      { name: 'b', value: 'x=y' },
      { name: 'flag', value: true },
    ]);
    assert.equal(only.image, false);
    assert.equal(only.job, 'deploy');
    assert.match(cut(`on: push\njobs:\n${text}`, only.range), /^uses: nais\/deploy\/actions\/deploy@v2/);
  });

  it('has its environment from the workflow, the job and the step, the nearest of all', () => {
    const [only] = deployments(
      job('CLUSTER: ${{ env.WHERE }}', '    env:\n      RESOURCE: job.yaml\n      WHERE: ${{ env.STAGE }}-gcp\n'),
      'env:\n  STAGE: prod\n  RESOURCE: workflow.yaml\n',
    );
    assert.equal(only?.cluster, 'prod-gcp');
    assert.deepEqual(paths(only), ['job.yaml']);
  });

  it('is as many deployments as its matrix has rows', () => {
    const rows = deployments(
      job(
        'CLUSTER: ${{ matrix.cluster }}\nRESOURCE: nais.yaml\nVARS: ${{ matrix.cluster }}-${{ matrix.env.name }}.yaml',
        [
          '    strategy:',
          '      matrix:',
          '        cluster: [dev-gcp, prod-gcp]',
          '        env: [{name: q1}, {name: q2}]',
          '        exclude: [{cluster: prod-gcp, env: {name: q1}}]',
          '        include:',
          '          - {cluster: dev-fss, env: {name: q0}}',
          '',
        ].join('\n'),
      ),
    );
    assert.deepEqual(
      rows.map(({ cluster, vars }) => [cluster, vars && literalOf(vars)]),
      [
        ['dev-gcp', 'dev-gcp-q1.yaml'],
        ['dev-gcp', 'dev-gcp-q2.yaml'],
        ['prod-gcp', 'prod-gcp-q2.yaml'],
        ['dev-fss', 'dev-fss-q0.yaml'],
      ],
    );
  });

  it('does not know what only the run of it knows', () => {
    const [only] = deployments(
      job(
        "CLUSTER: ${{ github.ref == 'main' && 'prod-gcp' || 'dev-gcp' }}\nRESOURCE: a-${{ inputs.x }}.yaml\nVAR: image=${{ needs.b.outputs.image }},${{ inputs.more }}",
      ),
    );
    assert.equal(only?.cluster, undefined);
    assert.deepEqual(only?.resources, [{ parts: ['a-', '.yaml'] }]);
    assert.deepEqual(only.var, [{ name: 'image', value: undefined }]);
    assert.equal(only.mayHaveMore, true);
  });

  it('gives an image where IMAGE is set', () => {
    assert.equal(deployments(job('CLUSTER: dev-gcp\nRESOURCE: a.yaml\nIMAGE: ${{ x }}'))[0]?.image, true);
  });

  it('is followed to the workflow that it calls, with what it gives it', () => {
    const called = `on:\n  workflow_call:\n    inputs:\n      cluster: {type: string}\n      file: {type: string, default: nais.yaml}\njobs:\n${job('CLUSTER: ${{ inputs.cluster }}\nRESOURCE: .nais/${{ inputs.file }}')}`;
    const calling =
      'on: push\njobs:\n  go:\n    uses: ./.github/workflows/called.yml\n    strategy:\n      matrix:\n        cluster: [dev-gcp, prod-gcp]\n    with:\n      cluster: ${{ matrix.cluster }}\n';
    const texts = new Map([['.github/workflows/called.yml', called]]);
    assert.deepEqual(
      deploymentsIn(texts).map((each) => [each.cluster, ...paths(each)]),
      [[undefined, '.nais/nais.yaml']],
    );
    assert.deepEqual(
      deploymentsIn(texts.set(PATH, calling)).map((each) => [each.cluster, each.workflow, ...paths(each)]),
      [
        ['dev-gcp', '.github/workflows/called.yml', '.nais/nais.yaml'],
        ['prod-gcp', '.github/workflows/called.yml', '.nais/nais.yaml'],
      ],
    );
  });

  it('has no deployments where another action is used, or where it is none at all', () => {
    assert.deepEqual(deployments(job('CLUSTER: dev-gcp\nRESOURCE: a.yaml', '', 'nais/docker-build-push@v0')), []);
    for (const text of ['', '- a', '{', 'jobs: 1', 'jobs: {a: {steps: {}}}', '['.repeat(5000), 'a: &a [*a]\njobs: *a'])
      assert.deepEqual(deploymentsIn(new Map([[PATH, text]])), [], text.slice(0, 20));
  });
});

describe('a path with a part that only the run knows', () => {
  const text = (...parts: string[]) => ({ parts });
  it('may be every file whose name fits, within one folder', () => {
    assert.ok(mayBePath(text('.nais/app-', '.yaml'), '.nais/app-dev.yaml'));
    assert.ok(mayBePath(text('./', '/nais.yaml'), 'app/nais.yaml'));
    assert.ok(!mayBePath(text('.nais/app-', '.yaml'), '.nais/app-x/y.yaml'));
    assert.ok(!mayBePath(text('.nais/a.b-', '.yaml'), '.nais/aXb-dev.yaml'));
  });

  it('is no file in particular where nothing of its name is known', () => {
    assert.ok(!mayBePath(text('', ''), 'nais.yaml'));
    assert.ok(!mayBePath(text('.nais/', '.yaml'), '.nais/nais.yaml'));
  });
});

describe('the targets of a manifest', () => {
  const both = deployments(
    job('CLUSTER: dev-gcp\nRESOURCE: ./nais.yaml\nVARS: dev.yaml\nVAR: image=${{ x }},team=a').concat(
      job('CLUSTER: prod-fss\nRESOURCE: nais.yaml\nVARS: prod.yaml\nVAR: image=${{ x }},team=b').replace(
        'deploy:',
        'prod:',
      ),
    ),
  );

  it('are all that its workflows deploy it to', () => {
    assert.deepEqual(
      targetsOf('nais.yaml', 'nais.yaml', both).map(({ cluster, target, onPrem, variables, origin }) => ({
        cluster,
        target,
        onPrem,
        variables,
        origin,
      })),
      [
        { cluster: 'dev-gcp', target: 'dev', onPrem: false, variables: 'dev.yaml', origin: 'workflow' },
        { cluster: 'prod-fss', target: 'prod', onPrem: true, variables: 'prod.yaml', origin: 'workflow' },
      ],
    );
  });

  it('are what its name says, where no workflow deploys it', () => {
    assert.deepEqual(
      targetsOf('nais-prod.yaml', 'nais-prod.yaml', both).map(({ target, origin }) => [target, origin]),
      [['prod', 'name']],
    );
    assert.deepEqual(targetsOf('other.yaml', 'other.yaml', both), []);
  });

  it('never come from a path that may be another file’s, against its own name', () => {
    const some = deployments(job('CLUSTER: prod-gcp\nRESOURCE: nais-${{ x }}.yaml'));
    assert.deepEqual(
      targetsOf('nais-dev.yaml', 'nais-dev.yaml', some).map(({ target, origin }) => [target, origin]),
      [['dev', 'name']],
    );
    assert.equal(targetsOf('nais-app.yaml', 'nais-app.yaml', some)[0]?.cluster, 'prod-gcp');
  });

  it('are one verdict: what all agree on, or what the chosen variables are for', () => {
    const targets = targetsOf('nais.yaml', 'nais.yaml', both);
    assert.deepEqual(verdictOf(targets), { target: 'unknown', onPrem: false });
    assert.deepEqual(verdictOf(targets, 'prod.yaml'), { target: 'prod', onPrem: true });
    assert.deepEqual(verdictOf(targets, 'dev.yaml'), { target: 'dev', onPrem: false });
    assert.deepEqual(verdictOf(targets, 'other.yaml'), { target: 'unknown', onPrem: false });
    assert.deepEqual(verdictOf([], 'vars/prod-fss.yaml'), { target: 'prod', onPrem: true });
    assert.deepEqual(verdictOf([]), { target: 'unknown', onPrem: false });
  });

  it('give the variables of the workflow beside the file', () => {
    const targets = targetsOf('nais.yaml', 'nais.yaml', both);
    assert.deepEqual(givenVariables(targets, 'dev.yaml')?.assignments, [
      { name: 'image', value: undefined },
      { name: 'team', value: 'a' },
    ]);
    assert.equal(givenVariables(targets, 'unused.yaml'), undefined);
  });
});
