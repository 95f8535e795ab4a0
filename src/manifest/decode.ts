/** What every Nais workload names: the group of its API version (the Nais CRDs). */
const API_GROUP = 'nais.io/';

/** Text as editors read it: UTF-8, or UTF-16 where a byte order mark says so. The mark stays, so that offsets count it. */
export function decode(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes), { ignoreBOM: true }).decode(bytes);
}

/**
 * Whether a file with these bytes may hold a manifest. One search through the bytes, without making a text of them: it is
 * all that most files of a workspace ever cost.
 */
export function mightHoldManifest(bytes: Uint8Array): boolean {
  const encoding = encodingOf(bytes);
  if (encoding !== 'utf-8') {
    return decode(bytes).includes(API_GROUP);
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(API_GROUP);
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return 'utf-16le';
  }
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}
