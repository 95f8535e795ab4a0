import type { IncomingMessage } from 'node:http';

/**
 * Reads the whole body, or gives undefined when it is longer than `maxBytes`. What is too long is still read,
 * and thrown away, so that its sender gets to see the answer; the request's own time limit ends it.
 * Rejects when the sender goes away.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else chunks = [];
    });
    request.on('end', () => {
      const [first] = chunks;
      resolve(size > maxBytes ? undefined : chunks.length === 1 ? first : Buffer.concat(chunks));
    });
    request.on('error', reject);
    // Of a sender that is gone nothing else is heard. After `end` this changes nothing.
    request.on('close', () => {
      reject(new Error('The sender has gone.'));
    });
  });
}
