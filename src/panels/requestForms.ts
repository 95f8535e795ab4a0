import { headerValue } from '../maskinporten/headers';
import type { BodyKind, RequestForm } from '../shared/requestForm';
import type { RequestWish } from '../state/requests';

/** The form that stands for a request that was kept. */
export function formOfWish({ request, ask, asAltinn = false }: RequestWish): RequestForm {
  const { method, url, headers, body } = request;
  const text = typeof body === 'string' ? body : '';
  return {
    method,
    url,
    unsentQuery: [],
    headers: headers.map(([name, value]) => ({ name, value, enabled: true })),
    body: { kind: text === '' ? 'none' : bodyKind(headerValue(headers, 'content-type')), text, fields: [] },
    scopes: ask?.scopes ?? [],
    asAltinn,
  };
}

/** The fields of a form stay text: written anew, they might come out otherwise than they were sent. */
function bodyKind(contentType = ''): BodyKind {
  if (/\bjson\b/i.test(contentType)) return 'json';
  return /\bxml\b/i.test(contentType) ? 'xml' : 'text';
}
