import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { wordFault } from '../../../src/cli/faults';
import { findFiles, splitGlob } from '../../../src/cli/files';
import { createTranslate } from '../../../src/shared/localize';
import { skipSince } from '../../skip';
import { useFolders } from './support';

describe('the files of the command line', () => {
  const folderWith = useFolders();

  async function namesOf(folder: string, ...patterns: string[]): Promise<string[]> {
    const { files, faults } = await findFiles(patterns, folder);
    assert.deepEqual(faults, []);
    for (const { path: place, file } of files) assert.equal(path.resolve(folder, file), place);
    return files.map(({ file }) => file.replaceAll('\\', '/'));
  }

  it('are those that are named, by that name, whatever they are called', async () => {
    const folder = folderWith({ 'a.json': '', 'b/c.txt': '' });
    assert.deepEqual(await namesOf(folder, './b/c.txt', 'a.json'), ['./b/c.txt', 'a.json']);
  });

  it('are the YAML files below a folder that is named, hidden folders included, in order', async () => {
    const folder = folderWith({ 'z.yml': '', '.nais/b/c.yaml': '', '.nais/a.yaml': '', 'a.json': '', yaml: '' });
    assert.deepEqual(await namesOf(folder, '.'), ['.nais/a.yaml', '.nais/b/c.yaml', 'z.yml']);
    assert.deepEqual(await namesOf(folder, '.nais/'), ['.nais/a.yaml', '.nais/b/c.yaml']);
  });

  it('are not looked for in node_modules and .git, unless these are named', async () => {
    const folder = folderWith({ 'a.yaml': '', 'node_modules/b.yaml': '', 'x/.git/c.yaml': '', 'x/.github/d.yaml': '' });
    assert.deepEqual(await namesOf(folder, '.'), ['a.yaml', 'x/.github/d.yaml']);
    assert.deepEqual(await namesOf(folder, '**/*.yaml'), ['a.yaml', 'x/.github/d.yaml']);
    assert.deepEqual(await namesOf(folder, 'node_modules'), ['node_modules/b.yaml']);
  });

  it('are those that fit a pattern, of any type', async () => {
    const folder = folderWith({ 'a.yaml': '', 'b.json': '', '.nais/a.yaml': '', 'x/y/a.yaml': '' });
    assert.deepEqual(await namesOf(folder, '*'), ['a.yaml', 'b.json']);
    assert.deepEqual(await namesOf(folder, '**/a.yaml'), ['.nais/a.yaml', 'a.yaml', 'x/y/a.yaml']);
    assert.deepEqual(await namesOf(folder, '{.nais,x/*}/*.yaml'), ['.nais/a.yaml', 'x/y/a.yaml']);
    assert.deepEqual(await namesOf(path.join(folder, 'x'), '../*.json'), ['../b.json']);
    const absolute = path.join(folder, 'x', '**').replaceAll('\\', '/');
    assert.deepEqual(await namesOf(folder, absolute), [path.join(folder, 'x/y/a.yaml').replaceAll('\\', '/')]);
  });

  it('may have names that look like patterns', async () => {
    const folder = folderWith({ 'a[1].yaml': '', 'a1.yaml': '' });
    assert.deepEqual(await namesOf(folder, 'a[1].yaml'), ['a[1].yaml']);
  });

  it('come once each, by the name that came first', async () => {
    const folder = folderWith({ 'a.yaml': '', 'b.yaml': '' });
    assert.deepEqual(await namesOf(folder, 'b.yaml', '.', '*.yaml', './b.yaml'), ['b.yaml', 'a.yaml']);
  });

  it('may be links, but a link to a folder is not followed, nor is it a file', async function () {
    if (process.platform === 'win32') skipSince('a link takes rights of its own on Windows', this);
    const folder = folderWith({ 'real/a.yaml': '' });
    symlinkSync('a.yaml', path.join(folder, 'real/b.yaml'));
    symlinkSync('.', path.join(folder, 'real/round.yaml'));
    assert.deepEqual(await namesOf(folder, '.'), ['real/a.yaml', 'real/b.yaml']);
  });

  it('that are not there, folders without any, and patterns without a match are faults; the rest is found', async () => {
    const folder = folderWith({ 'a.yaml': '', 'empty/b.txt': '' });
    const { files, faults } = await findFiles(['no.yaml', 'empty', 'no/*.yaml', '*.yam', 'a.yaml'], folder);
    assert.deepEqual(
      files.map(({ file }) => file),
      ['a.yaml'],
    );
    assert.deepEqual(faults, [
      { kind: 'missing', path: 'no.yaml' },
      { kind: 'empty-folder', path: 'empty' },
      { kind: 'no-match', pattern: 'no/*.yaml' },
      { kind: 'no-match', pattern: '*.yam' },
    ]);
    assert.deepEqual(
      faults.map((fault) => wordFault(fault, createTranslate({}))),
      [
        'There is no file or folder no.yaml.',
        'The folder empty holds no YAML file.',
        'No file matches no/*.yaml.',
        'No file matches *.yam.',
      ],
    );
  });
});

describe('a pattern', () => {
  for (const [pattern, base, rest] of [
    ['*.yaml', '', '*.yaml'],
    ['apps/*/nais.yaml', 'apps', '*/nais.yaml'],
    ['../../x/**', '../../x', '**'],
    ['/*.yaml', '/', '*.yaml'],
    ['/repo/{a,b/c}/*.yaml', '/repo', '{a,b/c}/*.yaml'],
  ] as const) {
    it(`${pattern} is followed from "${base}"`, () => {
      assert.deepEqual(splitGlob(pattern, 'linux'), { base, rest });
    });
  }

  it('without anything special is none', () => {
    assert.equal(splitGlob('apps/nais.yaml', 'linux'), undefined);
    assert.equal(splitGlob('apps\\nais.yaml', 'win32'), undefined);
  });

  it('may divide folders by backslashes on Windows, where they take nothing its meaning', () => {
    assert.deepEqual(splitGlob('C:\\repo\\*\\nais.yaml', 'win32'), { base: 'C:/repo', rest: '*/nais.yaml' });
    assert.deepEqual(splitGlob('a\\*b', 'linux'), { base: '', rest: 'a\\*b' });
  });
});
