import assert from 'node:assert/strict';
import { maskinportenSecretName } from '../../../src/maskinporten/secretName';
import { isDnsLabel } from '../../../src/maskinporten/names';

describe('maskinportenSecretName', () => {
  it('is what naiserator expects of its own example', () => {
    assert.equal(maskinportenSecretName('myapplication'), 'maskinporten-myapplication-9561321b');
  });

  it('keeps all of a name that just fits', () => {
    const fits = 'a'.repeat(54 - 'maskinporten-'.length);
    assert.equal(maskinportenSecretName(fits), `maskinporten-${fits}-${crc32(`maskinporten-${fits}`)}`);
    assert.equal(maskinportenSecretName(fits).length, 63);
  });

  it('cuts a longer name, and the checksum is of the whole', () => {
    const long = `${'a'.repeat(54 - 'maskinporten-'.length)}bcd`;
    const name = maskinportenSecretName(long);
    assert.equal(name, `${`maskinporten-${long}`.slice(0, 54)}-${crc32(`maskinporten-${long}`)}`);
    assert.equal(name.length, 63);
    assert.ok(isDnsLabel(name));
    assert.notEqual(name, maskinportenSecretName(`${long}e`));
  });

  it('always has eight digits of checksum', () => {
    const names = Array.from({ length: 2000 }, (_, index) => `app${index}`);
    const sums = names.map((name) => maskinportenSecretName(name).slice(`maskinporten-${name}-`.length));
    assert.deepEqual(
      sums.filter((sum) => !/^[0-9a-f]{8}$/.test(sum)),
      [],
    );
    assert.ok(
      sums.some((sum) => sum.startsWith('0')),
      'none of the names showed that zeros are kept',
    );
  });
});

/** CRC-32 by its definition (ISO 3309), bit by bit. */
function crc32(text: string): string {
  let sum = 0xffffffff;
  for (const byte of Buffer.from(text)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ((sum ^ 0xffffffff) >>> 0).toString(16).padStart(8, '0');
}
