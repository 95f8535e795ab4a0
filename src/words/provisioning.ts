import type { ProvisioningFinding, ProvisioningProblem, ProvisioningReport } from '../maskinporten/provisioning';
import type { Translate } from '../shared/localize';
import { wordAbsolute, wordRelative } from '../shared/time';

/** One thing that the cluster says: what, what follows from it, and what to do. Plain text, with others' words in it. */
export interface ProvisioningPoint {
  readonly title: string;
  readonly text: string;
  readonly cure: string;
}

export interface ProvisioningFact {
  readonly label: string;
  readonly value: string;
}

/** The state in one sentence, for whoever reads no further. */
export function wordVerdict({ verdict, findings }: ProvisioningReport, t: Translate): string {
  switch (verdict) {
    case 'ready':
      return t('The client is ready, with all of its scopes.');
    case 'partly':
      return t('The client is ready, but some of its scopes are refused.');
    case 'outdated':
      return t('The last change failed: the client is as it was before.');
    case 'failed':
      return t('The last change failed.');
    case 'none':
      return findings.some(({ kind }) => kind === 'all-scopes-refused')
        ? t('There is no client: the organisation has access to none of the scopes.')
        : t('There is no client: it could not be made.');
    case 'working':
      return t('Nais is still at work on the client.');
    case 'unknown':
      return t('This does not say whether the client is ready.');
  }
}

/** What a finding means and what cures it. */
export function wordProvisioningFinding(finding: ProvisioningFinding, t: Translate, nowMs: number): ProvisioningPoint {
  switch (finding.kind) {
    case 'all-scopes-refused':
    case 'scopes-refused':
    case 'refused-not-consumed':
      return wordRefusedScopes(finding, t);
    case 'integration-type':
    case 'sync-failed':
    case 'consumers-refused':
      return wordFailure(finding, t);
    case 'other-workload':
      return {
        title: t('This is about another workload: {name}.', { name: finding.name }),
        text: t('What is on the clipboard was read for it.'),
        cure: t('Run the command once more, or choose that workload.'),
      };
    case 'behind':
      return {
        title: t('The newest change is not done yet.'),
        text:
          finding.observed === undefined
            ? t('The resource is at change {generation}; none has been looked at.', { generation: finding.generation })
            : t(
                'The resource is at change {generation}, and {observed} is the last that was looked at. What stands below is of that one.',
                {
                  generation: finding.generation,
                  observed: finding.observed,
                },
              ),
        cure: t('Wait a minute and run the command once more.'),
      };
    case 'working':
      return {
        title: t('The client is being synchronised with Digdir.'),
        text: t('This takes some seconds. Until then the Secret is missing or as it was.'),
        cure: t('Wait a minute and run the command once more. If it stays so, see the events: kubectl describe.'),
      };
    case 'not-begun':
      return {
        title: t('Nothing has happened to it yet.'),
        text: t('The resource is there, and has no status.'),
        cure: t('Wait a minute and run the command once more. If it stays so, ask the Nais team.'),
      };
    case 'old':
      return {
        title: t('It was last synchronised {time}.', { time: wordRelative(finding.synchronizedAtMs, nowMs, t) }),
        text: t('Nais does it anew each week, so something may hold it up.'),
        cure: t('Have it synchronised, with the command below.'),
      };
    case 'not-deployed':
      return {
        title: t('Not in the cluster: {scopes}.', { scopes: finding.scopes.join(', ') }),
        text: t('Consumed by the manifest, but not by what is deployed: asking for it gives MP-200.'),
        cure: t('Deploy the manifest. A new scope takes up to 15 minutes to work.'),
      };
    case 'only-in-cluster':
      return {
        title: t('Only in the cluster: {scopes}.', { scopes: finding.scopes.join(', ') }),
        text: t('Consumed by what is deployed, but not by the manifest.'),
        cure: t('It goes with the next deploy. If it is needed, put it back into the manifest.'),
      };
    case 'unknown-condition':
      return {
        title: t('Condition {type}: {status}.', { type: finding.condition.type, status: finding.condition.status }),
        text: finding.condition.message ?? finding.condition.reason ?? t('It gives no reason.'),
        cure: t('It is newer than this extension: ask the Nais team what it means.'),
      };
  }
}

function wordRefusedScopes(
  finding: Extract<ProvisioningFinding, { kind: 'all-scopes-refused' | 'scopes-refused' | 'refused-not-consumed' }>,
  t: Translate,
): ProvisioningPoint {
  const scopes = finding.scopes.join(', ');
  if (finding.kind === 'refused-not-consumed') {
    return {
      title: t('Refused, but no longer in the manifest: {scopes}.', { scopes }),
      text: t('It was consumed when it was last looked at.'),
      cure: t('Deploy the manifest, and it is gone.'),
    };
  }
  const cure = t(
    'Not asked for yet: copy an access request, and send it to the owner. Granted after the deploy: have the client synchronised with the command below, and give it 15 minutes. Misspelt: correct it and deploy.',
  );
  if (finding.kind === 'scopes-refused') {
    return {
      title:
        scopes === ''
          ? t('The organisation has no access to some of the scopes.')
          : t('The organisation has no access to: {scopes}.', { scopes }),
      text: t(
        'The client is registered without it. It is in MASKINPORTEN_SCOPES all the same, and asking for it gives MP-200. Nais looks again every hour.',
      ),
      cure,
    };
  }
  const title = t('The organisation has access to none of the scopes: {scopes}.', { scopes });
  if (finding.hasClient === true) {
    return { title, text: t('Nothing is left to register, so the client keeps the scopes that it had before.'), cure };
  }
  return {
    title,
    text: t(
      'Nothing is left to register, so there is no client and no Secret. On a first deploy the pod waits with: secret “maskinporten-…” not found.',
    ),
    cure,
  };
}

