import { certificateSubject } from '../maskinporten/certificates';
import { modulusBits } from '../maskinporten/keys';
import type { Environment } from '../maskinporten/model';
import type { Translate } from '../shared/localize';
import { wordCertificateFault, wordKeyFault } from '../words/grantFaults';
import { wordProblem } from '../words/problems';
import { wordDoubt, wordFormat } from '../words/recognition';
import {
  clientIdIn,
  doubtsIn,
  environmentIn,
  gapsIn,
  isOtherClient,
  mayChooseEnvironment,
  type Draft,
  type Gap,
  type KeyDraft,
} from './credentialDraft';

/** What a row of the summary does when it is chosen. */
export type SummaryAction =
  | 'save'
  | 'save-for-session'
  | 'try'
  | 'name'
  | 'client-id'
  | 'kid'
  | 'certificates'
  | 'environment'
  | 'endpoints'
  | 'consumer-org'
  | 'candidate'
  | 'endpoint';

export interface SummaryRow {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** Undefined for a row that is only there to be read. */
  readonly action?: SummaryAction;
}

/** The parts of the one step in which a user sees what will be kept. No secret is among them. */
export interface Summary {
  /** What Enter does: fill in what is missing, or save. */
  readonly actions: readonly SummaryRow[];
  readonly doubts: readonly SummaryRow[];
  readonly facts: readonly SummaryRow[];
}

export function summaryOf(draft: Draft, name: string, t: Translate): Summary {
  return {
    actions: actionRows(draft, t),
    doubts: [...gapRows(draft, t), ...doubtRows(draft, t), ...trialRows(draft, t)],
    facts: [
      { label: t('Name'), description: name, action: 'name' },
      ...environmentRows(draft, t),
      ...(draft.kind === 'key' ? keyFacts(draft, t) : texasFacts(draft.endpoint, t)),
    ],
  };
}

/** Doubts in full, for the question before saving: a row shows as much as fits. */
export function doubtTexts(draft: Draft, t: Translate): readonly string[] {
  return doubtRows(draft, t).map(({ label, detail }) => `${label.replace(/^\$\(\w+\) /, '')} ${detail ?? ''}`.trim());
}

export function wordEnvironmentName({ kind, issuer }: Environment, t: Translate): string {
  switch (kind) {
    case 'test':
      return t('Test');
    case 'prod':
      return t('Production');
    case 'sandbox':
      return t('Sandbox');
    case 'custom':
      return URL.canParse(issuer) ? new URL(issuer).host : issuer;
  }
}

function actionRows(draft: Draft, t: Translate): SummaryRow[] {
  const [gap] = gapsIn(draft);
  if (gap === 'key') return [];
  if (gap !== undefined) return fillIn(gap, t);
  const isProd = environmentIn(draft)?.kind === 'prod';
  const save = draft.replaces
    ? t('Replace the Key')
    : doubtTexts(draft, t).length > 0
      ? t('Save All the Same')
      : isProd
        ? t('Save')
        : t('Save and Use');
  return [
    { label: `$(check) ${save}`, description: t('in the secret store of this machine, nowhere else'), action: 'save' },
    { label: `$(key) ${t('Try It First…')}`, description: t('asks for one token, and keeps nothing'), action: 'try' },
    {
      label: `$(watch) ${t('Use for This Session Only')}`,
      description: t('in memory, gone when the window closes'),
      action: 'save-for-session',
    },
  ];
}

function fillIn(gap: Exclude<Gap, 'key'>, t: Translate): SummaryRow[] {
  switch (gap) {
    case 'kid':
      return [
        { label: `$(edit) ${t('Fill In the Key Id…')}`, action: 'kid' },
        { label: `$(file) ${t('Use a Certificate Chain (PEM)…')}`, action: 'certificates' },
      ];
    case 'clientId':
      return [{ label: `$(edit) ${t('Fill In the Client Id…')}`, action: 'client-id' }];
    case 'environment':
      return [{ label: `$(edit) ${t('Choose the Environment…')}`, action: 'environment' }];
  }
}

