import { environmentOf, PROD, TEST } from '../environments';
import { isProtectedUrl } from '../loopback';
import type { Environment } from '../model';
import type { Doubt, NamedUrl, Variable, Variables } from './model';

interface Read {
  readonly variable: Variable;
  readonly url: URL;
}

const URL_VARIABLES = [
  'MASKINPORTEN_ISSUER',
  'MASKINPORTEN_WELL_KNOWN_URL',
  'MASKINPORTEN_TOKEN_ENDPOINT',
  'MASKINPORTEN_JWKS_URI',
] as const satisfies readonly Variable[];

/** The two names that issuer metadata go by (RFC 8414 section 3, OpenID Connect Discovery section 4). */
const WELL_KNOWN = /\/\.well-known\/(?:oauth-authorization-server|openid-configuration)$/;

/**
 * The environment that the variables speak of, undefined where they say nothing or contradict each other: a key is
 * never sent to an issuer that its own Secret leaves in doubt.
 */
export function readEnvironment(variables: Variables): {
  environment: Environment | undefined;
  doubts: readonly Doubt[];
} {
  const doubts: Doubt[] = [];
  const urls = URL_VARIABLES.flatMap((variable): Read[] => {
    const text = variables.get(variable)?.trim() ?? '';
    if (text === '') return [];
    const { url, doubt } = readUrl(variable, text);
    if (doubt) doubts.push(doubt);
    return url ? [{ variable, url }] : [];
  });
  if (doubts.some(({ code }) => code === 'retired-host')) return { environment: undefined, doubts };
  const [digdirs, ...others] = new Set(urls.map(({ url }) => digdirEnvironment(url)));
  if (others.length > 0) {
    const named = urls.map(({ variable, url }): NamedUrl => ({ variable, url: shown(url) }));
    return { environment: undefined, doubts: [...doubts, { code: 'environments-contradict', urls: named }] };
  }
  if (digdirs) return { environment: digdirs, doubts };
  const { environment, doubt } = customEnvironment(variables, urls);
  return { environment, doubts: doubt ? [...doubts, doubt] : doubts };
}

function readUrl(variable: Variable, text: string): { url?: URL; doubt?: Doubt } {
  if (!URL.canParse(text)) return { doubt: { code: 'not-a-url', variable } };
  const url = new URL(text);
  const { hostname: host, username, password } = url;
  if (host === '' || username !== '' || password !== '') return { doubt: { code: 'not-a-url', variable } };
  if (host === 'ver2.maskinporten.no' || host.startsWith('oidc-ver2.')) {
    return { doubt: { code: 'retired-host', variable, host } };
  }
  return isProtectedUrl(url) ? { url } : { doubt: { code: 'insecure-url', variable, url: shown(url) } };
}

/** Test or production by the host alone: whoever leaves out the issuer's last slash means the same one. */
function digdirEnvironment({ origin }: URL): Environment | undefined {
  return [TEST, PROD].find(({ issuer }) => new URL(issuer).origin === origin);
}

function customEnvironment(variables: Variables, urls: readonly Read[]): { environment?: Environment; doubt?: Doubt } {
  const find = (name: Variable) => urls.find(({ variable }) => variable === name)?.url;
  const metadataUrl = find('MASKINPORTEN_WELL_KNOWN_URL')?.href;
  if (find('MASKINPORTEN_ISSUER')) {
    // To the letter: a URL that was parsed and put together again may have a slash more.
    const issuer = variables.get('MASKINPORTEN_ISSUER')?.trim() ?? '';
    return { environment: { ...environmentOf(issuer), ...(metadataUrl !== undefined && { metadataUrl }) } };
  }
  if (metadataUrl === undefined || !WELL_KNOWN.test(metadataUrl)) return {};
  const issuer = metadataUrl.replace(WELL_KNOWN, '');
  return { environment: { ...environmentOf(issuer), metadataUrl }, doubt: { code: 'issuer-derived', issuer } };
}

/** Query and fragment may hold what is nobody's business. */
function shown({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname}`;
}