function wordFailure(
  finding: Extract<ProvisioningFinding, { kind: 'integration-type' | 'sync-failed' | 'consumers-refused' }>,
  t: Translate,
): ProvisioningPoint {
  switch (finding.kind) {
    case 'integration-type':
      return {
        title: t('The client cannot change from {existing} to {desired}.', {
          existing: finding.existing,
          desired: finding.desired,
        }),
        text: t('Digdir lets no client change its integration type.'),
        cure: t(
          'Delete the MaskinportenClient and deploy again: it gets a new client. Grants belong to the organisation, so they stay.',
        ),
      };
    case 'consumers-refused':
      return {
        title: t('Some consumers of an exposed scope were refused.'),
        text: t('{message}. The others have access. Nais does not try these again.', {
          message: finding.message ?? t('It is not said which'),
        }),
        cure: t('Check the organisation numbers, correct them in the manifest and deploy.'),
      };
    case 'sync-failed':
      return {
        title: t('The synchronisation with Digdir failed.'),
        text: t('Digdir or Nais says: {message}', { message: finding.message ?? t('nothing') }),
        cure:
          finding.hasClient === false
            ? t(
                'There is no client yet. Nais tries again all the time; if it is not about your scopes, ask the Nais team.',
              )
            : t('Nais tries again all the time. If it stays so and is not about your scopes, ask the Nais team.'),
      };
  }
}

/** The facts in the order in which a developer looks for them. What is not said is left out. */
export function wordProvisioningFacts(
  { status }: ProvisioningReport,
  t: Translate,
  nowMs: number,
  locale: string,
): ProvisioningFact[] {
  const { name, namespace, clientId, keyIds, synchronizedAtMs, secretName, generation, observedGeneration } = status;
  const facts: (ProvisioningFact | undefined)[] = [
    name === undefined ? undefined : { label: t('Workload'), value: name },
    namespace === undefined ? undefined : { label: t('Team'), value: namespace },
    clientId === undefined ? undefined : { label: t('Client id'), value: clientId },
    keyIds.length === 0 ? undefined : { label: t('Key ids'), value: keyIds.join(', ') },
    synchronizedAtMs === undefined
      ? undefined
      : {
          label: t('Last synchronised'),
          value: `${wordAbsolute(synchronizedAtMs, locale)} (${wordRelative(synchronizedAtMs, nowMs, t)})`,
        },
    secretName === undefined ? undefined : { label: t('Name of the Secret'), value: secretName },
    status.consumes === undefined || status.consumes.length === 0
      ? undefined
      : { label: t('Deployed scopes'), value: status.consumes.join(', ') },
    generation === undefined || observedGeneration === undefined
      ? undefined
      : {
          label: t('Change'),
          value: t('{observed} of {generation} is done', { observed: observedGeneration, generation }),
        },
  ];
  return facts.filter((fact) => fact !== undefined);
}

/** Why nothing can be said, and what to do: one or two sentences. */
export function wordProvisioningProblem(problem: ProvisioningProblem, t: Translate): string {
  switch (problem.reason) {
    case 'empty':
      return t(
        'The clipboard is empty: the command has not run yet, or kubectl refused. What it says then stands in the terminal; copy that, and have it explained here.',
      );
    case 'too-large':
      return t('This is too large for what kubectl says of one client. Run the command as it is shown.');
    case 'unrecognised':
      return t('This is not what kubectl says of a MaskinportenClient. Run the command, and read the clipboard again.');
    case 'several':
      return t('These are several clients: {names}. Run the command for one of them.', {
        names: problem.names.slice(0, 10).join(', '),
      });
    case 'other-kind':
      return t('This is of kind {kind}. What is wanted is the MaskinportenClient: run the command as it is shown.', {
        kind: problem.kind,
      });
    case 'not-found':
      return t(
        'There is no such MaskinportenClient. The workload is not deployed to this cluster and team, or its manifest has no maskinporten.enabled: true there.',
      );
    case 'unknown-kind':
      return t('This cluster does not know MaskinportenClient. Choose a cluster of Nais: kubectl config use-context.');
    case 'forbidden':
      return t('You may not read this team’s resources. Are team and cluster right, and are you a member of the team?');
    case 'not-logged-in':
      return t('kubectl is not logged in. Log in with: nais login, and run the command once more.');
    case 'unreachable':
      return t('kubectl did not reach the cluster. Connect naisdevice, and run the command once more.');
    case 'secret-not-found':
      return t(
        'The pod waits for {secret}, which is made once the client is registered. That takes a minute on a first deploy; if it stays so, the client was refused: run the command to see why.',
        { secret: problem.secret },
      );
  }
}
