import { annotateCommand, type ClientAnnotation } from '../maskinporten/annotate';
import type { Problem } from '../maskinporten/problem';
import type { Translate } from '../shared/localize';
import type { Remedy } from '../shared/remedy';
import { diagnoseScopes, type ProblemContext, type ScopeStory } from './scopeRefusal';

const RETRY: Remedy = { kind: 'retry' };
const IMPORT_AGAIN: Remedy = { kind: 'import-credential-again' };
const SWITCH: Remedy = { kind: 'switch-environment' };
const CHECK: Remedy = { kind: 'check-provisioning' };

/** What can be done about a problem, the likeliest cure first; the log last, for everything. */
export function remediesFor(problem: Problem, context: ProblemContext, link: string | undefined): readonly Remedy[] {
  const isRelayed = 'refusal' in problem && problem.refusal.relayedBy === 'texas';
  const cures = curesOf(problem, context).filter((remedy) => !isRelayed || isWithinTexas(remedy));
  const page: Remedy[] = link === undefined ? [] : [{ kind: 'open-page', url: link }];
  return [...cures, ...page, { kind: 'show-log' }];
}

/** Texas has the client, the key and the clock of its pod, and no field for consumer_org. */
function isWithinTexas({ kind }: Remedy): boolean {
  return kind !== 'import-credential-again' && kind !== 'set-consumer-org' && kind !== 'drop-consumer-org';
}

function curesOf(problem: Problem, context: ProblemContext): readonly Remedy[] {
  switch (problem.code) {
    case 'MP-100':
      return [...clientCures(context), SWITCH, IMPORT_AGAIN];
    case 'MP-110':
      return [SWITCH, IMPORT_AGAIN];
    case 'MP-120':
      return [IMPORT_AGAIN, SWITCH];
    case 'MP-121':
      return [annotation('rotate', context), IMPORT_AGAIN];
    case 'MP-124':
    case 'token/unknown-kid':
    case 'token/kid-required':
      return problem.refusal.relayedBy === 'texas' ? [annotation('rotate', context)] : [IMPORT_AGAIN];
    case 'MP-122':
    case 'MP-123':
    case 'MP-011':
    case 'grant/key-unusable':
    case 'grant/certificate-unusable':
    case 'discovery/issuer-mismatch':
      return [IMPORT_AGAIN];
    case 'MP-012':
    case 'MP-130':
    case 'token/issued-in-future':
    case 'texas/upstream-unreachable':
    case 'texas/upstream-unreadable':
      return [RETRY];
    case 'token/own-consumer-org':
      return [{ kind: 'drop-consumer-org' }];
    case 'MP-200':
      return scopeCures(problem, context);
    case 'MP-201':
      return [{ kind: 'copy-access-request', scopes: scopesOf(problem) }];
    case 'MP-250': {
      const ask: Remedy = { kind: 'copy-access-request', scopes: scopesOf(problem) };
      return valueOf(problem, 'consumer_org') === undefined ? [ask, { kind: 'set-consumer-org' }] : [ask];
    }
    case 'MP-251':
      return [{ kind: 'set-consumer-org' }];
    case 'MP-301':
    case 'MP-302':
    case 'MP-303':
      return [{ kind: 'edit-options', claim: 'authorization_details' }];
    case 'grant/bad-request':
      return problem.claim === 'iss' ? [IMPORT_AGAIN] : [{ kind: 'edit-options', claim: problem.claim }];
    case 'texas/unsupported':
      return [{ kind: 'edit-options', claim: problem.field }];
    case 'texas/issuer-mismatch':
    case 'altinn/no-environment':
      return [SWITCH];
    case 'credential/unavailable':
      return [RETRY, IMPORT_AGAIN];
    case 'production/not-confirmed':
      return [RETRY, SWITCH];
    case 'token/refused':
      return isPassing(problem.refusal.status, problem.refusal.error)
        ? [{ kind: 'wait-and-retry', afterSeconds: problem.refusal.retryAfterSeconds }]
        : [];
    case 'token/unreadable':
    case 'discovery/unreadable':
    case 'jwks/unreadable':
    case 'texas/unreadable':
    case 'altinn/unreadable':
      return unreadableCures(problem);
    case 'altinn/refused':
      return problem.status === 401 ? [RETRY] : [];
    default:
      return problem.code.startsWith('network/') ? [RETRY] : [];
  }
}

/** Whether the other side may well answer otherwise in a while (RFC 9110 section 15, RFC 6749 section 4.1.2.1). */
function isPassing(status: number, error?: string): boolean {
  return status === 429 || status >= 500 || error === 'temporarily_unavailable' || error === 'server_error';
}

