import * as vscode from 'vscode';
import type { Problem } from '../maskinporten/problem';
import { problemOf } from '../maskinporten/problem';
import { decodeText } from '../maskinporten/recognise';
import { withCancellableProgress } from '../platform/progress';
import type { Translate } from '../shared/localize';
import type { CredentialProfile, Credentials, Keeping } from '../state/credentials';
import type { Tokens } from '../state/tokens';
import {
  clientIdIn,
  credentialFrom,
  environmentIn,
  readDraft,
  suggestName,
  type Draft,
  type Given,
} from './credentialDraft';
import { CredentialInputs } from './credentialInputs';
import { readSourceAt } from './credentialSource';
import { doubtTexts, summaryOf, wordEnvironmentName, type SummaryAction, type SummaryRow } from './credentialSummary';
import { askChoice, BACK, isAnswer, separator, type Answer, type Choice } from './wizard';

interface ReviewParts {
  readonly credentials: Credentials;
  readonly tokens: Tokens;
  readonly title: string;
  /** Where the workload is deployed. */
  readonly offered: 'test' | 'prod' | undefined;
}

/** Keeps what was decided. Gives undefined where it was not kept, and the user may go on. */
type Keep = (draft: Draft, name: string, keeping: Keeping) => Promise<CredentialProfile | undefined>;

/** The one step in which a user sees what was recognised, settles what is missing or doubtful, and saves it. */
export class CredentialReview {
  private readonly inputs: CredentialInputs;

  constructor(
    private readonly parts: ReviewParts,
    private readonly t: Translate,
  ) {
    this.inputs = new CredentialInputs(parts.title, t);
  }

  /** Gives what was kept, `BACK` for the step before, and undefined when the user cancelled. */
  async run(draft: Draft, keep: Keep): Promise<Answer<CredentialProfile>> {
    let current = draft;
    for (;;) {
      const name = this.nameOf(current);
      const action = await this.show(current, name);
      if (!isAnswer(action)) return action;
      if (action === 'save' || action === 'save-for-session') {
        const checked = await this.check(current);
        if (checked !== true) {
          current = checked ?? current;
          continue;
        }
        const kept = await keep(current, name, action === 'save' ? 'stored' : 'session');
        if (kept) return kept;
      } else {
        const changed = await this.change(current, action, name);
        if (changed === undefined) return undefined;
        if (changed !== BACK) current = changed;
      }
    }
  }

  private nameOf(draft: Draft): string {
    const environment = environmentIn(draft);
    const taken = new Set(this.othersOf(draft).map((profile) => profile.name));
    return suggestName(draft, environment ? wordEnvironmentName(environment, this.t) : this.t('Client'), taken);
  }

  private othersOf({ replaces }: Draft) {
    return this.parts.credentials.profiles.filter(({ id }) => id !== replaces?.id);
  }

  private show(draft: Draft, name: string): Promise<Answer<SummaryAction>> {
    const t = this.t;
    const { actions, doubts, facts } = summaryOf(draft, name, t);
    const items = [
      ...(doubts.length > 0 ? [separator(t('To look at'))] : []),
      ...doubts.map(choiceOf),
      ...(actions.length > 0 ? [separator(t('What to do'))] : []),
      ...actions.map(choiceOf),
      separator(t('Choose a row to change it')),
      ...facts.map(choiceOf),
    ];
    const [first] = actions;
    return askChoice<SummaryAction>({
      title: this.parts.title,
      back: true,
      placeholder:
        first?.action === 'save' ? t('This is what will be kept') : t('Something is missing before it can be kept'),
      items,
      active: items.find(({ label }) => label === first?.label),
    });
  }

  /** Gives true for go on, a draft that says more, and undefined where the user wants to look again. */
  private async check(draft: Draft): Promise<true | Draft | undefined> {
    const t = this.t;
    if (draft.kind === 'key' && !draft.issuerProblem) {
      const problem = await this.askIssuer(draft);
      if (problem === 'cancelled') return undefined;
      if (problem) return { ...draft, issuerProblem: problem };
    }
    const doubts = doubtTexts(draft, t);
    if (doubts.length === 0) return true;
    const save = t('Save All the Same');
    const answer = await vscode.window.showWarningMessage(
      doubts.length === 1 ? t('Save it with this doubt?') : t('Save it with these doubts?'),
      { modal: true, detail: doubts.join('\n\n') },
      save,
    );
    return answer === save ? true : undefined;
  }

  private async askIssuer(draft: Draft): Promise<Problem | 'cancelled' | undefined> {
    const environment = environmentIn(draft);
    if (!environment) return undefined;
    const title = this.t('Asking {issuer} for its metadata', { issuer: environment.issuer });
    return this.attempt(title, (signal) => this.parts.tokens.checkIssuer(environment, signal));
  }

  private async attempt(
    title: string,
    task: (signal: AbortSignal) => Promise<void>,
  ): Promise<Problem | 'cancelled' | undefined> {
    try {
      const done = await withCancellableProgress(title, async (signal) => {
        await task(signal);
        return true;
      });
      return done ? undefined : 'cancelled';
    } catch (error) {
      const problem = problemOf(error);
      if (!problem) throw error;
      return problem;
    }
  }

