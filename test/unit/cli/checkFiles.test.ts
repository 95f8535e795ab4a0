import assert from 'node:assert/strict';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../../../src/cli/run';
import { skipSince } from '../../skip';
import { consuming, NO_INPUT, useFolders } from './support';

const PACKAGE = path.resolve(import.meta.dirname, '../../..');
const GOOD = consuming('etat:fisk');
const BROKEN = GOOD.replace('consumes', 'consume');
const TWICE = consuming('etat:fisk', 'etat:fisk');

describe('check', () => {
  const folderWith = useFolders();

  async function check(folder: string, ...args: readonly string[]) {
    let printed = '';
    let complaints = '';
    const exitCode = await run(['check', ...args], {
      folder,
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

  function contentOf(folder: string, file: string): string {
    return readFileSync(path.join(folder, file), 'utf8');
  }

  it('prints SARIF with what the findings are about and what could not be read', async () => {
    const folder = folderWith({ 'a.yaml': BROKEN });
    const { exitCode, printed } = await check(folder, 'a.yaml', 'no.yaml', '--format', 'sarif');
    assert.equal(exitCode, 2);
    const log = JSON.parse(printed) as { runs: { results: { ruleId: string }[]; invocations: object[] }[] };
    assert.deepEqual(
      log.runs[0]!.results.map(({ ruleId }) => ruleId),
      ['NM005'],
    );
    assert.match(JSON.stringify(log.runs[0]!.invocations), /"There is no file or folder no\.yaml\."/);
  });

  it('prints annotations of GitHub Actions, and the sum', async () => {
    const folder = folderWith({ 'a.yaml': BROKEN });
    const { exitCode, printed } = await check(folder, 'a.yaml', '--format', 'github');
    assert.equal(exitCode, 1);
    assert.match(printed, /^::error file=a\.yaml,line=10,.*title=NM005::.+\nFiles: 1, .+\n$/);
  });

  describe('with --fix', () => {
    it('cures what needs no decision, says what it did, and judges what is left', async () => {
      const folder = folderWith({ 'a.yaml': BROKEN, 'good.yaml': GOOD });
      const { exitCode, printed, complaints } = await check(folder, '.', '--fix');
      assert.equal(contentOf(folder, 'a.yaml'), GOOD);
      assert.equal(complaints, 'a.yaml: cured NM005: Rename consume to consumes\n');
      assert.deepEqual([exitCode, printed], [0, 'Files: 2, manifests: 2, errors: 0, warnings: 0, remarks: 0.\n']);
    });

    it('keeps what is written around it: comments, line ends, the byte order mark', async () => {
      const odd = `\uFEFF# first\n${BROKEN}# last`.replaceAll('\n', '\r\n');
      const folder = folderWith({ 'a.yaml': odd });
      await check(folder, 'a.yaml', '--fix');
      assert.equal(contentOf(folder, 'a.yaml'), odd.replace('consume:', 'consumes:'));
    });

    it('never touches a value that a template fills in, with variables or without', async () => {
      const text = consuming('"{{scope}}"', '"{{scope}}"').replace('api.example.no', '"https://{{host}}/"');
      const folder = folderWith({ 'a.yaml': text, 'vars.yaml': 'scope: etat:fisk\nhost: api.example.no\n' });
      for (const args of [[], ['--vars', 'vars.yaml']]) {
        await check(folder, 'a.yaml', '--fix', ...args);
        assert.equal(contentOf(folder, 'a.yaml'), text);
      }
    });

    it('leaves no file beside it, and keeps its mode and the link that leads to it', async function () {
      if (process.platform === 'win32') skipSince('Windows has other modes and links', this);
      const folder = folderWith({ 'real/a.yaml': BROKEN });
      chmodSync(path.join(folder, 'real/a.yaml'), 0o640);
      symlinkSync('real/a.yaml', path.join(folder, 'link.yaml'));
      assert.equal((await check(folder, 'link.yaml', '--fix')).exitCode, 0);
      assert.ok(lstatSync(path.join(folder, 'link.yaml')).isSymbolicLink());
      assert.equal(contentOf(folder, 'real/a.yaml'), GOOD);
      assert.equal(statSync(path.join(folder, 'real/a.yaml')).mode & 0o777, 0o640);
      assert.deepEqual(readdirSync(path.join(folder, 'real')), ['a.yaml']);
    });

    it('leaves alone a file whose bytes are not what was read, and says so', async () => {
      const latin = Buffer.concat([Buffer.from([0x23, 0xe5, 0x0a]), Buffer.from(BROKEN)]);
      const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(BROKEN, 'utf16le')]);
      for (const bytes of [latin, utf16]) {
        const folder = folderWith({ 'a.yaml': bytes });
        const { exitCode, complaints } = await check(folder, 'a.yaml', '--fix');
        assert.equal(exitCode, 2);
        assert.equal(complaints, 'a.yaml is not UTF-8, and is left as it is.\n');
        assert.ok(readFileSync(path.join(folder, 'a.yaml')).equals(bytes));
      }
    });

    it('says when it may not write, and leaves the file whole', async function () {
      if (process.platform === 'win32') skipSince('Windows has other rights for files', this);
      if (process.getuid?.() === 0) skipSince('root may write everything', this);
      const folder = folderWith({ 'shut/a.yaml': BROKEN });
      chmodSync(path.join(folder, 'shut'), 0o555);
      const { exitCode, complaints } = await check(folder, 'shut/a.yaml', '--fix');
      chmodSync(path.join(folder, 'shut'), 0o755);
      assert.deepEqual([exitCode, complaints], [2, 'shut/a.yaml could not be written (EACCES).\n']);
      assert.equal(contentOf(folder, 'shut/a.yaml'), BROKEN);
    });

    it('leaves what is switched off', async () => {
      const config = JSON.stringify({ 'maskinporten.diagnostics.severity': { NM005: 'off' } });
      const folder = folderWith({ 'a.yaml': BROKEN, '.nais-maskinporten.json': config });
      const { complaints } = await check(folder, 'a.yaml', '--fix');
      assert.deepEqual([complaints, contentOf(folder, 'a.yaml')], ['', BROKEN]);
    });
  });

  describe('with a configuration', () => {
    it('takes severities by the names of the editor, and the exit code follows them', async () => {
      const config = JSON.stringify({
        'maskinporten.diagnostics.severity': { NM014: 'error', NM005: 'off', NM061: 'off' },
      });
      const folder = folderWith({ 'twice.yaml': TWICE, 'a.yaml': BROKEN, '.nais-maskinporten.json': config });
      const { exitCode, printed } = await check(folder, 'twice.yaml', 'a.yaml');
      assert.equal(exitCode, 1);
      assert.match(printed, /^twice\.yaml:12:17: error NM014 .+\nFiles: 2, .+ errors: 1, warnings: 0, remarks: 0\.\n$/);
    });

    it('is read from where the arguments say, in place of the usual one', async () => {
      const folder = folderWith({
        'twice.yaml': TWICE,
        '.nais-maskinporten.json': '{"maskinporten.diagnostics.severity": {"NM014": "error"}}',
        'ci/own.json': '{"maskinporten.diagnostics.severity": {"NM014": "hint"}}',
      });
      assert.match((await check(folder, 'twice.yaml', '--config', 'ci/own.json')).printed, /: hint NM014/);
    });

    it('says whose clusters the manifests are for, unless the arguments do', async () => {
      const exposing = GOOD.replace(
        /consumes:\n.*\n/,
        'exposes:\n        - enabled: true\n          product: fisk\n          name: les\n',
      );
      const folder = folderWith({
        'a.yaml': exposing,
        '.nais-maskinporten.json': '{"maskinporten.organisation.scopePrefix": "ssb"}',
      });
      assert.match((await check(folder, 'a.yaml')).printed, /NM045 .*ssb:fisk:les/);
      assert.match((await check(folder, 'a.yaml', '--scope-prefix', 'ks')).printed, /NM045 .*ks:fisk:les/);
    });

    it('knows scopes of its own, and the hosts of their APIs', async () => {
      const folder = folderWith({
        'dev.yaml': GOOD,
        '.nais-maskinporten.json': JSON.stringify({
          'maskinporten.knownScopes': [{ scope: 'etat:fisk', test: ['api.etat.no'], prod: ['api.etat.no'] }],
        }),
      });
      assert.match((await check(folder, 'dev.yaml')).printed, /NM020 .*api\.etat\.no/);
    });

    for (const [title, config, complaint] of [
      ['is no JSON', '{', '.nais-maskinporten.json is no JSON.\n'],
      [
        'has a name that no setting has',
        '{"maskinporten.severity": {}}',
        '.nais-maskinporten.json cannot have maskinporten.severity.\n',
      ],
      [
        'names a code that there is not',
        '{"maskinporten.diagnostics.severity": {"NM999": "off"}}',
        '.nais-maskinporten.json: maskinporten.diagnostics.severity cannot have NM999.\n',
      ],
      [
        'misspells a severity',
        '{"maskinporten.diagnostics.severity": {"NM014": "eror"}}',
        '.nais-maskinporten.json: maskinporten.diagnostics.severity.NM014 must be one of error, warning, information, hint, off.\n',
      ],
      [
        'has a host that is an address',
        '{"maskinporten.knownScopes": [{"scope": "etat:fisk", "test": ["https://api.etat.no/"]}]}',
        '.nais-maskinporten.json: row 1 of maskinporten.knownScopes is no scope with host names.\n',
      ],
    ] as const) {
      it(`that ${title} is refused, and nothing is checked`, async () => {
        const folder = folderWith({ 'a.yaml': BROKEN, '.nais-maskinporten.json': config });
        assert.deepEqual(await check(folder, 'a.yaml', '--fix'), { exitCode: 2, printed: '', complaints: complaint });
        assert.equal(contentOf(folder, 'a.yaml'), BROKEN);
      });
    }

    it('that was named and is not there is refused', async () => {
      const folder = folderWith({ 'a.yaml': GOOD });
      const { exitCode, complaints } = await check(folder, 'a.yaml', '--config', 'no.json');
      assert.deepEqual([exitCode, complaints], [2, 'There is no file or folder no.json.\n']);
    });

    it('is described by a schema that knows each code of the page of diagnostics, and no other', () => {
      const schema = JSON.parse(contentOf(PACKAGE, 'docs/check.schema.json')) as {
        properties: Record<string, { properties?: Record<string, unknown> }>;
      };
      const known = Object.keys(schema.properties['maskinporten.diagnostics.severity']?.properties ?? {});
      const codes = [...contentOf(PACKAGE, 'docs/diagnostics.md').matchAll(/^## (NM\d{3})$/gm)].map(([, code]) => code);
      assert.deepEqual(known, codes);
    });

    it('has the names of settings that the editor has', () => {
      const { properties } = JSON.parse(contentOf(PACKAGE, 'docs/check.schema.json')) as { properties: object };
      const { contributes } = JSON.parse(contentOf(PACKAGE, 'package.json')) as {
        contributes: { configuration: { properties: object } };
      };
      const settings = Object.keys(contributes.configuration.properties);
      const own = Object.keys(properties).filter((name) => name !== '$schema');
      assert.deepEqual(
        own.filter((name) => !settings.includes(name)),
        [],
      );
    });
  });

  it('does not overwrite what somebody wrote while it was reading', async () => {
    const { fixFile } = await import('../../../src/cli/fix');
    const { readFile } = await import('../../../src/manifest');
    const folder = folderWith({ 'a.yaml': BROKEN });
    const place = path.join(folder, 'a.yaml');
    const read = readFile(BROKEN);
    writeFileSync(place, TWICE);
    const { fault, text } = await fixFile({ file: 'a.yaml', place, read }, {});
    assert.deepEqual([fault?.kind, text], ['changed-meanwhile', undefined]);
    assert.equal(readFileSync(place, 'utf8'), TWICE);
  });
});
