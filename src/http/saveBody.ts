import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { BodyRest } from '../maskinporten/transport';

/** A response's body, in memory as far as it was read. */
export interface SavableBody {
  readonly body: Uint8Array;
  readonly rest?: BodyRest | undefined;
}

/**
 * Why a body is not in its file: `write` is the file system's doing, with its code (`ENOSPC`, `EACCES`, …); all else
 * comes as it is, a ProblemError of the connection or the signal's reason.
 */
export class SaveFailure extends Error {
  constructor(readonly code: string) {
    super('write');
  }
}

/**
 * Writes a body, decoded, into the file at `path`: what is in memory, then what waits on the connection, no faster than
 * the disk takes it. `onBytes` hears how many bytes are written so far. The file is there when all of it is: until then
 * it has another name beside it, which is taken away again when something fails. Gives the number of bytes.
 */
export async function saveBody(
  { body, rest }: SavableBody,
  path: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void = () => undefined,
): Promise<number> {
  const unfinished = `${path}.${randomUUID().slice(0, 8)}.part`;
  let bytes = 0;
  async function* pieces(): AsyncGenerator<Uint8Array> {
    signal.throwIfAborted();
    if (body.length > 0) yield count(body);
    if (rest) for await (const piece of rest.read(signal)) yield count(piece);
  }
  const count = (piece: Uint8Array) => {
    bytes += piece.length;
    onBytes(bytes);
    return piece;
  };
  try {
    // Not over a file that someone else made under this name.
    await pipeline(pieces, createWriteStream(unfinished, { flags: 'wx' }));
    await rename(unfinished, path);
    return bytes;
  } catch (error) {
    rest?.stop();
    await rm(unfinished, { force: true });
    throw isOfFileSystem(error) ? new SaveFailure(error.code) : error;
  }
}

function isOfFileSystem(error: unknown): error is NodeJS.ErrnoException & { readonly code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}
