import { TextDecoder } from 'node:util';
import { isJson } from './prettyJson';

/** How a text was read. */
interface ReadText {
  readonly text: string;
  /** What it was read in. */
  readonly charset: string;
  /** What it says of itself, where nobody knows such a charset. */
  readonly unknownCharset: string | undefined;
  /** Some bytes are none in that charset: they are replacement characters in `text`. */
  readonly malformed: boolean;
}

/** What a response body turned out to be, by its Content-Type and by its bytes. */
export type ClassifiedBody =
  | { readonly kind: 'empty' }
  | { readonly kind: 'binary'; readonly saidToBeText: boolean }
  | (ReadText & {
      readonly kind: 'json';
      /** Whether it is JSON after all; undefined where it is too long to look. */
      readonly isJson: boolean | undefined;
    })
  | (ReadText & { readonly kind: 'xml' | 'html' | 'form' | 'text' });

/** What is looked at where the bytes themselves must tell what they are. */
const SNIFFED_BYTES = 4096;

/** Of a text that is parsed: the extension host has other work to do meanwhile. */
const MAX_PARSED_LENGTH = 1_000_000;

/** Gives `body` as text where it is text, with the charset that it was read in. Never throws. */
export function classifyBody(body: Uint8Array, contentType: string | undefined): ClassifiedBody {
  if (body.length === 0) return { kind: 'empty' };
  const { essence, charset: declared } = parseContentType(contentType ?? '');
  const said = kindOf(essence);
  const bom = bomOf(body);
  const saidToBeText = said !== undefined && said !== 'binary';
  if (said === 'binary' || (bom === undefined && looksBinary(body, declared))) return { kind: 'binary', saidToBeText };
  const named = bom ?? (said === 'json' ? 'utf-8' : (declared ?? xmlEncoding(body)));
  const decoded = decode(body, named, saidToBeText);
  if (!decoded) return { kind: 'binary', saidToBeText };
  const kind = said ?? sniff(decoded.text);
  if (kind !== 'json') return { kind, ...decoded };
  return { kind, ...decoded, isJson: decoded.text.length <= MAX_PARSED_LENGTH ? isJson(decoded.text) : undefined };
}

type Kind = 'json' | 'xml' | 'html' | 'form' | 'text' | 'binary';

/** RFC 9110 section 8.3.1. */
function parseContentType(contentType: string): { essence: string; charset: string | undefined } {
  const essence = (/^[^;]*/.exec(contentType)?.[0] ?? '').trim().toLowerCase();
  const charset = /;\s*charset\s*=\s*"?([\w:.+-]{1,40})/i.exec(contentType)?.[1]?.toLowerCase();
  return { essence, charset };
}

/** What a media type says of its bytes; undefined where it says nothing, and they must be looked at. */
function kindOf(essence: string): Kind | undefined {
  if (/^(?:application|text)\/json$|\+json$/.test(essence)) return 'json';
  if (essence === 'text/html' || essence === 'application/xhtml+xml') return 'html';
  if (/^(?:application|text)\/xml$|\+xml$/.test(essence)) return 'xml';
  if (essence === 'application/x-www-form-urlencoded') return 'form';
  if (/^text\/|^application\/(?:javascript|yaml|x-ndjson)$/.test(essence)) return 'text';
  if (/^(?:image|audio|video|font)\/|^application\/(?:pdf|zip|gzip|octet-stream)$/.test(essence)) return 'binary';
  return undefined;
}

function sniff(text: string): 'json' | 'xml' | 'html' | 'text' {
  const start = text.slice(0, SNIFFED_BYTES).trimStart();
  if (/^<\?xml\s/.test(start)) return 'xml';
  if (/^<!doctype html|^<html[\s>]/i.test(start)) return 'html';
  if (!/^[[{]/.test(start)) return 'text';
  return text.length > MAX_PARSED_LENGTH || isJson(text) ? 'json' : 'text';
}

function bomOf([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

/** Control characters that no text has; in UTF-16 a NUL is half a letter. */
function looksBinary(body: Uint8Array, declared: string | undefined): boolean {
  if (declared?.startsWith('utf-16')) return false;
  return body.subarray(0, SNIFFED_BYTES).some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b));
}

/** XML 1.0 section 4.3.3: the declaration is ASCII up to the encoding's name. */
function xmlEncoding(body: Uint8Array): string | undefined {
  const start = Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, 200)).toString('latin1');
  return /^<\?xml\s[^>]{0,150}?\bencoding\s*=\s*["']([\w.-]{1,40})/.exec(start)?.[1];
}

/**
 * Reads in the charset that was named. Where none was, or one that nobody knows, it is UTF-8 if the bytes allow it,
 * else windows-1252 for what was said to be text, as browsers do. Characters cut at the end are left out: the body may
 * have been cut at its limit.
 */
function decode(body: Uint8Array, named: string | undefined, isSaidToBeText: boolean): ReadText | undefined {
  const known = createDecoder(named);
  const decoder = known ?? (isUtf8(body) ? new TextDecoder() : undefined);
  if (!decoder && !isSaidToBeText) return undefined;
  const used = decoder ?? new TextDecoder('windows-1252');
  const text = used.decode(body, { stream: true });
  return {
    text,
    charset: used.encoding,
    unknownCharset: known === undefined ? named : undefined,
    malformed: used.encoding === 'utf-8' && text.includes('\ufffd') && !isUtf8(body),
  };
}

function isUtf8(body: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(body, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function createDecoder(charset: string | undefined): TextDecoder | undefined {
  try {
    return charset === undefined ? undefined : new TextDecoder(charset);
  } catch {
    return undefined;
  }
}
