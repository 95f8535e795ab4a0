import { isHost } from './rules/hosts';
import type { OwnScope } from './knownScopes';

/** What is wrong with a row of the setting `maskinporten.knownScopes`, which is then left out. */
export interface OwnScopeFault {
  /** Its place in the list, from 1. */
  readonly row: number;
  readonly problem: 'not-an-object' | 'no-scope' | 'not-a-scope' | 'hosts' | 'owner' | 'documentation';
  readonly value: string;
}

export interface OwnScopes {
  readonly rows: readonly OwnScope[];
  readonly faults: readonly OwnScopeFault[];
}

const MOST_ROWS = 1000;

/** Reads the setting: `[{ scope, owner?, test?: [host], prod?: [host], documentation? }]`. Never throws. */
export function readOwnScopes(setting: unknown): OwnScopes {
  const rows = new Map<string, OwnScope>();
  const faults: OwnScopeFault[] = [];
  const items: readonly unknown[] = Array.isArray(setting) ? setting.slice(0, MOST_ROWS) : [];
  items.forEach((item, index) => {
    const row = readRow(item);
    if ('problem' in row) {
      faults.push({ row: index + 1, ...row });
    } else {
      rows.set(row.scope, row);
    }
  });
  return { rows: [...rows.values()], faults };
}

function readRow(item: unknown): OwnScope | Omit<OwnScopeFault, 'row'> {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    return { problem: 'not-an-object', value: '' };
  }
  const { scope, owner, documentation, test, prod } = item as Readonly<Record<string, unknown>>;
  if (typeof scope !== 'string' || scope === '') {
    return { problem: 'no-scope', value: '' };
  }
  // RFC 6749 section 3.3.
  if (scope.length > 255 || !/^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope)) {
    return { problem: 'not-a-scope', value: scope.slice(0, 255) };
  }
  const testHosts = hostsOf(test);
  const prodHosts = hostsOf(prod);
  if (testHosts === undefined || prodHosts === undefined) {
    return { problem: 'hosts', value: scope };
  }
  if (owner !== undefined && typeof owner !== 'string') {
    return { problem: 'owner', value: scope };
  }
  if (documentation !== undefined && !isPage(documentation)) {
    return { problem: 'documentation', value: scope };
  }
  return { scope, owner, test: testHosts, prod: prodHosts, documentation };
}

/** Host names as an outbound rule has them; undefined where one is not. */
function hostsOf(value: unknown): readonly string[] | undefined {
  if (value === undefined) {
    return [];
  }
  const hosts: readonly unknown[] = Array.isArray(value) ? value : [value];
  const names = hosts.flatMap((host) => (typeof host === 'string' && isHost(host) ? [host.toLowerCase()] : []));
  return names.length === hosts.length ? names : undefined;
}

function isPage(value: unknown): value is string {
  return typeof value === 'string' && /^https:\/\/[^\s<>"]+$/.test(value) && URL.canParse(value);
}
