import type { IncomingMessage } from 'node:http';

/**
 * Reads the whole body, or gives undefined when it is longer than `maxBytes`. What is too long is still read,
 * and thrown away, so that its sender gets to see the answer; the request's own time limit ends it.
 * Rejects when the sender goes away.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size <= maxBytes ? Buffer.concat(chunks) : undefined;
}
