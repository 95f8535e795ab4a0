import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';
import { faultsOf } from '../../../scripts/lib/vsix.mjs';
import { readZip } from '../../../scripts/lib/zip.mjs';

const NEEDED = ['extension/package.json', 'extension/dist/extension.js'];

function packageWith(...extra: [string, string][]) {
  const files = [...NEEDED.map((name): [string, string] => [name, '']), ...extra];
  return new Map(files.map(([name, text]) => [name, Buffer.from(text)]));
}

/** A zip archive of one file, by PKWARE's APPNOTE 4.3. */
function zipOf(name: string, content: string, deflate: boolean): Buffer {
  const raw = Buffer.from(content);
  const data = deflate ? deflateRawSync(raw) : raw;
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(deflate ? 8 : 0, 4);
  fields.writeUInt32LE(crc32(raw), 10);
  fields.writeUInt32LE(data.length, 14);
  fields.writeUInt32LE(raw.length, 18);
  fields.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), data]);
  const entry = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), fields, Buffer.alloc(14), Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, entry, end]);
}

describe('the package', () => {
  it('may hold what the extension is made of', () => {
    const files = packageWith(
      ['extension.vsixmanifest', ''],
      ['[Content_Types].xml', ''],
      ['extension/readme.md', ''],
      ['extension/LICENSE.txt', ''],
      ['extension/package.nls.nb.json', ''],
      ['extension/media/maskinporten.svg', ''],
      ['extension/dist/webview/token.js', ''],
      ['extension/l10n/bundle.l10n.nb.json', ''],
    );
    assert.deepEqual(faultsOf(files), []);
  });

  it('may hold no source, test, map, dependency or file of its makers', () => {
    const strangers = [
      'extension/src/extension.ts',
      'extension/test/unit/a.test.ts',
      'extension/dist/extension.js.map',
      'extension/node_modules/yaml/package.json',
      'extension/.env',
      'extension/dist/cli.js',
      'extension/out/metafile.json',
    ];
    for (const name of strangers) {
      assert.deepEqual(faultsOf(packageWith([name, ''])), [`${name} does not belong in the package`]);
    }
  });

  it('may hold no private key', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const name = 'extension/dist/extension.js';
    const fault = [`${name} holds what looks like a private key or a token`];
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    assert.deepEqual(faultsOf(packageWith([name, pem])), fault);
    assert.deepEqual(faultsOf(packageWith([name, JSON.stringify(privateKey.export({ format: 'jwk' }))])), fault);
  });

  it('must hold the manifest and the main bundle', () => {
    assert.deepEqual(
      faultsOf(new Map()),
      NEEDED.map((name) => `${name} is missing`),
    );
  });

  it('is read as what it is, a zip archive', () => {
    for (const deflate of [true, false]) {
      const files = readZip(zipOf('extension/package.json', '{"a":1}', deflate));
      assert.deepEqual(
        [...files].map(([name, data]) => [name, data.toString()]),
        [['extension/package.json', '{"a":1}']],
      );
    }
    assert.throws(() => readZip(Buffer.from('no archive')), /Not a zip archive/);
  });
});
