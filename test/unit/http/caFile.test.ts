import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readCaFile } from '../../../src/http/caFile';
import { makeCertificate } from './certificate';

describe('the CA file of the settings', () => {
  const { cert } = makeCertificate({ hostnames: ['ca.example.no'] });
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ca-file-'));
    await writeFile(path.join(folder, 'ca.pem'), cert);
    await writeFile(path.join(folder, 'empty.pem'), '');
  });
  after(() => rm(folder, { recursive: true }));

  it('is read where an absolute path, or one from the home folder, names it', async () => {
    const read = { ok: true, certificates: [cert] };
    assert.deepEqual(await readCaFile(path.join(folder, 'ca.pem')), read);
    assert.deepEqual(await readCaFile('~/ca.pem', folder), read);
  });

  it('is refused with its reason, and never by a rejection', async () => {
    for (const [file, reason] of [
      ['ca.pem', 'relative'],
      ['~/other.pem', 'missing'],
      [folder, 'missing'],
      ['~/empty.pem', 'none'],
    ] as const) {
      assert.deepEqual(await readCaFile(file, folder), { ok: false, reason }, file);
    }
  });
});