  /** Undefined where the user cancelled, `BACK` where nothing changed. */
  private async change(
    draft: Draft,
    action: Exclude<SummaryAction, 'save' | 'save-for-session'>,
    name: string,
  ): Promise<Answer<Draft>> {
    const { inputs } = this;
    const given = (answer: Answer<Given>): Promise<Answer<Draft>> =>
      isAnswer(answer) ? this.withGiven(draft, answer) : Promise.resolve(answer);
    switch (action) {
      case 'name': {
        const taken = new Set(this.othersOf(draft).map((profile) => profile.name));
        return given(await mapped(inputs.name(name, taken), (text) => ({ name: text })));
      }
      case 'client-id': {
        const before = draft.kind === 'key' ? clientIdIn(draft) : undefined;
        return given(await mapped(inputs.clientId(before), (clientId) => ({ clientId })));
      }
      case 'kid':
        return given(await mapped(inputs.keyId(draft.given.kid), (kid) => ({ kid })));
      case 'certificates':
        return given(await this.askCertificates());
      case 'environment':
        return given(await mapped(inputs.environment(this.parts.offered), (environment) => ({ environment })));
      case 'endpoints': {
        const environment = environmentIn(draft);
        if (!environment) return BACK;
        const endpoints = inputs.endpoints(environment.endpoints);
        return given(await mapped(endpoints, (answer) => ({ environment: { ...environment, endpoints: answer } })));
      }
      case 'consumer-org':
        return given(
          await mapped(inputs.consumerOrg(draft.given.consumerOrg), (text) => ({ consumerOrg: text || undefined })),
        );
      case 'candidate':
        return given(await this.askCandidate(draft));
      case 'endpoint': {
        if (draft.kind !== 'texas') return BACK;
        return mapped(inputs.texas(draft.endpoint), (endpoint) => ({ ...draft, endpoint, trial: undefined }));
      }
      case 'try':
        return this.tryOut(draft, name);
    }
  }

  /** What was recognised depends on some of what the user says, so it is read once more. Earlier checks no longer hold. */
  private async withGiven(draft: Draft, change: Given): Promise<Draft> {
    const given = { ...draft.given, ...change };
    if (draft.kind === 'texas') return { ...draft, given, trial: undefined };
    const { source, origin, replaces } = draft;
    const reading = await readDraft(source, { given, origin, replaces });
    if (reading.kind !== 'draft') return draft;
    const keepsChecks = Object.keys(change).every((part) => part === 'name');
    return keepsChecks ? { ...reading.draft, issuerProblem: draft.issuerProblem, trial: draft.trial } : reading.draft;
  }

  private async askCertificates(): Promise<Answer<Given>> {
    const t = this.t;
    const [uri] =
      (await vscode.window.showOpenDialog({
        title: t('Certificates of the key, in PEM'),
        openLabel: t('Read'),
        filters: { PEM: ['pem', 'crt', 'cer'] },
      })) ?? [];
    if (!uri) return BACK;
    const reading = await readSourceAt(uri);
    const text =
      reading.kind === 'read' && reading.source instanceof Uint8Array ? decodeText(reading.source) : undefined;
    // What cannot be read as text is no PEM, and is said to be none.
    return { certificates: text ?? '' };
  }

  private async askCandidate(draft: Draft): Promise<Answer<Given>> {
    const doubts = draft.kind === 'key' ? draft.recognised.doubts : [];
    const several = doubts.find((doubt) => doubt.code === 'several-candidates');
    if (!several) return BACK;
    const answer = await askChoice<string>({
      title: this.parts.title,
      back: true,
      placeholder: this.t('Which of the keys?'),
      items: several.names.map((candidate) => ({ label: candidate, value: candidate })),
    });
    return isAnswer(answer) ? { candidate: answer } : answer;
  }

  private async tryOut(draft: Draft, name: string): Promise<Answer<Draft>> {
    const t = this.t;
    const credential = credentialFrom(draft, name);
    if (!credential) return BACK;
    const declared = draft.kind === 'key' ? draft.recognised.scopes : [];
    const scope = await this.askScope(declared);
    if (!isAnswer(scope)) return scope;
    const scopes = scope.split(/\s+/);
    const problem = await this.attempt(t('Asking for a token'), (signal) =>
      this.parts.tokens.tryOut(credential, scopes, signal),
    );
    return problem === 'cancelled' ? BACK : { ...draft, trial: { scopes, problem } };
  }

  /** The Secret names the scopes of its workload: then there is nothing to write. */
  private async askScope(declared: readonly string[]): Promise<Answer<string>> {
    const [only, ...others] = declared;
    if (only === undefined) return this.inputs.scopes();
    if (others.length === 0) return only;
    return askChoice<string>({
      title: this.parts.title,
      back: true,
      placeholder: this.t('Which scope to ask for?'),
      items: declared.map((scope) => ({ label: scope, value: scope })),
    });
  }
}

async function mapped<A, B>(asked: Promise<Answer<A>>, make: (answer: A) => B): Promise<Answer<B>> {
  const answer = await asked;
  return isAnswer(answer) ? make(answer) : answer;
}

function choiceOf({ action, ...item }: SummaryRow): Choice<SummaryAction> {
  return action === undefined ? item : { ...item, value: action };
}
