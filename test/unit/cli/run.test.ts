import assert from 'node:assert/strict';
import path from 'node:path';
import { run, type Surroundings } from '../../../src/cli/run';
import { consuming, NO_INPUT, useFolders } from './support';

const PACKAGE = path.resolve(import.meta.dirname, '../../..');
const BROKEN = consuming('etat:fisk').replace('consumes', 'consume');

describe('a run of the command line', () => {
  const folderWith = useFolders();

  async function outcomeOf(folder: string, args: readonly string[], other: Partial<Surroundings> = {}) {
    let printed = '';
    let complaints = '';
    const exitCode = await run(args, {
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
      ...other,
    });
    return { exitCode, printed, complaints };
  }

  function failingWith(code: string): Pick<Surroundings, 'print'> {
    return { print: () => Promise.resolve(Object.assign(new Error('of the system'), { code })) };
  }

  it('keeps its exit code when the reader has seen enough', async () => {
    const folder = folderWith({ 'good.yaml': consuming('etat:fisk'), 'bad.yaml': BROKEN });
    const bad = await outcomeOf(folder, ['check', 'bad.yaml'], failingWith('EPIPE'));
    assert.deepEqual([bad.exitCode, bad.complaints], [1, '']);
    const good = await outcomeOf(folder, ['check', 'good.yaml'], failingWith('EPIPE'));
    assert.deepEqual([good.exitCode, good.complaints], [0, '']);
  });

  it('says when its result could not be written, with another code than that of a check', async () => {
    const folder = folderWith({ 'good.yaml': consuming('etat:fisk') });
    const { exitCode, complaints } = await outcomeOf(folder, ['check', 'good.yaml'], failingWith('ENOSPC'));
    assert.equal(exitCode, 2);
    assert.equal(complaints, 'The result could not be written (ENOSPC).\n');
  });

  it('says when the fault is its own, with another code than that of a check', async () => {
    const folder = folderWith({ 'good.yaml': consuming('etat:fisk') });
    const args = ['check', 'good.yaml', '--language', 'nb'];
    const { exitCode, printed, complaints } = await outcomeOf(folder, args, { packageFolder: folder });
    assert.equal(exitCode, 2);
    assert.equal(printed, '');
    assert.match(complaints, /^This is a fault of nais-maskinporten [\d.]+, not of your files\.\n/);
  });

  it('does not let names and texts of files steer the terminal', async () => {
    const folder = folderWith({ 'a.yaml': consuming('"etat:fisk"', '"ks:\\e[31mfiks"') });
    const { printed } = await outcomeOf(folder, ['inspect', 'a.yaml']);
    assert.match(printed, /consumes ks:\\u\{1b\}\[31mfiks\n/);
    const { complaints } = await outcomeOf(folder, ['inspect', '\u001b[31m.yaml']);
    assert.equal(complaints, 'No file matches \\u{1b}[31m.yaml.\n');
  });
});
