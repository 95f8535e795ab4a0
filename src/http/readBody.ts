import { pipeline, type Transform } from 'node:stream';
import zlib, { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { headerValue } from '../maskinporten/headers';
import type { HeaderFields } from '../maskinporten/transport';
import { EncodingError } from './failure';

type Coding = 'identity' | 'gzip' | 'deflate' | 'br' | 'zstd';

/** Node has it since 22.15. */
const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Transform };

/** The content codings that `readBody` decodes: what a request may say that it accepts. */
export const ACCEPT_ENCODING = createZstdDecompress ? 'gzip, deflate, br, zstd' : 'gzip, deflate, br';

export interface ReadBody {
  readonly body: Uint8Array;
  readonly truncated: boolean;
  readonly wireBytes: number;
  /** What comes after `body`; with `keepRest` alone. To be read, or returned, once. */
  readonly rest: AsyncGenerator<Uint8Array, void> | undefined;
}

/** Whether a response is a stream of events (WHATWG HTML, "Server-sent events"). */
export function isEventStream(headers: HeaderFields): boolean {
  return /^text\/event-stream\b/i.test(headerValue(headers, 'content-type') ?? '');
}

export interface ReadLimits {
  readonly maxBytes: number;
  /** What comes after `maxBytes` waits in `source`, which is destroyed otherwise. */
  readonly keepRest?: boolean | undefined;
  /** Silence ends the body where it is, and is no failure: of a stream of events, which has no other end. */
  readonly endsInSilence?: boolean | undefined;
  /** Hears how many bytes have come, for each piece that comes. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/**
 * Reads a body to its end, or until `maxBytes` of it are decoded.
 * What is decoded passes through in pieces, so that a small body which decodes to gigabytes costs no more than the
 * limit. Rejects with an EncodingError, or with what `source` failed with.
 */
export async function readBody(
  source: AsyncIterable<Uint8Array>,
  contentEncoding: string,
  limits: ReadLimits,
): Promise<ReadBody> {
  const wire = new WireBytes(source, limits);
  const coding = codingOf(contentEncoding);
  if (coding === 'identity') return await collect(wire.chunks(), wire, limits);
  const chunks = wire.chunks();
  const first = await chunks.next();
  // HEAD, 204 and 304 name a coding and have no body.
  if (first.done) return { body: new Uint8Array(), truncated: false, wireBytes: 0, rest: undefined };
  try {
    return await collect(decode(first.value, chunks, coding, wire), wire, limits);
  } catch (error) {
    if (!wire.isOverLimit) throw error;
    return { body: new Uint8Array(), truncated: true, wireBytes: wire.count, rest: undefined };
  }
}

async function* decode(
  first: Buffer,
  rest: AsyncGenerator<Buffer>,
  coding: Exclude<Coding, 'identity'>,
  wire: WireBytes,
): AsyncGenerator<Buffer, void> {
  const decoder = createDecoder(coding, first);
  pipeline(startingWith(first, rest), decoder, () => undefined); // it fails the decoder, which is read below
  try {
    yield* decoder as AsyncIterable<Buffer>;
  } catch (error) {
    throw wire.failure ?? (error instanceof EncodingError ? error : new EncodingError(coding, 'damaged'));
  }
}

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
    case 'zstd':
      if (createZstdDecompress) return name;
      throw new EncodingError(name, 'unsupported');
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
    case 'zstd':
      if (createZstdDecompress) return createZstdDecompress();
      throw new EncodingError(coding, 'unsupported');
    case 'deflate':
      // RFC 9110 section 8.4.1.2: some send the bare stream, without the zlib header that begins with method 8.
      return ((firstChunk[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw();
  }
}

async function* startingWith(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer, void> {
  yield first;
  yield* rest;
}

async function collect(
  chunks: AsyncGenerator<Buffer, void>,
  wire: WireBytes,
  { maxBytes, keepRest = false, endsInSilence = false }: ReadLimits,
): Promise<ReadBody> {
  const parts: Buffer[] = [];
  let length = 0;
  let fellSilent = false;
  while (length <= maxBytes) {
    const next = await chunks.next().catch((error: unknown) => {
      fellSilent = endsInSilence && isSilence(wire.failure ?? error);
      if (fellSilent) return { done: true, value: undefined } as const;
      throw error;
    });
    if (next.done) break;
    parts.push(next.value);
    length += next.value.length;
  }
  const isOver = length > maxBytes;
  const over = parts.at(-1)?.subarray(maxBytes - length) ?? Buffer.alloc(0);
  if (isOver && !keepRest) await chunks.return();
  return {
    body: Buffer.concat(parts, Math.min(length, maxBytes)),
    truncated: isOver || fellSilent,
    wireBytes: wire.count,
    rest: isOver && keepRest ? wire.unbounded(startingWith(over, chunks)) : undefined,
  };
}

function isSilence(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'UND_ERR_BODY_TIMEOUT';
}

/** The body as it comes from the wire: counted, bounded, and its own failures told apart from the decoder's. */
class WireBytes {
  count = 0;
  failure: Error | undefined;
  private maxCount: number;
  private readonly onBytes: ReadLimits['onBytes'];

  constructor(
    private readonly source: AsyncIterable<Uint8Array>,
    { maxBytes, onBytes }: ReadLimits,
  ) {
    // Random bytes grow a little when they are coded; a stream that only grows on the wire decodes to nothing.
    this.maxCount = 2 * maxBytes + 64 * 1024;
    this.onBytes = onBytes;
  }

  get isOverLimit(): boolean {
    return this.count > this.maxCount;
  }

  /** The same pieces, without the bound: who reads a rest wants all there is, and can stop. */
  async *unbounded(pieces: AsyncGenerator<Buffer, void>): AsyncGenerator<Buffer, void> {
    this.maxCount = Infinity;
    yield* pieces;
  }

  async *chunks(): AsyncGenerator<Buffer, void> {
    try {
      for await (const chunk of this.source as AsyncIterable<Buffer>) {
        this.count += chunk.length;
        this.onBytes?.(this.count);
        if (this.isOverLimit) return;
        yield chunk;
      }
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error('the body failed');
      throw this.failure;
    }
  }
}
