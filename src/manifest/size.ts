import type { Finding } from './finding';

const WORKLOAD = /^[\uFEFF \t{]*["']?apiVersion["']?[ \t]*:[ \t]*["']?nais\.io\//m;

/** Whether a text that is too large to be read looks like a manifest; a file that only mentions Nais does not. */
export function looksLikeManifest(text: string): boolean {
  return text.includes('nais.io/') && WORKLOAD.test(text);
}

/** What is said instead of all else of a manifest that is too large to be read (NM083). */
export function tooLargeFinding(text: string): Finding {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const end = text.search(/[\r\n]/);
  return {
    code: 'NM083',
    severity: 'information',
    alsoInSchema: false,
    range: { start, end: end === -1 ? Math.min(text.length, 80) : end },
    data: {},
    fixes: [],
  };
}
