import { BlockList, isIP } from 'node:net';
import { isLoopbackHost } from '../maskinporten/loopback';

/** Where a proxy is named: VS Code's `http.*` settings, and the variables that command line tools read. */
export interface ProxySettings {
  /** `http.proxySupport` is `off`: no proxy at all, whatever else says so. */
  readonly off?: boolean | undefined;
  /** `http.proxy`. */
  readonly url?: string | undefined;
  /** `http.noProxy`. */
  readonly noProxy?: readonly string[] | undefined;
  /** `http.proxyStrictSSL`: it is about the certificate of the proxy alone, never about that of the server behind it. */
  readonly strictSsl?: boolean | undefined;
  /** `http.proxyAuthorization`: the whole value of the Proxy-Authorization field. A secret. */
  readonly authorization?: string | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}

/** A proxy to tunnel through (RFC 9110 section 9.3.6). */
export interface Proxy {
  readonly protocol: 'http:' | 'https:';
  /** An IPv6 address without its brackets. */
  readonly hostname: string;
  readonly port: number;
  /** The value of Proxy-Authorization. A secret. */
  readonly authorization: string | undefined;
  readonly strictSsl: boolean;
}

export type ProxyChoice =
  | { readonly kind: 'direct' }
  | { readonly kind: 'proxy'; readonly proxy: Proxy }
  /** What is named cannot be used: no URL, or SOCKS. `shown` has no credentials in it. */
  | { readonly kind: 'unusable'; readonly shown: string };

/**
 * Chooses how to reach `url`. The setting goes before HTTPS_PROXY and that before HTTP_PROXY, each also in lower case,
 * as in VS Code. This machine is always reached directly, and so never by a proxy that would see the request.
 */
export function chooseProxy(url: URL, settings: ProxySettings): ProxyChoice {
  const { off, noProxy, environment = {} } = settings;
  const named = [settings.url, ...['https_proxy', 'http_proxy'].map((name) => variable(environment, name))];
  const text = named.find((each) => each !== undefined && each.trim() !== '')?.trim();
  if (off || text === undefined || isLoopbackHost(url.hostname)) return { kind: 'direct' };
  const exceptions =
    noProxy && noProxy.length > 0 ? noProxy : (variable(environment, 'no_proxy') ?? '').split(/[\s,]+/);
  return isException(url, exceptions) ? { kind: 'direct' } : readProxy(text, settings);
}

function variable(environment: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  return environment[name] ?? environment[name.toUpperCase()];
}

function readProxy(text: string, { authorization, strictSsl = true }: ProxySettings): ProxyChoice {
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(written)) return { kind: 'unusable', shown: 'http.proxy' };
  const { protocol, hostname, host, port, username, password } = new URL(written);
  if ((protocol !== 'http:' && protocol !== 'https:') || hostname === '') {
    return { kind: 'unusable', shown: `${protocol}//${host}` };
  }
  return {
    kind: 'proxy',
    proxy: {
      protocol,
      hostname: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
      authorization: authorization?.trim() ? authorization.trim() : basic(username, password),
      strictSsl,
    },
  };
}

/** RFC 7617. */
function basic(username: string, password: string): string | undefined {
  if (username === '' && password === '') return undefined;
  return `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')}`;
}

/** A percent sign that nobody escaped stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** As curl and Node read NO_PROXY: `*`, a host and what is under it, either with a port, an address or a network. */
function isException({ hostname, port, protocol }: URL, exceptions: readonly string[]): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const usedPort = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  return exceptions.some((exception) => {
    const text = exception.trim().toLowerCase();
    if (text === '*') return true;
    if (text.includes('/')) return isInNetwork(host, text);
    const [, name = '', onPort] = /^\[?(.*?)\]?(?::(\d{1,5}))?$/.exec(isIP(text) === 6 ? `[${text}]` : text) ?? [];
    if (onPort !== undefined && onPort !== usedPort) return false;
    const suffix = name.replace(/^\*?\./, '');
    return suffix !== '' && (host === suffix || (isIP(host) === 0 && host.endsWith(`.${suffix}`)));
  });
}

function isInNetwork(host: string, network: string): boolean {
  const [, address = '', bits = ''] = /^(.*)\/(\d{1,3})$/.exec(network) ?? [];
  const version = isIP(address);
  if (version === 0 || isIP(host) !== version || Number(bits) > (version === 4 ? 32 : 128)) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(address, Number(bits), family);
  return list.check(host, family);
}
