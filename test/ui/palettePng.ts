import { crc32, deflateSync } from 'node:zlib';

/** Colours that a picture keeps: text that is smoothed needs about ten between ink and paper, for each ink. */
const COLOURS = 32;

export interface Pixels {
  readonly width: number;
  /** Row by row, each 0xRRGGBB. */
  readonly colours: readonly number[];
}

function distance(a: number, b: number): number {
  return [16, 8, 0].reduce((sum, shift) => sum + (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2, 0);
}

/** The commonest colour, and then again and again the one that most is lost without: how far off times how many pixels. */
function paletteOf(counts: ReadonlyMap<number, number>): readonly number[] {
  const left = [...counts].map(([colour, count]) => ({ colour, count, off: 255 ** 2 * 3 }));
  const palette: number[] = [];
  while (palette.length < Math.min(COLOURS, left.length)) {
    const { colour } = left.reduce((worst, each) => (each.off * each.count > worst.off * worst.count ? each : worst));
    palette.push(colour);
    for (const each of left) each.off = Math.min(each.off, distance(each.colour, colour));
  }
  return palette;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}

/** A PNG with a palette (PNG, third edition, colour type 3): of a user interface a third of what the browser writes. */
export function palettePng({ width, colours }: Pixels): Buffer {
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const palette = paletteOf(counts);
  const indices = new Map(
    [...counts.keys()].map((colour) => {
      const offs = palette.map((each) => distance(each, colour));
      return [colour, offs.indexOf(Math.min(...offs))];
    }),
  );
  const height = colours.length / width;
  const rows = Buffer.alloc((width + 1) * height); // each begins with its filter, of which there is none
  for (const [at, colour] of colours.entries()) rows[at + Math.floor(at / width) + 1] = indices.get(colour)!;
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 3, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([
    Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
