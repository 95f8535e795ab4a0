const BYTES_A_ROW = 16;

/** The first `maxRows` rows of `body` as `hexdump -C` writes them: offset, bytes, and what of them is ASCII. */
export function hexPreview(body: Uint8Array, maxRows = 16): string {
  const rows: string[] = [];
  for (let start = 0; start < body.length && rows.length < maxRows; start += BYTES_A_ROW) {
    const row = [...body.subarray(start, start + BYTES_A_ROW)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0'));
    const left = hex.slice(0, 8).join(' ').padEnd(23);
    const right = hex.slice(8).join(' ').padEnd(23);
    const text = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    rows.push(`${start.toString(16).padStart(8, '0')}  ${left}  ${right}  |${text}|`);
  }
  return rows.join('\n');
}
