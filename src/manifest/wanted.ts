/** What a reader wants of a map: every entry, or the named ones. */
export type Wanted = 'all' | { readonly [key: string]: Wanted };

/** The parts of a workload that speak of Maskinporten; the rest of a manifest is never looked into. */
export const WANTED: Wanted = {
  apiVersion: 'all',
  kind: 'all',
  maskinporten: 'all',
  metadata: { name: 'all', namespace: 'all', labels: { team: 'all' } },
  spec: {
    maskinporten: 'all',
    scopes: 'all',
    secretName: 'all',
    accessPolicy: { outbound: { external: 'all', rules: 'all' } },
    env: 'all',
    port: 'all',
    webproxy: 'all',
    vault: { enabled: 'all' },
  },
};

/** What is wanted of the value under `key`; nothing where the value is to be passed by. */
export function wantedUnder(wanted: Wanted, key: string): Wanted | undefined {
  return wanted === 'all' ? 'all' : Object.hasOwn(wanted, key) ? wanted[key] : undefined;
}
