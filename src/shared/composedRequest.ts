import type { BodyForm, BodyKind, FormRow, RequestForm } from './requestForm';

/** What is sent for a form, apart from its token. */
export interface ComposedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | undefined;
}

/** RFC 9110 section 9.3: a body in these means nothing, and some servers refuse it. */
const WITHOUT_BODY: ReadonlySet<string> = new Set(['GET', 'HEAD']);

const CONTENT_TYPES: Readonly<Record<BodyKind, string | undefined>> = {
  none: undefined,
  json: 'application/json',
  text: 'text/plain; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
  form: 'application/x-www-form-urlencoded',
};

/** Whether requests of the method carry the body that is typed. */
export function takesBody(method: string): boolean {
  return !WITHOUT_BODY.has(method);
}

/** The request that a form stands for: rows that are switched off or empty are left out. */
export function composedRequest(form: RequestForm): ComposedRequest {
  const { method } = form;
  const headers = sentRows(form.headers).map(({ name, value }) => [name, value] as const);
  const contentType = impliedContentType(form);
  return {
    method,
    url: form.url.trim(),
    headers: contentType === undefined ? headers : [...headers, ['Content-Type', contentType]],
    body: takesBody(method) ? bodyText(form.body) : undefined,
  };
}

/** The content type that follows from the kind of the body; undefined where the user names one, or nothing is sent. */
export function impliedContentType({ method, headers, body }: RequestForm): string | undefined {
  const isNamed = sentRows(headers).some(({ name }) => name.toLowerCase() === 'content-type');
  return isNamed || !takesBody(method) || bodyText(body) === undefined ? undefined : CONTENT_TYPES[body.kind];
}

/** Whether a row says something and is switched on. */
export function isSentRow({ name, value, enabled }: FormRow): boolean {
  return enabled && (name.trim() !== '' || value !== '');
}

/** Rows that are sent, without the spaces around their names. */
function sentRows(rows: readonly FormRow[]): readonly FormRow[] {
  return rows.filter(isSentRow).map((row) => ({ ...row, name: row.name.trim() }));
}

/** Undefined where there is none; a JSON body that is still empty is none, an empty form is one. */
function bodyText({ kind, text, fields }: BodyForm): string | undefined {
  switch (kind) {
    case 'none':
      return undefined;
    case 'form':
      return new URLSearchParams(
        fields.filter(isSentField).map(({ name, value }): [string, string] => [name, value]),
      ).toString();
    default:
      return text === '' ? undefined : text;
  }
}

/** Names of form fields may have spaces around them: nothing is taken off. */
function isSentField({ name, value, enabled }: FormRow): boolean {
  return enabled && (name !== '' || value !== '');
}
