import type { RequestForm, RequestOrigin, RequestPanelState } from './requestForm';

/** Headers whose values are no secrets. Any other may be one, whatever its name says. */
const KEPT_HEADERS: ReadonlySet<string> = new Set(['accept', 'accept-language', 'content-type']);

/**
 * What of a form may be kept over a reload. VS Code writes it to disk, so a body, a header outside the list and a
 * user name or password in the URL are left out. The sandbox's sample URL is left out too: it holds a port and a
 * path that end with the window.
 */
export function keepableState(
  form: RequestForm,
  origin: RequestOrigin,
  sampleUrl: string | undefined,
): RequestPanelState {
  return {
    version: 1,
    manifestUri: origin.manifestUri,
    workload: origin.workload,
    method: form.method,
    url: form.url === sampleUrl ? '' : withoutUserInfo(form.url),
    headers: form.headers.filter(({ name }) => KEPT_HEADERS.has(name.trim().toLowerCase())),
    scopes: form.scopes,
  };
}

/** RFC 3986 section 3.2.1. Works on text: what the user has typed so far need not be a URL yet. */
function withoutUserInfo(url: string): string {
  return url.replace(/^([^/\\?#]*[/\\]+)?[^/\\?#]*@/, '$1');
}