/** Why it cannot be saved as it is. */
function gapRows(draft: Draft, t: Translate): SummaryRow[] {
  const rows: SummaryRow[] = [];
  if (draft.kind === 'key' && !draft.recognised.key.ok) {
    const { cause, cure } = wordKeyFault(draft.recognised.key.problem, t);
    rows.push({ label: `$(error) ${cause}`, detail: cure });
  }
  if (draft.kind === 'key' && draft.chain?.ok === false) {
    const { cause, cure } = wordCertificateFault(draft.chain.problem, t);
    rows.push({ label: `$(error) ${cause}`, detail: cure });
  }
  return rows;
}

function doubtRows(draft: Draft, t: Translate): SummaryRow[] {
  const rows = doubtsIn(draft).map((doubt): SummaryRow => {
    const words = wordDoubt(doubt, t);
    const row = { label: `$(warning) ${words.doubt}`, detail: words.cure };
    return doubt.code === 'several-candidates' ? { ...row, action: 'candidate' } : row;
  });
  if (isOtherClient(draft)) {
    rows.push({
      label: `$(warning) ${t('It is another client than before: {before}.', { before: draft.replaces?.clientId ?? '' })}`,
      detail: t('Go on if the client itself was replaced. Else take the Secret of the same workload.'),
    });
  }
  if (draft.issuerProblem) {
    const { title, cure } = wordProblem(draft.issuerProblem, t);
    rows.push({ label: `$(warning) ${title}`, detail: cure });
    if (environmentIn(draft)?.kind === 'custom') {
      rows.push({
        label: `$(edit) ${t('It Publishes No Metadata: Fill In Its Endpoints…')}`,
        action: 'endpoints',
      });
    }
  }
  return rows;
}

function trialRows({ trial }: Draft, t: Translate): SummaryRow[] {
  if (!trial) return [];
  const scopes = trial.scopes.join(' ');
  if (!trial.problem) return [{ label: `$(pass) ${t('It works: a token for {scopes} came.', { scopes })}` }];
  const { title, cause, cure } = wordProblem(trial.problem, t);
  return [{ label: `$(warning) ${title}`, description: scopes, detail: `${cause} ${cure}` }];
}

function keyFacts(draft: KeyDraft, t: Translate): SummaryRow[] {
  const { recognised, chain, given, origin } = draft;
  const { key, format, scopes } = recognised;
  const clientId = clientIdIn(draft);
  const rows: SummaryRow[] = [];
  if (clientId !== undefined) rows.push({ label: t('Client id'), description: clientId, action: 'client-id' });
  if (key.ok) {
    const { kid, alg = '' } = key.jwk;
    const bits = modulusBits({ ...key.jwk });
    rows.push({ label: t('Key'), description: t('RSA, {bits} bits, {alg}', { bits, alg }) });
    if (kid !== undefined) rows.push({ label: t('Key id'), description: kid });
  }
  if (chain?.ok === true) {
    const end = new Date(chain.endsAtMs).toISOString().slice(0, 10);
    rows.push({
      label: t('Certificate'),
      description: t('{subject}, until {end}', { subject: certificateSubject(chain.x5c), end }),
    });
  }
  rows.push({
    label: t('On behalf of'),
    description: given.consumerOrg ?? t('its own organisation (choose to set consumer_org)'),
    action: 'consumer-org',
  });
  if (scopes.length > 0) rows.push({ label: t('Scopes'), description: scopes.join(' ') });
  const from = origin ? `${wordFormat(format, t)}: ${origin.secret}` : wordFormat(format, t);
  return [...rows, { label: t('Recognised'), description: from }];
}

function texasFacts(endpoint: string, t: Translate): SummaryRow[] {
  return [{ label: t('Texas endpoint'), description: endpoint, action: 'endpoint' }];
}

function environmentRows(draft: Draft, t: Translate): SummaryRow[] {
  const environment = environmentIn(draft);
  if (!environment) return [];
  const description = `${wordEnvironmentName(environment, t)} · ${environment.issuer}`;
  const row = { label: t('Environment'), description };
  return [mayChooseEnvironment(draft) ? { ...row, action: 'environment' } : row];
}
