import { jsonFault } from '../maskinporten/jsonFault';
import { asJsonObject, asText, type JsonObject } from '../maskinporten/json';
import type { SavedRequest } from './savedRequests';

const VERSION = 1;

/** What is wrong with a file, and in which of its lines, counted from 1. */
export interface SavedFileFault {
  readonly kind: 'syntax' | 'version' | 'no-list';
  readonly line: number;
}

/** A request in the file that lacks a part, or has it in another form. */
export interface SavedEntryFault {
  readonly member: 'request' | 'name' | 'method' | 'url' | 'headers' | 'body' | 'scopes' | 'resource';
  readonly line: number;
}

export type SavedRequestsRead =
  | {
      readonly ok: true;
      readonly requests: readonly SavedRequest[];
      /** Those that could not be read: they stay in the file as they are. */
      readonly faults: readonly SavedEntryFault[];
    }
  | { readonly ok: false; readonly fault: SavedFileFault };

/** Reads the file, which people may have written themselves. An empty one has no requests. */
export function readSavedRequests(text: string): SavedRequestsRead {
  const file = readFile(text);
  if ('fault' in file) return { ok: false, fault: file.fault };
  const read = file.entries.map(readRequest);
  const lines = itemLines(text);
  return {
    ok: true,
    requests: read.filter((request) => typeof request === 'object'),
    faults: read.flatMap((member, at) => (typeof member === 'string' ? [{ member, line: lines[at] ?? 1 }] : [])),
  };
}

/** How the file is to be changed. `replacing` is the name of the request whose place another takes. */
export type SavedChange =
  | { readonly kind: 'put'; readonly request: SavedRequest; readonly replacing?: string | undefined }
  | { readonly kind: 'delete'; readonly name: string };

/**
 * The file's text after a change: two spaces, requests in the order of their names, so that differences are easy to
 * read. What people wrote beside it stays, members that are not known and requests that could not be read among them.
 * A file with a fault is not changed.
 */
export function changedSavedRequests(
  text: string,
  change: SavedChange,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly fault: SavedFileFault } {
  const file = readFile(text);
  if ('fault' in file) return { ok: false, fault: file.fault };
  const gone = new Set(change.kind === 'delete' ? [change.name] : [change.request.name, change.replacing]);
  const isGone = (entry: unknown): boolean => {
    const name = asJsonObject(entry)?.['name'];
    return typeof name === 'string' && gone.has(name);
  };
  const entries: unknown[] = file.entries.filter((entry) => !isGone(entry));
  if (change.kind === 'put') {
    const name = change.replacing ?? change.request.name;
    const before = file.entries.map(asJsonObject).find((entry) => entry?.['name'] === name);
    entries.push(written(change.request, before ?? {}));
  }
  entries.sort((a, b) => compare(nameOf(a), nameOf(b)));
  return {
    ok: true,
    text: `${JSON.stringify({ ...file.members, version: VERSION, requests: entries }, undefined, 2)}\n`,
  };
}

function nameOf(entry: unknown): string {
  return asText(asJsonObject(entry)?.['name']) ?? '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A line each for headers and for a body of several lines, so that a change of one shows as one. */
function written(
  { name, method, url, headers, body, scopes, resource, altinn }: SavedRequest,
  before: JsonObject,
): JsonObject {
  return {
    ...before,
    name,
    method,
    url,
    headers: headers.length === 0 ? undefined : headers.map(([field, value]) => `${field}: ${value}`),
    body: body === undefined || body === '' ? undefined : body.includes('\n') ? body.split('\n') : body,
    scopes: scopes.length === 0 ? undefined : scopes,
    resource,
    altinn: altinn === true ? true : undefined,
  };
}

type ReadFile =
  { readonly members: JsonObject; readonly entries: readonly unknown[] } | { readonly fault: SavedFileFault };

function readFile(withMark: string): ReadFile {
  const text = withMark.replace(/^\ufeff/, '');
  if (text.trim() === '') return { members: {}, entries: [] };
  const fault = jsonFault(text);
  if (fault) return { fault: { kind: 'syntax', line: lineAt(text, Math.max(0, fault.end - 1)) } };
  const members = asJsonObject(JSON.parse(text));
  if (members?.['version'] !== VERSION) return { fault: { kind: 'version', line: lineOf(text, 'version') } };
  const entries = members['requests'];
  if (!Array.isArray(entries)) return { fault: { kind: 'no-list', line: lineOf(text, 'requests') } };
  return { members, entries: entries as unknown[] };
}

/** A request, or the member that keeps it from being one. */
function readRequest(value: unknown): SavedRequest | SavedEntryFault['member'] {
  const entry = asJsonObject(value);
  if (!entry) return 'request';
  const name = asText(entry['name']);
  const method = asText(entry['method']);
  const { url, headers: fields = [], body, scopes = [], resource } = entry;
  if (name === undefined) return 'name';
  if (method === undefined) return 'method';
  if (typeof url !== 'string') return 'url';
  const headers = isTexts(fields) ? fields.map(headerIn) : [undefined];
  if (!headers.every((field) => field !== undefined)) return 'headers';
  if (body !== undefined && typeof body !== 'string' && !isTexts(body)) return 'body';
  if (!isTexts(scopes)) return 'scopes';
  if (resource !== undefined && typeof resource !== 'string') return 'resource';
  return {
    name,
    method,
    url,
    headers,
    ...(body !== undefined && { body: typeof body === 'string' ? body : body.join('\n') }),
    scopes,
    ...(resource !== undefined && { resource }),
    ...(entry['altinn'] === true && { altinn: true }),
  };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** `Accept: application/json`. */
function headerIn(line: string): readonly [string, string] | undefined {
  const [, name, value] = /^([^\s:]+):[ \t]*(.*)$/s.exec(line) ?? [];
  return name === undefined || value === undefined ? undefined : [name, value];
}

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gsu;

/** The lines in which the items of the list `requests` begin. `text` is JSON. */
function itemLines(text: string): readonly number[] {
  const lines: number[] = [];
  let depth = 0;
  let member = '';
  let isItem = false;
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    if (depth === 1 && token.startsWith('"')) member = token;
    const isInList = depth === 2 && member === '"requests"';
    if (isItem && isInList && token !== ']') lines.push(lineAt(text, index));
    isItem = (depth === 1 && member === '"requests"' && token === '[') || (isInList && token === ',');
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
  }
  return lines;
}

function lineOf(text: string, member: string): number {
  const at = text.indexOf(`"${member}"`);
  return at < 0 ? 1 : lineAt(text, at);
}

/** Counted from 1. */
function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
