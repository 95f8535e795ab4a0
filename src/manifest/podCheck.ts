import type { OutboundFacts } from './facts';
import type { Manifest, OutboundApp, OutboundRule, Range, SourceValue } from './model';
import { isHost, isIpv4 } from './rules/hosts';

/** Whether the pod of a manifest gets to a URL. Ranges are those of the rules that decide. */
export type PodVerdict =
  /** A rule of `accessPolicy.outbound.external` opens host and port; `conditional` where a template may leave it out. */
  | { readonly kind: 'covered'; readonly range: Range; readonly conditional: boolean }
  /** Every workload may reach it. */
  | { readonly kind: 'open-by-default' }
  /** Maskinporten itself, for a workload that has it switched on. */
  | { readonly kind: 'maskinporten-itself' }
  | ({ readonly kind: 'missing' } & Wanted)
  /** The host is there with other ports. */
  | ({ readonly kind: 'wrong-port'; readonly range: Range; readonly ports: readonly number[] } & Wanted)
  /** Rules for addresses say nothing about a host name, whatever it resolves to. */
  | ({ readonly kind: 'only-address-rules' } & Wanted)
  /** The rule has a host and an address, and so is dropped (nais/naiserator, fqdnpolicy.go and networkpolicy.go). */
  | ({ readonly kind: 'dropped-rule'; readonly range: Range } & Wanted)
  /** A template decides what the rules are. */
  | { readonly kind: 'templated' }
  /** A name within the cluster: `outbound.rules` decide, and no desk reaches it. `namespace` is the manifest's own where none is named. */
  | {
      readonly kind: 'service-discovery';
      readonly application: string;
      readonly namespace: string | undefined;
      readonly port: number;
      /** Whether a rule is for it; not known where a template or the cluster decides. */
      readonly opened: 'yes' | 'no' | 'unknown';
    }
  /** No outbound rules apply there; the pod may need the web proxy. */
  | { readonly kind: 'on-prem' }
  /** From the pod it is the pod itself. */
  | { readonly kind: 'loopback' }
  /** A MaskinportenClient has no pod. */
  | { readonly kind: 'no-pod' }
  /** IPv6, which the rules have no field for. */
  | { readonly kind: 'no-rule-for-it' }
  | { readonly kind: 'no-url' };

interface Wanted {
  readonly host: string;
  readonly port: number;
}

export interface PodOptions {
  /** The target is an on-prem cluster. `webproxy` and `vault` in the manifest say so too. */
  readonly onPrem?: boolean | undefined;
  /** What templates do to the rules; nothing where the manifest was rendered. */
  readonly outbound?: OutboundFacts | undefined;
}

/** Open for all workloads (Nais docs, workloads/reference/access-policies). */
const OPEN_BY_DEFAULT: ReadonlySet<string> = new Set([
  'metadata.google.internal:80',
  'private.googleapis.com:443',
  'login.microsoftonline.com:443',
  'graph.microsoft.com:443',
  'aivencloud.com:443',
]);

/** Digdirator opens it for pods with Maskinporten (nais/digdirator, charts/templates/netpol.yaml). */
const MASKINPORTEN: ReadonlySet<string> = new Set(['maskinporten.no:443', 'test.maskinporten.no:443']);

const HTTPS_PORT = 443;

/** Judges one URL by one manifest. Never throws; what is no http URL is `no-url`. */
export function podVerdict(manifest: Manifest, url: string, { onPrem, outbound }: PodOptions = {}): PodVerdict {
  const target = targetOf(url);
  if (target === undefined) return { kind: 'no-url' };
  const { host, port } = target;
  if (manifest.kind === 'MaskinportenClient') return { kind: 'no-pod' };
  if (host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127\.[\d.]+$/.test(host)) {
    return { kind: 'loopback' };
  }
  const service = serviceOf(target, manifest, outbound);
  if (service !== undefined) return service;
  if (onPrem === true || manifest.webproxy?.value === true || manifest.vault?.value === true) {
    return { kind: 'on-prem' };
  }
  const authority = `${host}:${port}`;
  if (OPEN_BY_DEFAULT.has(authority)) return { kind: 'open-by-default' };
  if (MASKINPORTEN.has(authority) && manifest.maskinporten?.enabled?.value === true) {
    return { kind: 'maskinporten-itself' };
  }
  return byRules(manifest.outbound, { host, port }, outbound);
}

interface UrlTarget extends Wanted {
  readonly isHttps: boolean;
}

function targetOf(url: string): UrlTarget | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname, port } = new URL(url);
  if ((protocol !== 'https:' && protocol !== 'http:') || hostname === '') return undefined;
  const isHttps = protocol === 'https:';
  return { host: hostname, port: port === '' ? (isHttps ? HTTPS_PORT : 80) : Number(port), isHttps };
}

