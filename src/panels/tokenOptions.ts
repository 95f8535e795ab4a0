import { CONSENT, consentDetails, SYSTEM_USER, systemUserDetails } from '../maskinporten/authorizationDetails';
import type { TokenRequest } from '../maskinporten/model';
import { preflightHints, requestFault } from '../maskinporten/preflight';
import type { Problem } from '../maskinporten/problem';
import type { Translate } from '../shared/localize';
import type { NamedText } from '../shared/messages';
import type { DetailsForm, OptionsVerdict, TokenOptions, TokenOptionsForm } from '../shared/tokenMessages';
import { wordHint } from '../words/hints';
import { wordProblem } from '../words/problems';
import { wordTexasLimit } from '../words/texas';

/** What a form asks for; undefined where its JSON is none. */
export function requestOf(form: TokenOptionsForm): TokenRequest | undefined {
  const details = detailsOf(form.details);
  if (details === 'no-json') return undefined;
  const [resource, consumerOrg, pid] = [form.resource, form.consumerOrg, form.pid].map((text) => text.trim());
  return {
    scopes: [...new Set(form.scopes.map((scope) => scope.trim()).filter((scope) => scope !== ''))],
    ...(resource && { resource }),
    ...(consumerOrg && { consumerOrg: consumerOrg.replace(/^0192:|\s/g, '') }),
    ...(pid && { pid: pid.replace(/\s/g, '') }),
    ...(details && { authorizationDetails: details }),
    ...(form.skipCache && { skipCache: true }),
  };
}

/** The form that asks for the same. `pid` is left out: what the host knows of it stays there. */
export function formOf(request: TokenRequest): TokenOptionsForm {
  return {
    scopes: request.scopes,
    resource: request.resource ?? '',
    consumerOrg: request.consumerOrg ?? '',
    pid: '',
    details: detailsForm(request.authorizationDetails),
    skipCache: false,
  };
}

/** Around the form of a wish: what the manifest offers, and whether Texas is asked, which has few fields. */
export interface FormSurroundings {
  readonly declared: readonly string[];
  readonly throughTexas: boolean;
  /** The claim that the user wants to change. */
  readonly focus: string | undefined;
}

/** The form of a wish with all that surrounds it. */
export function tokenOptions(
  request: TokenRequest,
  { declared, throughTexas, focus }: FormSurroundings,
  t: Translate,
): TokenOptions {
  const limits = throughTexas ? (['consumer_org', 'pid'] as const) : [];
  return {
    form: formOf(request),
    declared,
    limits: limits.map((claim) => ({ claim, reason: wordTexasLimit(claim, t) })),
    focus,
  };
}

/** What is wrong with a form, or doubtful. `clientId` is undefined where it is not known; so is nothing said of it. */
export function judgeOptions(form: TokenOptionsForm, isDigdirs: boolean, t: Translate): OptionsVerdict {
  const request = requestOf(form);
  const fault: Problem | undefined = request ? requestFault(request) : NO_JSON;
  if (fault?.code === 'grant/bad-request') {
    const { cause, cure } = wordProblem(fault, t);
    return { fault: { claim: fault.claim, text: `${cause} ${cure}` }, hints: [] };
  }
  const hints = request ? preflightHints({ clientId: '' }, request, isDigdirs) : [];
  // The client is the credential's business: nothing in this form can change it.
  return { fault: undefined, hints: hints.filter(({ claim }) => claim !== 'iss').map((hint) => wordHint(hint, t)) };
}

/** What is asked for besides scopes, for the line below them. Persons are not named there. */
export function optionLines(
  { resource, consumerOrg, pid, authorizationDetails }: TokenRequest,
  t: Translate,
): NamedText[] {
  return [
    ...(resource === undefined ? [] : [{ name: 'resource', value: resource }]),
    ...(consumerOrg === undefined ? [] : [{ name: 'consumer_org', value: consumerOrg }]),
    ...(pid === undefined ? [] : [{ name: 'pid', value: '•••••••••••' }]),
    ...(authorizationDetails ?? []).map((detail) => ({ name: 'authorization_details', value: wordDetail(detail, t) })),
  ];
}

function wordDetail(detail: Readonly<Record<string, unknown>>, t: Translate): string {
  const form = detailsForm([detail]);
  switch (form.kind) {
    case 'system-user':
      return form.externalRef === ''
        ? t('system user of {orgno}', { orgno: form.orgno })
        : t('system user {ref} of {orgno}', { ref: form.externalRef, orgno: form.orgno });
    case 'consent':
      return t('consent {id}', { id: form.id });
    default:
      return String(detail['type']);
  }
}

const NO_JSON: Problem = {
  code: 'grant/bad-request',
  step: 'grant',
  sent: [],
  claim: 'authorization_details',
  reason: 'not-objects',
};

type Details = NonNullable<TokenRequest['authorizationDetails']>;

function detailsOf(form: DetailsForm): Details | undefined | 'no-json' {
  switch (form.kind) {
    case 'none':
      return undefined;
    case 'system-user':
      return [systemUserDetails(form.orgno.replace(/^0192:|\s/g, ''), form.externalRef.trim())];
    case 'consent':
      return [consentDetails(form.id.trim(), form.from.trim())];
    case 'json':
      return form.text.trim() === '' ? undefined : parsed(form.text);
  }
}

/** One object alone is taken for a list of it: what is missing are two brackets. */
function parsed(text: string): Details | 'no-json' {
  try {
    const value: unknown = JSON.parse(text);
    // Its members are judged with the rest of the request.
    return (Array.isArray(value) ? value : [value]) as Details;
  } catch {
    return 'no-json';
  }
}

function detailsForm(details: TokenRequest['authorizationDetails']): DetailsForm {
  const [detail, other] = details ?? [];
  if (!detail) return { kind: 'none' };
  const json: DetailsForm = { kind: 'json', text: JSON.stringify(details, null, 2) };
  if (other) return json;
  return systemUserForm(detail) ?? consentForm(detail) ?? json;
}

function systemUserForm(detail: Readonly<Record<string, unknown>>): DetailsForm | undefined {
  const { type, systemuser_org: organisation, externalRef } = detail;
  if (type !== SYSTEM_USER || typeof organisation !== 'object' || organisation === null) return undefined;
  const id = 'ID' in organisation ? organisation.ID : undefined;
  if (typeof id !== 'string') return undefined;
  const orgno = id.replace(/^0192:/, '');
  const form = { kind: 'system-user', orgno, externalRef: typeof externalRef === 'string' ? externalRef : '' } as const;
  return isSame(detail, systemUserDetails(form.orgno, form.externalRef)) ? form : undefined;
}

function consentForm(detail: Readonly<Record<string, unknown>>): DetailsForm | undefined {
  const { type, id, from } = detail;
  if (type !== CONSENT || typeof id !== 'string' || typeof from !== 'string') return undefined;
  return isSame(detail, consentDetails(id, from)) ? { kind: 'consent', id, from } : undefined;
}

function isSame(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
