import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { EncodingError } from './failure';

/** The content codings that `readBody` decodes: what a request may say that it accepts. */
export const ACCEPT_ENCODING = 'gzip, deflate, br';

export interface ReadBody {
  readonly body: Uint8Array;
  readonly truncated: boolean;
  readonly wireBytes: number;
}

/**
 * Reads a body to its end, or until `maxBytes` of it are decoded; then `source` is destroyed. What is decoded passes
 * through in pieces, so that a small body which decodes to gigabytes costs no more than the limit. Rejects with an
 * EncodingError, or with what `source` failed with.
 */
export async function readBody(source: Readable, contentEncoding: string, maxBytes: number): Promise<ReadBody> {
  const wire = new WireBytes(source, maxBytes);
  const coding = codingOf(contentEncoding);
  if (coding === 'identity') return { ...(await collect(wire.chunks(), maxBytes)), wireBytes: wire.count };
  const chunks = wire.chunks();
  const first = await chunks.next();
  // HEAD, 204 and 304 name a coding and have no body.
  if (first.done) return { body: new Uint8Array(), truncated: false, wireBytes: 0 };
  const decoder = createDecoder(coding, first.value);
  pipeline(startingWith(first.value, chunks), decoder, () => undefined); // it fails the decoder, which is read below
  try {
    return { ...(await collect(decoder as AsyncIterable<Buffer>, maxBytes)), wireBytes: wire.count };
  } catch (error) {
    if (wire.isOverLimit) return { body: new Uint8Array(), truncated: true, wireBytes: wire.count };
    throw wire.failure ?? (error instanceof EncodingError ? error : new EncodingError(coding, 'damaged'));
  }
}

type Coding = 'identity' | 'gzip' | 'deflate' | 'br';

/** RFC 9110 section 8.4.1. Codings upon codings are legal, and nobody sends them but to do harm. */
function codingOf(contentEncoding: string): Coding {
  const name = contentEncoding.trim().toLowerCase();
  switch (name) {
    case '':
    case 'identity':
      return 'identity';
    case 'gzip':
    case 'x-gzip':
      return 'gzip';
    case 'deflate':
    case 'br':
      return name;
    default:
      throw new EncodingError(name.slice(0, 100), 'unsupported');
  }
}

function createDecoder(coding: Exclude<Coding, 'identity'>, firstChunk: Buffer): Transform {
  switch (coding) {
    case 'gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress();
    case 'deflate':
      // RFC 9110 section 8.4.1.2: some send the bare stream, without the zlib header that begins with method 8.
      return ((firstChunk[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw();
  }
}

async function* startingWith(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

async function collect(chunks: AsyncIterable<Buffer>, maxBytes: number): Promise<Pick<ReadBody, 'body' | 'truncated'>> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    length += chunk.length;
    if (length > maxBytes) break; // which destroys the stream
  }
  return { body: Buffer.concat(parts, Math.min(length, maxBytes)), truncated: length > maxBytes };
}

/** The body as it comes from the wire: counted, bounded, and its own failures told apart from the decoder's. */
class WireBytes {
  count = 0;
  failure: Error | undefined;
  private readonly maxCount: number;

  constructor(
    private readonly source: Readable,
    maxDecodedBytes: number,
  ) {
    // Random bytes grow a little when they are coded; a stream that only grows on the wire decodes to nothing.
    this.maxCount = 2 * maxDecodedBytes + 64 * 1024;
  }

  get isOverLimit(): boolean {
    return this.count > this.maxCount;
  }

  async *chunks(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of this.source as AsyncIterable<Buffer>) {
        this.count += chunk.length;
        if (this.isOverLimit) return;
        yield chunk;
      }
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error('the body failed');
      throw this.failure;
    }
  }
}
