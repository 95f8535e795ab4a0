import type { ScalarNode } from '../nodes';
import { itemsOf } from '../nodes';
import type { ManifestSource } from '../read';
import type { Target } from '../target';
import { lineEndOf, lineStartOf } from './edits';
import { removeItem } from './entries';
import { fix } from './fix';
import { distinctItems, scalarsOf, textsOf } from './judge';
import type { Breach, Circumstances, Rule } from './rule';

/** Rules on addresses and variables that have to do with Maskinporten, wherever they stand. */
export const envRules: readonly Rule[] = [
  { code: 'NM029', severity: 'warning', alsoInSchema: false, check: retiredHosts },
  { code: 'NM030', severity: 'hint', alsoInSchema: false, check: platformVariables },
];

const TEST_HOST = 'test.maskinporten.no';

/**
 * Digdir's page on well-known endpoints: ver2 of Maskinporten ended on 10 June 2024; "Utfasede endepunkt" has the
 * hosts of the old ID-porten, which served both.
 */
const RETIRED_HOST = /(?<![\w.-])(?:(?:oidc-)?ver[12]\.maskinporten\.no|oidc-ver[12]\.difi\.no)(?![\w.-]*\w)/gi;

function* retiredHosts({ templates }: ManifestSource): Iterable<Breach<'NM029'>> {
  const { text, masked } = templates;
  let lineEnd = -1;
  let judgedEnd = -1;
  for (const match of masked.matchAll(RETIRED_HOST)) {
    const [host] = match;
    const range = { start: match.index, end: match.index + host.length };
    if (range.start > lineEnd) {
      // Once a line: there may be very many on one.
      const lineStart = lineStartOf(masked, range.start);
      lineEnd = lineEndOf(text, range.end);
      const line = masked.slice(lineStart, lineEnd);
      const comment = line.search(/(?:^|\s)#/);
      judgedEnd = text.slice(lineStart, lineEnd) !== line ? lineStart : comment === -1 ? lineEnd : lineStart + comment;
    }
    if (range.start > judgedEnd) {
      continue;
    }
    const fixes = /maskinporten/i.test(host)
      ? fix({ kind: 'replace', result: TEST_HOST }, { range, newText: TEST_HOST }, false)
      : [];
    yield { range, data: { host }, fixes };
  }
}

/** What Digdirator and Naiserator set, as far as it is the same for every workload of an environment. */
const PLATFORM_VALUES: Readonly<Record<string, (issuer: string) => string>> = {
  MASKINPORTEN_ISSUER: (issuer) => issuer,
  MASKINPORTEN_JWKS_URI: (issuer) => `${issuer}jwk`,
  MASKINPORTEN_TOKEN_ENDPOINT: (issuer) => `${issuer}token`,
  MASKINPORTEN_WELL_KNOWN_URL: (issuer) => `${issuer}.well-known/oauth-authorization-server`,
};

const ISSUERS: Readonly<Record<Exclude<Target, 'unknown'>, string>> = {
  dev: 'https://test.maskinporten.no/',
  prod: 'https://maskinporten.no/',
};

const CREDENTIALS: ReadonlySet<string> = new Set(['MASKINPORTEN_CLIENT_ID', 'MASKINPORTEN_CLIENT_JWK']);

const TOKEN_ENDPOINTS: ReadonlySet<string> = new Set(['NAIS_TOKEN_ENDPOINT', 'NAIS_TOKEN_INTROSPECTION_ENDPOINT']);

/** Whether the platform sets the variable where Maskinporten is on (nais/digdirator, pkg/secrets; nais/naiserator, texas). */
export function isPlatformVariable(name: string): boolean {
  return (
    Object.hasOwn(PLATFORM_VALUES, name) ||
    CREDENTIALS.has(name) ||
    TOKEN_ENDPOINTS.has(name) ||
    name === 'MASKINPORTEN_SCOPES'
  );
}

/** A variable of the manifest wins over the platform's. Without `maskinporten`, that is how one wires up a mock. */
function* platformVariables(source: ManifestSource, { target }: Circumstances): Iterable<Breach<'NM030'>> {
  if (!isOn(source)) {
    return;
  }
  for (const { item, entry } of distinctItems(source.env)) {
    const [name] = textsOf(item.value, 'name');
    const [value] = scalarsOf(item.value, 'value');
    if (name === undefined || value === undefined || entry.value.kind !== 'list') {
      continue;
    }
    const problem = problemOf(source, name.value, value, target);
    if (problem !== undefined) {
      yield {
        range: name.range,
        data: { name: name.value, problem },
        severity: problem === 'same' ? 'hint' : 'warning',
        fixes: fix({ kind: 'remove-item' }, removeItem(source.templates.text, item, entry.value), false),
      };
    }
  }
}

function isOn(source: ManifestSource): boolean {
  return source.blocks.some(({ value }) => [...scalarsOf(value, 'enabled')].some((enabled) => enabled.value === true));
}

function problemOf(
  source: ManifestSource,
  name: string,
  { text }: ScalarNode,
  target: Target,
): 'same' | 'contradicts' | 'credential' | undefined {
  if (CREDENTIALS.has(name)) {
    return 'credential';
  }
  if (TOKEN_ENDPOINTS.has(name)) {
    return isInCluster(text) ? undefined : 'contradicts';
  }
  if (name === 'MASKINPORTEN_SCOPES') {
    const { consumes } = source.manifest;
    const isKnown =
      !consumes.some((scope) => scope.name.templated) && itemsOf(source.consumes).length === consumes.length;
    const scopes = consumes.map((scope) => scope.name.value).join(' ');
    return isKnown ? (scopes === text ? 'same' : 'contradicts') : undefined;
  }
  const valueFor = Object.hasOwn(PLATFORM_VALUES, name) ? PLATFORM_VALUES[name] : undefined;
  if (valueFor === undefined) {
    return undefined;
  }
  const issuers = target === 'unknown' ? Object.values(ISSUERS) : [ISSUERS[target]];
  return issuers.some((issuer) => valueFor(issuer) === text) ? 'same' : 'contradicts';
}

/** Loopback, and names that only the cluster knows: `app`, `app.namespace`, `….svc.cluster.local`. */
function isInCluster(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return host.startsWith('127.') || host === '[::1]' || /\.(?:svc|local)$/.test(host) || host.split('.').length <= 2;
}