/** A log-in page of a network shows itself in a browser, and only there. */
function unreadableCures(problem: Extract<Problem, { contentType: unknown }>): readonly Remedy[] {
  const { status, contentType = '', retryAfterSeconds } = problem;
  if (isPassing(status)) return [{ kind: 'wait-and-retry', afterSeconds: retryAfterSeconds }];
  const url = valueOf(problem, 'url');
  if (!/\bhtml\b/i.test(contentType) || url === undefined || !URL.canParse(url)) return [RETRY];
  const { protocol, origin } = new URL(url);
  return protocol === 'https:' ? [{ kind: 'open-page', url: origin }, RETRY] : [RETRY];
}

function scopeCures(problem: Extract<Problem, { refusedScopes: unknown }>, context: ProblemContext): readonly Remedy[] {
  const scopes = scopesOf(problem);
  const wait: Remedy = { kind: 'wait-and-retry', afterSeconds: undefined };
  const ask: Remedy = { kind: 'copy-access-request', scopes };
  const resync = annotation('resync', context);
  const diagnosis = diagnoseScopes(scopes, clientOf(problem), context);
  switch (diagnosis.kind) {
    case 'misspelt':
      return [{ kind: 'replace-scope', from: diagnosis.scope, to: diagnosis.nearest }];
    case 'undeclared':
      return [{ kind: 'add-scope-to-manifest', scope: diagnosis.scope }];
    case 'other-client':
      return [SWITCH, CHECK];
    case 'not-deployed':
      return [wait, CHECK];
    case 'declared': {
      const cures: Readonly<Record<ScopeStory, Remedy>> = {
        'just-deployed': wait,
        'granted-after-deploy': resync,
        'not-granted': ask,
      };
      const [first, ...others] = diagnosis.stories.map((story) => cures[story]);
      // What the cluster says tells the stories apart. Where it has been asked, asking again comes last.
      return first === undefined ? [] : diagnosis.isLikely ? [first, ...others, CHECK] : [first, CHECK, ...others];
    }
    case 'unknown':
      return [wait, CHECK, resync, ask];
  }
}

/** Where the cluster has no client for the workload, no credential can be right. */
function clientCures({ provisioning }: ProblemContext): readonly Remedy[] {
  if (provisioning?.hasClient !== false) return [];
  const { refusedScopes: scopes } = provisioning;
  return scopes.length > 0 ? [{ kind: 'copy-access-request', scopes }, CHECK] : [CHECK];
}

function annotation(what: ClientAnnotation, { workload }: ProblemContext): Remedy {
  const command = workload && annotateCommand(workload, what);
  return { kind: what === 'rotate' ? 'rotate-key' : 'resync', command: command?.ok ? command.line : undefined };
}

/** The scopes that were refused; all that were asked for where the answer names none. */
export function scopesOf(problem: Extract<Problem, { refusedScopes: unknown }>): readonly string[] {
  if (problem.refusedScopes.length > 0) return problem.refusedScopes;
  return (valueOf(problem, 'scope') ?? '').split(' ').filter((scope) => scope !== '');
}

/** Whose grant was refused; undefined where Texas made it. */
export function clientOf(problem: Problem): string | undefined {
  return valueOf(problem, 'iss');
}

function valueOf({ sent }: Problem, name: string): string | undefined {
  return sent.find((value) => value.name === name)?.value;
}

/** What stands on the button. */
export function wordRemedy(remedy: Remedy, t: Translate): string {
  switch (remedy.kind) {
    case 'retry':
      return t('Try Again');
    case 'wait-and-retry':
      return t('Wait Until It Works');
    case 'add-scope-to-manifest':
      return t('Add to Manifest');
    case 'replace-scope':
      return t('Replace with {scope}', { scope: remedy.to });
    case 'copy-access-request':
      return t('Copy Access Request');
    case 'switch-environment':
      return t('Select Environment…');
    case 'rotate-key':
      return t('Show the Command That Rotates the Key');
    case 'resync':
      return t('Show the Command That Resyncs');
    case 'check-provisioning':
      return t('Check Provisioning…');
    case 'import-credential-again':
      return t('Add Credential Again…');
    case 'set-consumer-org':
      return t('Set consumer_org…');
    case 'drop-consumer-org':
      return t('Leave Out consumer_org');
    case 'edit-options':
      return t('Change {claim}…', { claim: remedy.claim });
    case 'open-page':
      return isDigdirs(remedy.url) ? t('Open Digdir’s Page') : t('Open in Browser');
    case 'show-log':
      return t('Show Log');
  }
}

function isDigdirs(url: string): boolean {
  return /^https:\/\/(?:[a-z0-9-]+\.)*maskinporten\.no\/errors\//.test(url);
}
