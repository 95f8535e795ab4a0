import { asFields, asText, MOST, parseOrigin } from './fields';
import { parseForm } from './parseForm';
import type { RequestForm, RequestOrigin } from './requestForm';

/** What a request panel keeps over a reload of the window. VS Code writes it to disk, so no secret may be in it. */
export interface RequestPanelState extends RequestOrigin {
  readonly version: 2;
  readonly form: RequestForm;
  /** What comes after the address of the sandbox's API, which ends with the window. The form has no URL then. */
  readonly sampleSuffix?: string | undefined;
  readonly resource?: string | undefined;
  readonly consumerOrg?: string | undefined;
}

/** What a request panel kept; undefined where it cannot be read. It was on disk, so it is no more trusted than a message. */
export function parseRequestPanelState(value: unknown): RequestPanelState | undefined {
  const fields = asFields(value);
  const form = fields && parseForm(fields['version'] === 1 ? formOfVersion1(fields) : fields['form']);
  if (!form || (fields['version'] !== 1 && fields['version'] !== 2)) return undefined;
  const [sampleSuffix, resource, consumerOrg] = ['sampleSuffix', 'resource', 'consumerOrg'].map((name) =>
    asText(fields[name], MOST.url),
  );
  return {
    version: 2,
    ...parseOrigin(fields),
    form,
    ...(sampleSuffix !== undefined && { sampleSuffix }),
    ...(resource !== undefined && { resource }),
    ...(consumerOrg !== undefined && { consumerOrg }),
  };
}

/** It had no switches, no body and no query of its own. */
function formOfVersion1(fields: Readonly<Record<string, unknown>>): unknown {
  const { method, url, headers, scopes } = fields;
  const rows = Array.isArray(headers) ? headers.map((row: unknown) => ({ ...asFields(row), enabled: true })) : headers;
  const body = { kind: 'none', text: '', fields: [] };
  return { method, url, headers: rows, scopes, body, unsentQuery: [], asAltinn: false };
}