/** `app`, `app.namespace` over http, and either with `.svc.cluster.local` (Nais docs, service discovery). */
function serviceOf(
  { host, port, isHttps }: UrlTarget,
  { namespace, outboundApps = [] }: Manifest,
  outbound: OutboundFacts | undefined,
): PodVerdict | undefined {
  if (host.startsWith('[') || isIpv4(host)) return undefined;
  const withoutSuffix = host.replace(/\.svc(?:\.cluster\.local|\.nais\.local)?$/, '');
  const [application = '', named, ...others] = withoutSuffix.split('.');
  const own = namespace?.templated === false ? namespace.value : undefined;
  const isInCluster =
    withoutSuffix !== host || named === undefined || (others.length === 0 && (!isHttps || named === own));
  if (!isInCluster || others.length > 0) return undefined;
  const wanted = { application, namespace: named ?? own };
  return { kind: 'service-discovery', ...wanted, port, opened: isOpened(wanted, own, outboundApps, outbound) };
}

function isOpened(
  wanted: { readonly application: string; readonly namespace: string | undefined },
  own: string | undefined,
  apps: readonly OutboundApp[],
  outbound: OutboundFacts | undefined,
): 'yes' | 'no' | 'unknown' {
  const conditional = new Set(outbound?.conditionalApps?.map(({ start }) => start));
  const matches = (rule: SourceValue | undefined, value: string | undefined) =>
    rule === undefined ? value === own : rule.value === '*' || rule.value === value;
  const fitting = apps.filter(
    ({ application, namespace }) => matches(application, wanted.application) && matches(namespace, wanted.namespace),
  );
  // A rule may be for one cluster alone, and none is known here.
  if (fitting.some(({ cluster, range }) => cluster === undefined && !conditional.has(range.start))) return 'yes';
  const isTemplated = apps.some(({ application, namespace }) => application.templated || namespace?.templated === true);
  return fitting.length > 0 || isTemplated || outbound?.appsMayHoldMore === true ? 'unknown' : 'no';
}

function byRules(rules: readonly OutboundRule[], wanted: Wanted, outbound: OutboundFacts | undefined): PodVerdict {
  const { host, port } = wanted;
  const isAddress = isIpv4(host);
  // The pattern of the field takes no IPv6, and its hosts are names (Nais CRD, `external[].host`).
  if (!isAddress && !isHost(host)) return { kind: 'no-rule-for-it' };
  const conditional = new Set(outbound?.conditional.map(({ start }) => start));
  const named = rules.filter((rule) => nameIn(rule, isAddress)?.value.toLowerCase() === host);
  const alive = named.filter(({ host: name, ipv4 }) => name === undefined || ipv4 === undefined);
  const opening = alive.filter((rule) => opens(rule, port, isAddress));
  const sure = opening.find(({ range }) => !conditional.has(range.start));
  const [first = sure] = opening;
  if (first !== undefined) {
    return { kind: 'covered', range: (sure ?? first).range, conditional: sure === undefined };
  }
  if (outbound?.mayHoldMore === true || rules.some(isTemplated) || alive.some(hasTemplatedPort)) {
    return { kind: 'templated' };
  }
  const [other] = alive;
  if (other !== undefined) return { kind: 'wrong-port', range: other.range, ports: portsOf(other), ...wanted };
  const [dropped] = named;
  if (dropped !== undefined) return { kind: 'dropped-rule', range: dropped.range, ...wanted };
  const onlyAddresses = !isAddress && rules.length > 0 && rules.every((rule) => rule.host === undefined);
  return { kind: onlyAddresses ? 'only-address-rules' : 'missing', ...wanted };
}

function nameIn({ host, ipv4 }: OutboundRule, isAddress: boolean) {
  return isAddress ? ipv4 : host;
}

function isTemplated({ host, ipv4 }: OutboundRule): boolean {
  return host?.templated === true || ipv4?.templated === true;
}

function hasTemplatedPort({ ports }: OutboundRule): boolean {
  return ports.some(({ templated }) => templated);
}

/** Without ports a host has 443 and an address all of them (nais/naiserator, networkpolicy.go). */
function opens(rule: OutboundRule, port: number, isAddress: boolean): boolean {
  if (rule.ports.length === 0) return isAddress || port === HTTPS_PORT;
  return rule.ports.some(({ value, templated }) => !templated && value === port);
}

function portsOf({ ports }: OutboundRule): readonly number[] {
  const numbers = ports.flatMap(({ value }) => value ?? []);
  return numbers.length > 0 ? numbers : [HTTPS_PORT];
}
