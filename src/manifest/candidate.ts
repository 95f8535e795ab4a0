import { decode, encodingOf } from './decode';

/** What every Nais workload names: the group of its API version (the Nais CRDs). */
const API_GROUP = 'nais.io/';

/** Whether the text may be a manifest: one search through it. */
export function namesNais(text: string): boolean {
  return text.includes(API_GROUP);
}

/**
 * Whether the text may be a manifest or its variables file: one search through it, for files that are neither. Every
 * variables file that is of interest names its `maskinporten` key.
 */
export function mightBeManifest(text: string): boolean {
  return namesNais(text) || text.includes('maskinporten');
}

/**
 * Whether a file with these bytes may hold a manifest. One search through the bytes, without making a text of them: it is
 * all that most files of a workspace ever cost.
 */
export function mightHoldManifest(bytes: Uint8Array): boolean {
  if (encodingOf(bytes) !== 'utf-8') {
    return namesNais(decode(bytes));
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(API_GROUP);
}
