import type { KeyPlace, KnownKey, VOCABULARY } from '../manifest';
import type { Translate } from '../shared/localize';

type Explanations = {
  readonly [P in KeyPlace]: Readonly<Record<(typeof VOCABULARY)[P][number], (t: Translate) => string>>;
};

/** What a key is for, in a sentence or two (Nais reference; nais/liberator, digdirator_types.go). */
export function wordKey({ place, key }: KnownKey, t: Translate): string {
  // Place and key belong together; TypeScript loses the tie when the place may be any.
  const explanations: Readonly<Record<string, (t: Translate) => string>> = EXPLANATIONS[place];
  return explanations[key]?.(t) ?? '';
}

function scopes(t: Translate): string {
  return t('The scopes that the workload consumes and exposes.');
}

const EXPLANATIONS: Explanations = {
  spec: {
    maskinporten: (t) => t('Gives the workload a client at Maskinporten, and tokens for the scopes that it consumes.'),
  },
  client: {
    clientName: (t) => t('What the client is called at Digdir.'),
    secretName: (t) => t('The Kubernetes secret that the client’s credentials are written to. Required.'),
    scopes,
  },
  maskinporten: {
    enabled: (t) => t('true: Nais registers a client at Digdir, and the pod can get tokens. Required.'),
    scopes,
  },
  scopes: {
    consumes: (t) =>
      t('Scopes of other organisations that the workload needs tokens for. Each owner must grant its scope first.'),
    exposes: (t) =>
      t(
        'Scopes that the workload offers to other organisations. Removing an item does not switch the scope off at Digdir: only enabled: false does.',
      ),
  },
  consumes: {
    name: (t) => t('The whole name of the scope as its owner has it, prefix:name. Required.'),
  },
  exposes: {
    enabled: (t) =>
      t(
        'true: consumers can get tokens for the scope. false switches it off for all of them at the next deploy. Required.',
      ),
    product: (t) =>
      t(
        'What the scope belongs to: lower-case letters a to z and digits. It comes first in the name, after the prefix. Required.',
      ),
    name: (t) =>
      t(
        'The rest of the scope’s name: lower-case letters and digits, with / : . between them. Another name is another scope. Required.',
      ),
    separator: (t) =>
      t(
        'What stands between product and name: / : or . in quotes. Without it : is used, or / where the name contains a slash.',
      ),
    atMaxAge: (t) =>
      t(
        'How many seconds a token for the scope lives, from 30 to 680. Without it 30, which is short for most consumers.',
      ),
    consumers: (t) => t('The organisations that may get tokens for the scope.'),
    accessibleForAll: (t) => t('true opens the scope to every organisation. Without it only consumers have access.'),
    allowedIntegrations: (t) =>
      t('The integration types at Digdir that may use the scope. Without it only maskinporten.'),
    delegationSource: (t) =>
      t('altinn lets consumers delegate the scope to a supplier. The separator must then be written out, as "/".'),
    visibility: (t) => t('public puts the scope on Digdir’s open list, private leaves it out. Without it public.'),
  },
  consumers: {
    orgno: (t) => t('The organisation number: nine digits in quotes, as YAML reads a number without them. Required.'),
    name: (t) => t('A note for readers: neither Nais nor Digdir uses it.'),
  },
  outbound: {
    external: (t) => t('The hosts outside of the cluster that the pod may reach. A call to any other times out.'),
  },
  external: {
    host: (t) => t('One exact host name, without https://, port, path or wildcard.'),
    ipv4: (t) => t('One IPv4 address, where there is no host name. With both, neither is opened.'),
    ports: (t) => t('The ports to open. Without it 443 for a host, and every port for an ipv4.'),
  },
  ports: {
    port: (t) => t('The number of the port. Required.'),
  },
};
