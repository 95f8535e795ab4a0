import assert from 'node:assert/strict';
import { parseOptions, type Misuse } from '../../../src/cli/options';
import { wordMisuse } from '../../../src/cli/usage';
import { createTranslate } from '../../../src/shared/localize';

function misuseOf(...args: string[]): Misuse {
  const options = parseOptions(args);
  assert.equal(options.kind, 'misuse');
  return options.misuse;
}

describe('the arguments of the command line', () => {
  it('are a command and its files; text in English for Nav unless they say otherwise', () => {
    assert.deepEqual(parseOptions(['check', 'a.yaml', '.nais']), {
      language: 'en',
      kind: 'check',
      patterns: ['a.yaml', '.nais'],
      format: 'text',
      scopePrefix: undefined,
      vars: undefined,
      assignments: [],
      organisation: undefined,
      config: undefined,
      fix: false,
    });
  });

  it('hold variables: one file, and as many assignments as are given', () => {
    const options = parseOptions(['check', 'a.yaml', '--vars', 'dev.yaml', '--var', 'a=1', '--var=b=2']);
    assert.ok(options.kind === 'check');
    assert.equal(options.vars, 'dev.yaml');
    assert.deepEqual(options.assignments, ['a=1', 'b=2']);
  });

  it('are for a sandbox its manifests and where it is to be reached', () => {
    const args = [
      'sandbox',
      '--manifest',
      'a.yaml',
      '--texas',
      '--port=8',
      '--allow-host',
      'a',
      'b.yaml',
      '--allow-host=b:1',
    ];
    assert.deepEqual(parseOptions([...args, '--public-url', 'http://a:8/x', '--dotenv', '.env', '--client', 'app']), {
      language: 'en',
      kind: 'sandbox',
      config: undefined,
      manifests: ['a.yaml', 'b.yaml'],
      port: 8,
      bind: undefined,
      publicUrl: 'http://a:8/x',
      allowedHosts: ['a', 'b:1'],
      texas: true,
      envFile: '.env',
      client: 'app',
      scopePrefix: 'nav',
      organisation: undefined,
      vars: undefined,
      assignments: [],
    });
  });

  it('may stand in any order', () => {
    assert.deepEqual(
      parseOptions([
        '--language=nb',
        'inspect',
        '--json',
        'a.yaml',
        '--scope-prefix',
        'ssb',
        '--organisation=974760673',
      ]),
      {
        language: 'nb',
        kind: 'inspect',
        patterns: ['a.yaml'],
        format: 'json',
        scopePrefix: 'ssb',
        vars: undefined,
        assignments: [],
        organisation: '974760673',
        config: undefined,
        fix: false,
      },
    );
  });

  it('take --json for --format json', () => {
    for (const args of [['--json'], ['--format', 'json'], ['--format=json'], ['--json', '--format', 'json']]) {
      const options = parseOptions(['check', ...args, 'a.yaml']);
      assert.equal(options.kind === 'check' && options.format, 'json', args.join(' '));
    }
  });

  it('after -- are files, whatever they look like', () => {
    const options = parseOptions(['check', '--', '--json']);
    assert.deepEqual(options.kind === 'check' && [options.patterns, options.format], [['--json'], 'text']);
  });

  it('ask for help or the version, with or without a command', () => {
    assert.equal(parseOptions(['--help']).kind, 'help');
    assert.equal(parseOptions(['check', '-h']).kind, 'help');
    assert.equal(parseOptions(['--version']).kind, 'version');
  });

  for (const [args, misuse] of [
    [[], { kind: 'no-command' }],
    [['chekc', 'a.yaml'], { kind: 'unknown-command', command: 'chekc' }],
    [['check'], { kind: 'no-files', command: 'check' }],
    [['check', 'a.yaml', '--jsno'], { kind: 'unknown-option', option: '--jsno' }],
    [['check', 'a.yaml', '--constructor'], { kind: 'unknown-option', option: '--constructor' }],
    [['check', '-x', 'a.yaml'], { kind: 'unknown-option', option: '-x' }],
    [['check', 'a.yaml', '--format'], { kind: 'no-value', option: '--format' }],
    [['check', 'a.yaml', '--scope-prefix='], { kind: 'no-value', option: '--scope-prefix' }],
    [['check', 'a.yaml', '--organisation', 'nav'], { kind: 'no-organisation', option: '--organisation' }],
    [['check', 'a.yaml', '--json=yes'], { kind: 'unwanted-value', option: '--json' }],
    [
      ['check', 'a.yaml', '--format', 'xml'],
      { kind: 'bad-value', option: '--format', value: 'xml', allowed: ['text', 'json', 'sarif', 'github'] },
    ],
    [
      ['inspect', 'a.yaml', '--format', 'sarif'],
      { kind: 'bad-value', option: '--format', value: 'sarif', allowed: ['text', 'json'] },
    ],
    [['inspect', 'a.yaml', '--fix'], { kind: 'not-of-command', option: '--fix', command: 'inspect' }],
    [
      ['check', 'a.yaml', '--language', 'nn'],
      { kind: 'bad-value', option: '--language', value: 'nn', allowed: ['en', 'nb'] },
    ],
    [['check', 'a.yaml', '--json', '--format', 'text'], { kind: 'two-formats', format: 'text' }],
    [['check', 'a.yaml', '--json', '--format', 'sarif'], { kind: 'two-formats', format: 'sarif' }],
    [['check', 'a.yaml', '--port', '1'], { kind: 'not-of-command', option: '--port', command: 'check' }],
    [['sandbox', '--config', 'a', '--json'], { kind: 'not-of-command', option: '--json', command: 'sandbox' }],
    [['sandbox', '--texas'], { kind: 'nothing-to-serve' }],
    [['sandbox', '--port', '65536'], { kind: 'no-port', option: '--port' }],
    [['sandbox', '--public-url', 'sandbox'], { kind: 'no-public-url', option: '--public-url' }],
    [['sandbox', '--public-url', 'http://u:p@sandbox/'], { kind: 'no-public-url', option: '--public-url' }],
    [['sandbox', '--public-url', 'http://sandbox/?x'], { kind: 'no-public-url', option: '--public-url' }],
    [['sandbox', '--allow-host', 'http://db'], { kind: 'no-host', option: '--allow-host' }],
    [['sandbox', '--texas=yes'], { kind: 'unwanted-value', option: '--texas' }],
  ] as const) {
    it(`are of no use as: ${args.join(' ')}`, () => {
      assert.deepEqual(misuseOf(...args), misuse);
    });
  }

  it('tell the language even when they are of no use otherwise', () => {
    assert.equal(parseOptions(['--jsno', '--language', 'nb']).language, 'nb');
  });

  it('are explained in one sentence, with the way to help', () => {
    const t = createTranslate({});
    assert.equal(
      wordMisuse(misuseOf('check', '--format', 'xml', 'a.yaml'), t),
      '--format cannot be xml. It can be text, json, sarif, github. nais-maskinporten --help tells what there is.',
    );
    assert.equal(
      wordMisuse(misuseOf('--jsno'), t),
      'There is no option --jsno. nais-maskinporten --help tells what there is.',
    );
  });
});
