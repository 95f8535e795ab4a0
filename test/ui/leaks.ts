import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { storedTexts } from './inPage.mjs';

/** A signed JWT, and so any token and any assertion, whole or without its signature. */
const SIGNED = /eyJ[\w-]{10,}\.eyJ[\w-]{10,}/;

/**
 * A secret and its base64, wherever it may stand within the text that was encoded: at each of the three places the first
 * and last characters depend on what is around, and the others do not (RFC 4648 section 4).
 */
export function formsOf(secret: string): string[] {
  const encoded = [0, 1, 2].map((shift) => {
    const base64 = Buffer.from(' '.repeat(shift) + secret).toString('base64');
    return base64.slice(shift === 0 ? 0 : 4, -4);
  });
  return [secret, ...encoded];
}

/** What any process of this user was started with that gives a secret away; none where the system does not tell. */
export async function leakingProcesses(secrets: readonly string[]): Promise<string[]> {
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const leaks: string[] = [];
  for (const id of ids) {
    for (const part of ['cmdline', 'environ']) {
      // Processes end, and others are of other users.
      const text = await readFile(`/proc/${id}/${part}`, 'latin1').catch(() => '');
      if (secrets.some((secret) => text.includes(secret))) leaks.push(`process ${id} (${part})`);
    }
  }
  return leaks;
}

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

/** Keeps every message that goes to a webview or comes from one from now on, in each frame of the window. */
export async function recordMessages(page: Page): Promise<void> {
  await page.context().addInitScript(keepMessages);
  await page.evaluate(keepMessages);
}

/**
 * Runs in the page. Workbench and webviews talk over ports, in envelopes that name a channel. Listening to messages
 * would not be enough: VS Code writes a webview's document anew, which takes listeners away.
 */
function keepMessages(): void {
  const messages: string[] = [];
  Object.defineProperty(globalThis, '__messages', { value: messages, configurable: true });
  const port = MessagePort.prototype as { postMessage: (...values: unknown[]) => void };
  const send = port.postMessage;
  port.postMessage = function (this: unknown, ...values: unknown[]) {
    const [message] = values;
    if (typeof message === 'object' && message !== null && 'channel' in message) messages.push(JSON.stringify(message));
    send.apply(this, values);
  };
}

/** What the frames of the page sent since, and what they show now. */
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

/** One place of the browser's own storage: its name, and all that it holds. */
export interface StoredText {
  readonly place: string;
  readonly text: string;
}

/**
 * All that the page's address keeps in the browser: the state of workbench and webviews, what extensions remember, and
 * the secret store, each entry by itself.
 */
export function storedInBrowser(page: Page): Promise<StoredText[]> {
  return page.evaluate(storedTexts);
}
