import type { RequestForm, RequestOrigin } from '../shared/requestForm';
import type { RequestWish } from '../state/requests';

/** What a form stands for: the request, and the token that it is to carry. */
export function wishOfForm({ method, url, headers, body, scopes }: RequestForm, origin: RequestOrigin): RequestWish {
  return {
    request: {
      method,
      url,
      headers: headers.map(({ name, value }): [string, string] => [name, value]),
      body: body === '' ? undefined : body,
    },
    ask: scopes.length > 0 ? { ...origin, scopes } : undefined,
  };
}

/** The form that stands for a request that was kept. */
export function formOfWish({ request: { method, url, headers, body }, ask }: RequestWish): RequestForm {
  return {
    method,
    url,
    headers: headers.map(([name, value]) => ({ name, value })),
    body: typeof body === 'string' ? body : '',
    scopes: ask?.scopes ?? [],
  };
}
