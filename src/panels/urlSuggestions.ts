import type { KnownScopes, Manifest, Target } from '../manifest';
import type { UrlSuggestion } from '../shared/composeMessages';
import type { Translate } from '../shared/localize';

/** What URLs can be taken from. */
export interface SuggestionSources {
  /** The sandbox's own API; undefined where another environment is chosen. */
  readonly sampleUrl: string | undefined;
  readonly scopes: readonly string[];
  readonly target: Target;
  readonly knownScopes: Pick<KnownScopes, 'hostsOf'>;
  readonly manifest: Manifest | undefined;
  /** The file that says what the manifest has: itself, or the variables that fill it in. */
  readonly file: string | undefined;
  /** The last first. */
  readonly recent: readonly string[];
}

const MOST = 50;

/** URLs that may be meant, the likeliest first, each once. */
export function urlSuggestions(sources: SuggestionSources, t: Translate): readonly UrlSuggestion[] {
  const { sampleUrl, manifest, file = '', recent } = sources;
  const all: readonly UrlSuggestion[] = [
    ...(sampleUrl === undefined ? [] : [{ url: sampleUrl, source: t('the sandbox’s own API') }]),
    ...knownUrls(sources).map(([scope, url]) => ({ url, source: t('API of {scope}', { scope }) })),
    ...(manifest ? envUrls(manifest) : []).map(([name, url]) => ({
      url,
      source: t('{name} in {file}', { name, file }),
    })),
    ...(manifest ? outboundUrls(manifest) : []).map((url) => ({ url, source: t('outbound rule in {file}', { file }) })),
    ...recent.map((url) => ({ url, source: t('sent before') })),
  ];
  const byUrl = new Map<string, UrlSuggestion>();
  for (const suggestion of all) if (!byUrl.has(suggestion.url)) byUrl.set(suggestion.url, suggestion);
  return [...byUrl.values()].slice(0, MOST);
}

/** The URL of a form in which none was typed: in the sandbox its own API, as its tokens go to no other. */
export function prefilledUrl(sources: SuggestionSources): string | undefined {
  const { sampleUrl, manifest } = sources;
  if (sampleUrl !== undefined) return sampleUrl;
  const [known] = knownUrls(sources);
  if (known) return known[1];
  return manifest && outboundUrls(manifest)[0];
}

function knownUrls({ scopes, target, knownScopes }: SuggestionSources): readonly (readonly [string, string])[] {
  return scopes.flatMap((scope) =>
    knownScopes.hostsOf(scope, target).map((host) => [scope, `https://${host}/`] as const),
  );
}

function outboundUrls({ outbound }: Manifest): readonly string[] {
  return outbound.flatMap(({ host, ipv4, ports }) => {
    const name = host ?? ipv4;
    if (name === undefined || name.templated || name.value === '') return [];
    const numbers = ports.flatMap(({ value, templated }) => (templated || value === undefined ? [] : [value]));
    const port = numbers.length === 0 || numbers.includes(443) ? '' : `:${String(numbers[0])}`;
    const url = `https://${name.value}${port}/`;
    return URL.canParse(url) ? [url] : [];
  });
}

/** A variable that is called as those are that hold addresses. */
const ADDRESS_NAME = /url|uri|host|endpoint|base|api|addr/i;

/** A name with a domain, and a path after it at most. */
const HOST_VALUE = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::\d+)?(?:\/\S*)?$/i;

function envUrls({ env }: Manifest): readonly (readonly [name: string, url: string])[] {
  return env.flatMap(({ name, value }) => {
    const text = value.value.trim();
    if (name.templated || value.templated) return [];
    if (/^https?:\/\/\S+$/i.test(text) && URL.canParse(text)) return [[name.value, text] as const];
    const isHost = ADDRESS_NAME.test(name.value) && HOST_VALUE.test(text);
    return isHost ? [[name.value, `https://${text}`] as const] : [];
  });
}
