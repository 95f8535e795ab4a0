import type { PodVerdict } from '../manifest/index';
import { serviceForwardCommand } from '../maskinporten/commands';
import type { Translate } from '../shared/localize';

export interface PodWords {
  /** Whether the pod gets there: `unknown` where nobody can say. */
  readonly answer: 'yes' | 'no' | 'unknown';
  readonly text: string;
  /** A line for a terminal that brings what only the cluster reaches to this machine. */
  readonly command?: string | undefined;
}

/** A port that is free on most machines. */
const LOCAL_PORT = 8080;

/** Answers in a sentence whether the pod gets where the request goes; undefined where there is nothing to ask yet. */
export function wordPodVerdict(verdict: PodVerdict, t: Translate): PodWords | undefined {
  switch (verdict.kind) {
    case 'covered':
      return verdict.conditional
        ? unknown(t('Your pod can reach this host where the template keeps the rule for it.'))
        : yes(t('Your pod can reach this host.'));
    case 'open-by-default':
      return yes(t('Your pod can reach this host: it is open for all workloads.'));
    case 'maskinporten-itself':
      return yes(t('Your pod can reach Maskinporten: it is open where maskinporten.enabled is true.'));
    case 'missing':
      return no(
        t('No outbound rule for {target}: it may work here, but not from your pod.', { target: shown(verdict) }),
      );
    case 'wrong-port':
      return no(
        t('The outbound rule for {host} opens {ports}, not {port}: it may work here, but not from your pod.', {
          host: verdict.host,
          ports: verdict.ports.join(', '),
          port: verdict.port,
        }),
      );
    case 'only-address-rules':
      return no(
        t('The outbound rules have addresses alone, which say nothing about the name {host}. Add a rule for it.', {
          host: verdict.host,
        }),
      );
    case 'dropped-rule':
      return no(
        t('The outbound rule for {host} has a host and an ipv4, and Nais leaves such a rule out: not from your pod.', {
          host: verdict.host,
        }),
      );
    case 'templated':
      return unknown(
        t('A template decides on the outbound rules. Choose a variables file to see whether this host is there.'),
      );
    case 'service-discovery':
      return wordService(verdict, t);
    case 'on-prem':
      return yes(t('No outbound rules apply on-prem. Your pod may need the web proxy to reach this host.'));
    case 'loopback':
      return no(t('This is your own machine. From your pod, the same address is the pod itself.'));
    case 'no-rule-for-it':
      return no(t('Outbound rules are for names and IPv4 addresses; there is none for this host.'));
    case 'no-pod':
    case 'no-url':
      return undefined;
  }
}

function wordService(
  { application, namespace, port, opened }: Extract<PodVerdict, { kind: 'service-discovery' }>,
  t: Translate,
): PodWords {
  const command =
    namespace === undefined
      ? undefined
      : serviceForwardCommand({ application, namespace, port, localPort: LOCAL_PORT });
  return { ...wordOpened(opened, application, t), command: command?.ok ? command.line : undefined };
}

function wordOpened(opened: 'yes' | 'no' | 'unknown', application: string, t: Translate): PodWords {
  switch (opened) {
    case 'yes':
      return yes(
        t(
          '{application} is a name within the cluster, and outbound.rules let your pod call it. From here it is not reached.',
          {
            application,
          },
        ),
      );
    case 'no':
      return no(
        t(
          '{application} is a name within the cluster, and no rule in outbound.rules is for it: not from your pod, nor from here.',
          {
            application,
          },
        ),
      );
    case 'unknown':
      return unknown(
        t('{application} is a name within the cluster: outbound.rules decide on it, and it is not reached from here.', {
          application,
        }),
      );
  }
}

function shown({ host, port }: { readonly host: string; readonly port: number }): string {
  return port === 443 ? host : `${host}:${port}`;
}

function yes(text: string): PodWords {
  return { answer: 'yes', text };
}

function no(text: string): PodWords {
  return { answer: 'no', text };
}

function unknown(text: string): PodWords {
  return { answer: 'unknown', text };
}
