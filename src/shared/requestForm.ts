import type { NamedText } from './messages';

/** A row of a table in the form. Switched off it is kept, and not sent. */
export interface FormRow extends NamedText {
  readonly enabled: boolean;
}

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

export const BODY_KINDS = ['none', 'json', 'text', 'xml', 'form'] as const;

export type BodyKind = (typeof BODY_KINDS)[number];

/** The body as it is typed. Text and fields are both kept, so that another kind can be tried and left again. */
export interface BodyForm {
  readonly kind: BodyKind;
  readonly text: string;
  /** Of a form (`application/x-www-form-urlencoded`). */
  readonly fields: readonly FormRow[];
}

/** A parameter of the query that is switched off, and so not in the URL. */
export interface UnsentPair {
  /** As it would stand in the URL. */
  readonly raw: string;
  /** Its place among all rows of the query table. */
  readonly at: number;
}

/** A request as the user composes it. */
export interface RequestForm {
  readonly method: string;
  /** As it is typed, the query included: it need not be a URL yet. */
  readonly url: string;
  readonly unsentQuery: readonly UnsentPair[];
  readonly headers: readonly FormRow[];
  readonly body: BodyForm;
  /** Empty: without a token. */
  readonly scopes: readonly string[];
  /** The token is exchanged for one of Altinn's, which is sent in its place. */
  readonly asAltinn: boolean;
}

/** The workload whose scopes the panel offers. */
export interface RequestOrigin {
  readonly manifestUri: string | undefined;
  readonly workload: string | undefined;
}

const NO_BODY: BodyForm = { kind: 'none', text: '', fields: [] };

/** What an empty panel has: most APIs of this kind answer JSON. */
export function emptyForm(scopes: readonly string[]): RequestForm {
  return {
    method: 'GET',
    url: '',
    unsentQuery: [],
    headers: [{ name: 'Accept', value: 'application/json', enabled: true }],
    body: NO_BODY,
    scopes,
    asAltinn: false,
  };
}
