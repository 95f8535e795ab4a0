import { requestFaults, type FaultyPart, type RequestFault } from '../http/checkRequest';
import type { EnvironmentKind } from '../maskinporten/model';
import type { FormFault, FormField } from '../shared/composeMessages';
import { composedRequest, isSentRow } from '../shared/composedRequest';
import { MOST } from '../shared/fields';
import type { Translate } from '../shared/localize';
import type { RequestForm } from '../shared/requestForm';
import { wordProblem } from '../words/problems';

/** What stands in the place of a value that was not kept. */
const LEFT_OUT = '•••';

export interface Surroundings {
  readonly environment: EnvironmentKind;
  readonly isTrusted: boolean;
}

/** Why a form is not sent as it is, each at its field: the refusals of Send, said while it is typed. */
export function formFaults(form: RequestForm, { environment, isTrusted }: Surroundings, t: Translate): FormFault[] {
  const { method, url, headers } = composedRequest(form);
  const tokenFrom = form.scopes.length > 0 ? environment : undefined;
  const faults = requestFaults({ method, url, headers, tokenFrom });
  const rows = form.headers.flatMap((row, at) => (isSentRow(row) ? [at] : []));
  const left = leftOut(form, rows, t);
  return [
    ...(isTrusted ? [] : [untrusted(t)]),
    ...left,
    // What stands for a left-out value is no value, so its characters are not worth a word.
    ...faults
      .map((fault) => worded(fault, fieldOf(fault.part, rows), t))
      .filter(({ field }) => !left.some((other) => isSameField(field, other.field))),
    ...(form.body.text.length > MOST.body ? [tooLong(t)] : []),
  ];
}

function worded({ problem }: RequestFault, field: FormField, t: Translate): FormFault {
  const { cause, cure } = wordProblem(problem, t);
  return { field, text: `${cause} ${cure}`, isIncomplete: problem.code === 'request/bad-url' };
}

/** Headers that the form makes itself come after the rows, and are never at fault. */
function fieldOf(part: FaultyPart, rows: readonly number[]): FormField {
  return typeof part === 'string' ? { kind: part } : { kind: 'header', at: rows[part.header] ?? part.header };
}

function isSameField(one: FormField, other: FormField): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function untrusted(t: Translate): FormFault {
  const { cause, cure } = wordProblem({ code: 'workspace/untrusted', step: 'api', sent: [] }, t);
  return { field: { kind: 'workspace' }, text: `${cause} ${cure}`, isIncomplete: false };
}

/** Of a request that was kept without its secrets: sent as it is, it would only puzzle. */
function leftOut(form: RequestForm, rows: readonly number[], t: Translate): FormFault[] {
  const text = t('A value was left out here when the request was kept. Fill it in.');
  const fault = (field: FormField): FormFault => ({ field, text, isIncomplete: false });
  return [
    ...(form.url.includes(LEFT_OUT) ? [fault({ kind: 'url' })] : []),
    ...rows.flatMap((at) => (form.headers[at]?.value.includes(LEFT_OUT) ? [fault({ kind: 'header', at })] : [])),
  ];
}

function tooLong(t: Translate): FormFault {
  const text = t('The body is too long to be sent from here.');
  return { field: { kind: 'body' }, text, isIncomplete: false };
}
