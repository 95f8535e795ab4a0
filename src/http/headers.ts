import type { HeaderFault, ProblemStep } from '../maskinporten/problem';
import { ProblemError } from '../maskinporten/problem';
import type { HeaderFields } from '../maskinporten/transport';

/** RFC 9110 section 5.6.2: names of header fields and methods. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** RFC 9110 section 5.5, without control characters: no value may end its line and begin another. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Fields that frame the message or name its target: from the caller they could only contradict what is sent. */
const SET_BY_TRANSPORT: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Methods that a request may have. CONNECT makes tunnels and TRACE returns the token to sender, so neither may. */
export function isMethod(method: string): boolean {
  return TOKEN.test(method) && !/^(?:connect|trace)$/i.test(method);
}

/** Throws a ProblemError for the first header field that must not be sent. Values never get into the Problem. */
export function checkHeaders(headers: HeaderFields, step: ProblemStep): void {
  for (const [name, value] of headers) {
    const reason = headerFault(name, value);
    if (reason) throw new ProblemError({ code: 'request/bad-header', step, sent: [], header: name, reason });
  }
}

/** Why a header field must not be sent; undefined where it may. */
export function headerFault(name: string, value: string): HeaderFault | undefined {
  if (!TOKEN.test(name)) return 'illegal-name';
  if (!VALUE.test(value)) return 'illegal-value';
  return SET_BY_TRANSPORT.has(name.toLowerCase()) ? 'set-by-transport' : undefined;
}
