#!/usr/bin/env node
import path from 'node:path';
import { run } from './cli/run';

/** Gives what went wrong instead of throwing it: whoever reads a pipe may close it, as `head` does. */
function writeTo(stream: NodeJS.WriteStream): (text: string) => Promise<NodeJS.ErrnoException | undefined> {
  // The callback of `write` has the error already; without a listener it would end the process, too.
  stream.on('error', () => undefined);
  return (text) =>
    new Promise((resolve) => {
      stream.write(text, (error) => {
        resolve(error ?? undefined);
      });
    });
}

/** Once each: a second signal ends the process as the system does, should it not end by itself. */
function untilStopped(): Promise<unknown> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, resolve);
  });
}

/** A little over what is read of a credential, so that one that is too large is seen to be. */
const MOST_INPUT_BYTES = 1024 * 1024 + 1;

async function input(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= MOST_INPUT_BYTES) break;
  }
  return Buffer.concat(chunks);
}

void run(process.argv.slice(2), {
  folder: process.cwd(),
  packageFolder: path.resolve(__dirname, '..'),
  print: writeTo(process.stdout),
  complain: writeTo(process.stderr),
  input,
  environment: process.env,
  untilStopped,
}).then((exitCode) => {
  process.exitCode = exitCode;
});
