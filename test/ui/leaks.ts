import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';

/** A signed JWT, and so any token and any assertion, whole or without its signature. */
const SIGNED = /eyJ[\w-]{10,}\.eyJ[\w-]{10,}/;

/** Says where one of `secrets`, or anything that looks like a token or an assertion, stands in `text`. */
export function findSecrets(text: string, secrets: readonly string[]): string[] {
  const found = secrets.filter((secret) => text.includes(secret)).map((secret) => `${secret.slice(0, 8)}…`);
  const signed = SIGNED.exec(text);
  return signed ? [...found, `${signed[0].slice(0, 8)}… (a token or an assertion)`] : found;
}

/** Every file below `folder` with what it gives away; bytes are read as Latin-1, so that nothing is too odd to read. */
export async function leakingFiles(folder: string, secrets: readonly string[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const leaks: string[] = [];
  for (const entry of entries.filter((candidate) => candidate.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    const found = findSecrets(await readFile(file, 'latin1'), secrets);
    if (found.length > 0) leaks.push(`${path.relative(folder, file)}: ${found.join(', ')}`);
  }
  return leaks;
}

/** Keeps every message that any frame of the window gets from now on, webviews included. */
export async function recordMessages(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const messages: string[] = [];
    Object.defineProperty(globalThis, '__messages', { value: messages });
    globalThis.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      try {
        messages.push(JSON.stringify(data) ?? '');
      } catch {
        messages.push(''); // a port or a window: no text
      }
    });
  });
}

/** What the frames of the page got since, and what they show now. */
export async function recordedMessages(page: Page): Promise<string> {
  const texts = await Promise.all(
    page.frames().map(
      (frame) =>
        frame
          .evaluate(() => {
            const { __messages = [] } = globalThis as { __messages?: string[] };
            return [...__messages, document.documentElement.outerHTML].join('\n');
          })
          .catch(() => ''), // a frame that has just gone
    ),
  );
  return texts.join('\n');
}
