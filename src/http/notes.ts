import { headerValue } from '../maskinporten/headers';
import { asText, readJsonObject } from '../maskinporten/json';
import { retryAfterSeconds } from '../maskinporten/retryAfter';
import type { HeaderFields, TransportResponse } from '../maskinporten/transport';
import type { ClassifiedBody } from './body';
import { isEventStream } from './readBody';

/** Something about a response that its status and its body do not say by themselves. Quoted texts are the server's. */
export type ResponseNote =
  /** RFC 9457. `status` is there where it is another than the response's own. */
  | {
      readonly kind: 'problem-details';
      readonly title: string | undefined;
      readonly detail: string | undefined;
      readonly type: string | undefined;
      readonly status: number | undefined;
    }
  | { readonly kind: 'retry-after'; readonly seconds: number }
  /** Access-Control fields, which bind browsers alone. */
  | { readonly kind: 'cors' }
  /** The server refuses the request for its Origin field. */
  | { readonly kind: 'cors-refused' }
  | { readonly kind: 'event-stream' }
  /** A web page where data was asked for, as a login page or a gateway in between sends. */
  | { readonly kind: 'html-instead' }
  | { readonly kind: 'not-the-json-it-says' }
  /** A charset that nobody knows, and what the text was read as instead. */
  | { readonly kind: 'unknown-charset'; readonly declared: string; readonly used: string }
  /** Bytes that are no text in the charset it says; they are shown as replacement characters. */
  | { readonly kind: 'malformed-text'; readonly charset: string }
  /** It says that it is text, and has bytes that no text has. */
  | { readonly kind: 'binary-in-text' }
  /** A body with a 204, 205 or 304 (RFC 9110 sections 15.3.5 and 15.4.5): whatever came is left out. */
  | { readonly kind: 'no-body-by-rule' };

/** What was sent, as far as notes depend on it. */
export interface AskedFor {
  readonly method: string;
  readonly headers: HeaderFields;
}

/** Everything to say about a response besides its status, its challenges and where it leads. Never throws. */
export function responseNotes(
  response: Pick<TransportResponse, 'status' | 'headers' | 'body' | 'truncated'>,
  body: ClassifiedBody,
  asked: AskedFor,
  nowMs: number,
): ResponseNote[] {
  const { headers } = response;
  const notes: (ResponseNote | undefined)[] = [
    problemDetails(response),
    retryNote(headers, nowMs),
    corsNote(response, asked),
    ...bodyNotes(response, body, asked),
    declaresBodyAgainstTheRules(response, asked) ? { kind: 'no-body-by-rule' } : undefined,
  ];
  return notes.filter((note) => note !== undefined);
}

const MAX_QUOTED = 500;

function problemDetails({
  status,
  headers,
  body,
}: Pick<TransportResponse, 'status' | 'headers' | 'body'>): ResponseNote | undefined {
  if (!/^application\/problem\+json\b/i.test(headerValue(headers, 'content-type') ?? '')) return undefined;
  const details = readJsonObject(body);
  if (!details) return undefined;
  const quoted = (name: string) => asText(details[name])?.slice(0, MAX_QUOTED);
  const type = quoted('type');
  const said = details['status'];
  return {
    kind: 'problem-details',
    title: quoted('title'),
    detail: quoted('detail'),
    // RFC 9457 section 4.2.1: about:blank says nothing beyond the status.
    type: type === 'about:blank' ? undefined : type,
    status: typeof said === 'number' && said !== status ? said : undefined,
  };
}

function retryNote(headers: HeaderFields, nowMs: number): ResponseNote | undefined {
  const seconds = retryAfterSeconds(headers, nowMs);
  return seconds === undefined ? undefined : { kind: 'retry-after', seconds };
}

/** Spring's filter says "Invalid CORS request"; others answer likewise to an Origin that they do not know. */
function corsNote(
  { status, headers, body }: Pick<TransportResponse, 'status' | 'headers' | 'body'>,
  asked: AskedFor,
): ResponseNote | undefined {
  const start = Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, 200)).toString('latin1');
  if (status === 403 && headerValue(asked.headers, 'origin') !== undefined && /\bCORS\b/i.test(start)) {
    return { kind: 'cors-refused' };
  }
  return headers.some(([name]) => /^access-control-/i.test(name)) ? { kind: 'cors' } : undefined;
}

function bodyNotes(
  { headers, truncated }: Pick<TransportResponse, 'headers' | 'truncated'>,
  body: ClassifiedBody,
  asked: AskedFor,
): ResponseNote[] {
  switch (body.kind) {
    case 'empty':
      return [];
    case 'binary':
      return body.saidToBeText ? [{ kind: 'binary-in-text' }] : [];
    case 'json':
      return [
        ...textNotes(body),
        ...(body.isJson !== false || truncated ? [] : [{ kind: 'not-the-json-it-says' } as const]),
      ];
    default: {
      const wantsData = /json|xml/i.test(headerValue(asked.headers, 'accept') ?? '');
      return [
        ...textNotes(body),
        ...(body.kind === 'html' && wantsData ? [{ kind: 'html-instead' } as const] : []),
        ...(isEventStream(headers) ? [{ kind: 'event-stream' } as const] : []),
      ];
    }
  }
}

function textNotes({ unknownCharset, malformed, charset }: Extract<ClassifiedBody, { text: string }>): ResponseNote[] {
  if (unknownCharset !== undefined) return [{ kind: 'unknown-charset', declared: unknownCharset, used: charset }];
  return malformed ? [{ kind: 'malformed-text', charset }] : [];
}

function declaresBodyAgainstTheRules(
  { status, headers, body }: Pick<TransportResponse, 'status' | 'headers' | 'body'>,
  { method }: AskedFor,
): boolean {
  if (body.length > 0 || method === 'HEAD') return false;
  const length = headerValue(headers, 'content-length');
  // With 304 the length is that of what is not sent (RFC 9110 section 8.6).
  return status === 204 && length !== undefined && length !== '0';
}
