/** `external[].ipv4` in the Nais CRD: four numbers up to 255, without leading zeros. */
const IPV4 = /^(?:\d|[1-9]\d|1\d{2}|2[0-4]\d|25[0-5])(?:\.(?:\d|[1-9]\d|1\d{2}|2[0-4]\d|25[0-5])){3}$/;

const LABEL = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;

/** Whether the Nais CRD takes the text for `external[].host`: labels of letters, digits and hyphens, with dots between. */
export function isHost(text: string): boolean {
  return text.split('.').every((label) => LABEL.test(label));
}

export function isIpv4(text: string): boolean {
  return IPV4.test(text);
}

export interface BareHost {
  readonly host: string;
  /** The port that the text names; 80 for plain http. */
  readonly port: number | undefined;
}

/** What is meant by a text with more than a host in it: scheme, port, path, a dot at the end. Nothing if that is no host. */
export function bareHost(text: string): BareHost | undefined {
  const match = /^(?:(https?):\/\/)?([^/:@?#\s]+?)\.?(?::(\d{1,5}))?(?:[/?#].*)?$/i.exec(text.trim());
  const [, scheme, host = '', port] = match ?? [];
  if (!isHost(host)) {
    return undefined;
  }
  return { host, port: port !== undefined ? Number(port) : scheme?.toLowerCase() === 'http' ? 80 : undefined };
}
