/** PKCS#7 `data` and `signedData`, the two that a PFX may hold (RFC 7292 section 4), as DER without the last byte. */
const CONTENT_TYPE = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07];

/** Whether `bytes` begin as a PFX does: a SEQUENCE of the INTEGER 3 and a SEQUENCE with a PKCS#7 content type. */
export function isPkcs12(bytes: Uint8Array): boolean {
  const version = contentStart(bytes, 0);
  if (version === undefined) return false;
  if (bytes[version] !== 0x02 || bytes[version + 1] !== 0x01 || bytes[version + 2] !== 0x03) return false;
  const type = contentStart(bytes, version + 3);
  return type !== undefined && CONTENT_TYPE.every((byte, index) => bytes[type + index] === byte);
}

/** The same in base64, as such files are carried in variables and Secrets. */
export function isPkcs12Base64(text: string): boolean {
  const start = text.slice(0, 200).replace(/\s+/g, '');
  return /^M[A-Za-z0-9+/]{40,}/.test(start) && isPkcs12(Buffer.from(start, 'base64'));
}

/** Where the content of the SEQUENCE at `position` begins (X.690 section 8.1.3; Java writes the indefinite form). */
function contentStart(bytes: Uint8Array, position: number): number | undefined {
  const length = bytes[position + 1];
  if (bytes[position] !== 0x30 || length === undefined) return undefined;
  return position + 2 + (length > 0x80 && length <= 0x84 ? length - 0x80 : 0);
}
