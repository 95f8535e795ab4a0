import { headerValue } from '../maskinporten/headers';
import type { HeaderFields } from '../maskinporten/transport';

const MAX_LENGTH = 100;

/** By media type, where the address has no extension; the first that fits. */
const EXTENSIONS: readonly (readonly [type: RegExp, extension: string])[] = [
  [/^(?:application|text)\/json$|\+json$/, 'json'],
  [/^(?:application|text)\/xml$|\+xml$/, 'xml'],
  [/^text\/html$|^application\/xhtml/, 'html'],
  [/^text\/csv$/, 'csv'],
  [/yaml$/, 'yaml'],
  [/^application\/pdf$/, 'pdf'],
  [/^application\/zip$/, 'zip'],
  [/^image\/png$/, 'png'],
  [/^image\/jpeg$/, 'jpg'],
  [/^text\//, 'txt'],
];

/**
 * A name for the file that a response is saved in: what Content-Disposition says (RFC 6266), else the last part of the
 * path, with an extension. It is one name and no path, and holds nothing that a file system takes amiss.
 */
export function suggestedFileName(headers: HeaderFields, url: string): string {
  const given = safeName(namedByServer(headerValue(headers, 'content-disposition') ?? ''));
  if (given !== '') return given;
  const last = URL.canParse(url) ? (new URL(url).pathname.split('/').findLast((part) => part !== '') ?? '') : '';
  const name = safeName(decoded(last)) || 'response';
  if (/\.[A-Za-z0-9]{1,8}$/.test(name)) return name;
  const type = (/^[^;]*/.exec(headerValue(headers, 'content-type') ?? '')?.[0] ?? '').trim().toLowerCase();
  const extension = EXTENSIONS.find(([pattern]) => pattern.test(type))?.[1] ?? (type === '' ? 'txt' : 'bin');
  return `${name}.${extension}`;
}

function namedByServer(disposition: string): string {
  const extended = /;\s*filename\*\s*=\s*utf-8'[^']*'([^\s;]+)/i.exec(disposition)?.[1];
  if (extended !== undefined) return decoded(extended);
  const plain = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]+))/i.exec(disposition);
  return plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2] ?? '';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What Windows forbids is left out everywhere: the file may well go there. No name begins with a dot. */
function safeName(name: string): string {
  const safe = name
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, MAX_LENGTH);
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(safe) ? `_${safe}` : safe;
}
