import assert from 'node:assert/strict';
import path from 'node:path';
import { run } from '../../../src/cli/run';
import { consuming, NO_INPUT, useFolders } from './support';

const PACKAGE = path.resolve(import.meta.dirname, '../../..');
const TEMPLATE = consuming('{{scope}}').replace('spec:', 'spec:\n  image: {{image}}');

describe('the command line with variables', () => {
  const folderWith = useFolders();

  async function outcomeOf(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
    let printed = '';
    let complaints = '';
    const exitCode = await run(args, {
      folder: folderWith(files),
      packageFolder: PACKAGE,
      print: (text) => {
        printed += text;
        return Promise.resolve(undefined);
      },
      complain: (text) => {
        complaints += text;
        return Promise.resolve(undefined);
      },
      ...NO_INPUT,
      untilStopped: () => Promise.resolve(),
    });
    return { exitCode, printed, complaints };
  }

  it('checks what comes out of the template, and says with which file', async () => {
    const files = { 'nais.yaml': TEMPLATE, 'bad.yaml': 'scope: a::b\n', 'good.yaml': 'scope: a:b\n' };
    const bad = await outcomeOf(files, 'check', 'nais.yaml', '--vars', 'bad.yaml');
    assert.match(bad.printed, /^nais\.yaml:12:17: warning NM013 With bad\.yaml: /);
    const good = await outcomeOf(files, 'check', 'nais.yaml', '--vars', 'good.yaml');
    assert.match(good.printed, /^Files: 1, manifests: 1, errors: 0, warnings: 0, remarks: 0\.\n$/);
    const template = await outcomeOf(files, 'check', 'nais.yaml');
    assert.equal(template.printed, good.printed);
  });

  it('lets single variables win over the file, as many as are given', async () => {
    const files = { 'nais.yaml': consuming('{{a}}:{{b}}'), 'vars.yaml': 'a: file\nb: file\n' };
    const args = ['inspect', 'nais.yaml', '--vars', 'vars.yaml', '--var', 'a=first', '--var', 'b=second=2', '--json'];
    const { printed } = await outcomeOf(files, ...args);
    const [report] = JSON.parse(printed) as { documents: { consumes: { name: string; templated: boolean }[] }[] }[];
    const [scope] = report?.documents[0]?.consumes ?? [];
    assert.equal(scope?.name, 'first:second=2');
    assert.equal(scope.templated, false);
  });

  it('takes the target from the name of the variables file', async () => {
    const manifest = consuming('krr:global/kontaktinformasjon.read').replace('api.example.no', '{{host}}');
    const files = { 'nais.yaml': manifest, 'prod.yaml': 'host: test.kontaktregisteret.no\n' };
    const { printed } = await outcomeOf(files, 'check', 'nais.yaml', '--vars', 'prod.yaml');
    assert.match(printed, / NM021 With prod\.yaml: /);
  });

  it('names a variable that is missing, where it is used', async () => {
    const { printed } = await outcomeOf(
      { 'nais.yaml': TEMPLATE, 'v.yaml': 'x: 1\n' },
      'check',
      'nais.yaml',
      '--vars',
      'v.yaml',
    );
    assert.match(printed, /nais\.yaml:12:17: warning NM081 v\.yaml has no scope: /);
    assert.doesNotMatch(printed, /has no image/);
  });

  it('names a variables file that cannot be read, and checks the rest as it stands', async () => {
    for (const [name, sentence] of [
      ['gone.yaml', 'There is no file or folder gone.yaml.'],
      ['list.yaml', 'list.yaml has no variables, as in name: value: the template was not filled in.'],
      ['broken.yaml', 'broken.yaml is neither YAML nor JSON: the template was not filled in.'],
    ] as const) {
      const files = { 'nais.yaml': consuming('a::b'), 'list.yaml': '- a\n', 'broken.yaml': 'a: [1\nb: "\n' };
      const { exitCode, printed, complaints } = await outcomeOf(files, 'check', 'nais.yaml', '--vars', name);
      assert.equal(exitCode, 2);
      assert.equal(complaints, `${sentence}\n`);
      assert.match(printed, / NM013 /);
    }
  });

  it('says when a template cannot be filled in, and inspects it as it stands', async () => {
    const files = { 'nais.yaml': `${TEMPLATE}  # {{> partial}}\n` };
    const { exitCode, printed, complaints } = await outcomeOf(files, 'inspect', 'nais.yaml', '--var', 'scope=a:b');
    assert.equal(exitCode, 2);
    assert.equal(complaints, 'nais.yaml: Nais has no partials to put here: the deploy will fail.\n');
    assert.match(printed, /consumes \{\{scope\}\}/);
  });
});
