import { podVerdict, type Manifest, type OutboundFacts, type PodVerdict } from '../manifest';
import type { PodAction, PodLine } from '../shared/composeMessages';
import type { Translate } from '../shared/localize';
import { wordPodVerdict } from '../words/podVerdict';

/** What is known of the workload whose pod is asked about. */
export interface PodSubject {
  readonly manifest: Manifest;
  /** What templates do to the rules; undefined where they were filled in. */
  readonly outbound: OutboundFacts | undefined;
  readonly onPrem: boolean;
}

/** A host and a port that the outbound rules do not open, though they could. */
export interface ClosedTarget {
  readonly host: string;
  readonly port: number;
}

/** Whether the pod gets to the URL, in a line; undefined where there is no pod, or no URL yet. */
export function podLine(url: string, subject: PodSubject, t: Translate): PodLine | undefined {
  const verdict = verdictOn(url, subject);
  const words = wordPodVerdict(verdict, t);
  if (!words) return undefined;
  const answer = isAside(verdict) ? 'aside' : words.answer;
  return { answer, text: words.text, command: words.command, action: actionFor(verdict, words.command) };
}

/** What a rule would have to open for the pod to get to the URL; undefined where none would help. */
export function closedTarget(url: string, subject: PodSubject): ClosedTarget | undefined {
  const verdict = verdictOn(url, subject);
  return isClosed(verdict) ? { host: verdict.host, port: verdict.port } : undefined;
}

function verdictOn(url: string, { manifest, outbound, onPrem }: PodSubject): PodVerdict {
  return podVerdict(manifest, url, { onPrem, outbound });
}

type Closed = Extract<PodVerdict, { readonly host: string }>;

function isClosed(verdict: PodVerdict): verdict is Closed {
  return 'host' in verdict;
}

/** This machine is no matter of the pod's, and on-prem has no rules. */
function isAside({ kind }: PodVerdict): boolean {
  return kind === 'loopback' || kind === 'on-prem';
}

function actionFor(verdict: PodVerdict, command: string | undefined): PodAction | undefined {
  if (isClosed(verdict)) return 'open-outbound';
  if (verdict.kind === 'templated' || (verdict.kind === 'covered' && verdict.conditional)) return 'choose-variables';
  return command === undefined ? undefined : 'put-in-terminal';
}
