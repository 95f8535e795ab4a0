import type { FindingData, Target } from '../../manifest';
import type { Translate } from '../../shared/localize';
import type { Wording } from './wording';

/** Sentences on outbound rules, hosts and variables. */
export const outboundWords: Wording<
  'NM019' | 'NM020' | 'NM021' | 'NM022' | 'NM023' | 'NM024' | 'NM025' | 'NM026' | 'NM027' | 'NM028' | 'NM029' | 'NM030'
> = {
  NM019: (_, t) =>
    t(
      'Scopes are consumed, and no outbound host is open: a call from the pod to an API outside of the cluster will time out.',
    ),
  NM020: ({ scope, hosts, target }, t) =>
    t(
      'The API of {scope} is known to be at {hosts} in {environment}, which no outbound rule opens: a call from the pod will time out.',
      {
        scope,
        hosts: hosts.join(', '),
        environment: environmentName(target, t),
      },
    ),
  NM021: ({ host, target }, t) =>
    target === 'prod'
      ? t(
          '{host} is a test host, and this manifest seems to be for production: tokens of the one are refused by the other.',
          {
            host,
          },
        )
      : t(
          '{host} is a host in production, and this manifest seems to be for test: tokens of the one are refused by the other.',
          {
            host,
          },
        ),
  NM022: hostProblem,
  NM023: (_, t) =>
    t('With both host and ipv4, Nais makes no rule at all of this item: the call from the pod will time out.'),
  NM024: ({ problem }, t) =>
    problem === 'text'
      ? t('An item of external needs a host or an ipv4 key: the deploy will be refused.')
      : t('This item has neither host nor ipv4: it opens nothing for the pod.'),
  NM025: ({ ipv4, problem }, t) =>
    problem === 'host-name'
      ? t('{ipv4} is a host name, and belongs under host: the deploy will be refused.', { ipv4 })
      : t('{ipv4} is no single IPv4 address, as in 10.0.0.1: the deploy will be refused.', {
          ipv4: ipv4 === '' ? '""' : ipv4,
        }),
  NM026: portProblem,
  NM027: ({ host }, t) => t('{host} is open already, further up: this item changes nothing for these ports.', { host }),
  NM028: ({ host }, t) =>
    t(
      '{host} is an address, and a rule for a host looks it up as a name: the call from the pod will most likely time out.',
      {
        host,
      },
    ),
  NM029: ({ host }, t) =>
    t(
      '{host} is an old host of Digdir’s test environment, which is at test.maskinporten.no now: requests to it will most likely fail.',
      { host },
    ),
  NM030: ({ name, problem }, t) => {
    switch (problem) {
      case 'same':
        return t('The platform sets {name} to the same value. It can be left out.', { name });
      case 'contradicts':
        return t('The app will get this value of {name}, and not the other one that the platform sets.', { name });
      case 'credential':
        return t(
          'This hides the {name} that the platform sets and renews: Maskinporten will refuse the app when the two differ.',
          {
            name,
          },
        );
    }
  },
};

function environmentName(target: Target, t: Translate): string {
  return target === 'prod' ? t('production') : t('test');
}

function hostProblem({ host, problem }: FindingData['NM022'], t: Translate): string {
  switch (problem) {
    case 'no-text':
      return t('To YAML, {host} is no text, and a host must be: the deploy will be refused.', { host });
    case 'empty':
      return t('The host is empty: the deploy will be refused.');
    case 'address':
      return t('A host is a name alone, without scheme and path, unlike {host}: the deploy will be refused.', { host });
    case 'port':
      return t('A port stands under ports, not in the host {host}: the deploy will be refused.', { host });
    case 'wildcard':
      return t('A host has no wildcards; each host needs its own item: the deploy will be refused.');
    case 'trailing-dot':
      return t('A host ends without a dot, unlike {host}: the deploy will be refused.', { host });
    case 'characters':
      return t(
        'A host is made of letters, digits and hyphens with dots between, unlike {host}: the deploy will be refused.',
        {
          host,
        },
      );
  }
}

function portProblem({ problem, value }: FindingData['NM026'], t: Translate): string {
  switch (problem) {
    case 'number':
      return t('An item of ports needs a port key, as in {example}: the deploy will be refused.', {
        example: `- port: ${/^\d+$/.test(value) ? value : '443'}`,
      });
    case 'unknown-key':
      return t('There is no key {key} in ports, only port: the deploy will be refused.', { key: value });
    case 'not-a-number':
      return t('A port is a whole number without quotes: the deploy will be refused.');
    case 'missing':
      return t('An item of ports needs a port: the deploy will be refused.');
  }
}
