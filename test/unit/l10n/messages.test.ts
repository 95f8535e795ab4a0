import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { extractMessages, placeholdersOf } from '../../../scripts/lib/messages.mjs';

type Texts = Readonly<Record<string, string>>;

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** Hand on what they are given, and say nothing of their own: the only calls whose text need not be written out. */
const WRAPPERS = ['src/platform/language.ts'];

/** What Norwegian developers say, too, or write the same way. */
const SAME_IN_NORWEGIAN = [
  'Claims',
  'Editor',
  'Header',
  'Scope',
  'Scopes',
  'Send',
  'TLS',
  'Team',
  'Test',
  'Token',
  'Token: {scopes}',
  'Token: {state}',
  'URL',
  'grant',
  'test',
  'test (test.maskinporten.no)',
  '1 problem',
  '{count} GB',
  '{count} MB',
  '{count} kB',
  '{count} min',
  '{count} ms',
  '{count} scopes',
];

function readTexts(file: string): Texts {
  return JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')) as Texts;
}

describe('Norwegian texts', () => {
  const { messages, unresolved } = extractMessages(ROOT, 'src');
  const said = new Set(messages.map(({ text }) => text));
  const norwegian = readTexts('l10n/nb.json');
  const pairs = Object.entries(norwegian);

  it('can be complete: every message is written out where it is said, save in the named wrappers', () => {
    assert.ok(said.size > 100, `only ${said.size} messages were found`);
    const unknown = unresolved.filter(({ place }) => !WRAPPERS.includes(fileOf(place)));
    assert.deepEqual(unknown, []);
    const silent = WRAPPERS.filter((file) => !unresolved.some(({ place }) => fileOf(place) === file));
    assert.deepEqual(silent, [], 'named as wrappers, but they wrap nothing');
  });

  it('has a translation for every message', () => {
    const missing = messages.filter(({ text }) => !Object.hasOwn(norwegian, text));
    assert.deepEqual(
      missing.map(({ text, place }) => `${place} ${text}`),
      [],
    );
  });

  it('has no translation that nothing says', () => {
    assert.deepEqual(
      Object.keys(norwegian).filter((text) => !said.has(text)),
      [],
    );
  });

  it('has the same placeholders in both languages', () => {
    const unequal = pairs.filter(([english, text]) => placeholders(english) !== placeholders(text));
    assert.deepEqual(unequal, []);
  });

  it('leaves nothing empty, untrimmed or in English', () => {
    const untold = pairs.filter(([, text]) => text === '' || text !== text.trim());
    assert.deepEqual(untold, []);
    const english = pairs.filter(([key, text]) => key === text && /\p{L}{2}/u.test(withoutPlaceholders(text)));
    assert.deepEqual(english.map(([key]) => key).sort(), [...SAME_IN_NORWEGIAN].sort());
  });

  it('keeps the tone: no exclamation marks, and Norwegian quotation marks', () => {
    assert.deepEqual(
      pairs.filter(([, text]) => /[!“”]/.test(text)),
      [],
    );
  });

  it('writes the three dots of what asks for more next to the word, as its English does', () => {
    const menus = pairs.filter(([english]) => english.endsWith('…'));
    assert.ok(menus.length > 0);
    assert.deepEqual(
      menus.filter(([, text]) => !/\S…$/.test(text)),
      [],
    );
  });

  it('is sorted by key, so that two changes rarely meet', () => {
    const keys = Object.keys(norwegian);
    assert.deepEqual(keys, [...keys].sort());
  });
});

describe('Messages', () => {
  const { messages } = extractMessages(ROOT, 'src');

  it('get a value for each of their placeholders, and none besides', () => {
    const unfit = messages.filter(({ text, values }) => values && values.join() !== placeholders(text));
    assert.deepEqual(unfit, []);
  });

  it('spell out their values at the call', () => {
    const unclear = messages.filter(({ values }) => values === undefined).map(({ place }) => fileOf(place));
    assert.deepEqual(unclear, []);
  });
});

describe('Texts of the manifest of the extension', () => {
  const english = readTexts('package.nls.json');
  const norwegian = readTexts('package.nls.nb.json');
  const manifest: unknown = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const wanted = [...new Set(stringsIn(manifest).flatMap((text) => /^%(.+)%$/.exec(text)?.[1] ?? []))];

  it('are there in English for every %key%, and for nothing else', () => {
    assert.ok(wanted.length > 0);
    assert.deepEqual(Object.keys(english).sort(), wanted.sort());
  });

  it('have the same keys in Norwegian', () => {
    assert.deepEqual(Object.keys(norwegian).sort(), Object.keys(english).sort());
  });

  it('lead to the same places in both languages', () => {
    const targets = (text = '') => [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target);
    for (const [key, text] of Object.entries(english)) assert.deepEqual(targets(norwegian[key]), targets(text), key);
  });
});

function placeholders(text: string): string {
  return placeholdersOf(text).join();
}

function withoutPlaceholders(text: string): string {
  return text.replace(/\{\w+\}/g, '');
}

function fileOf(place: string): string {
  return place.slice(0, place.lastIndexOf(':'));
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}
