import assert from 'node:assert/strict';
import { formFaults } from '../../../src/panels/formFaults';
import { createTranslate } from '../../../src/shared/localize';
import { emptyForm, type RequestForm } from '../../../src/shared/requestForm';

const t = createTranslate({});
const row = (name: string, value: string, enabled = true) => ({ name, value, enabled });

function faultsOf(change: Partial<RequestForm>, isTrusted = true) {
  const form = { ...emptyForm([]), url: 'https://api.example.no/', headers: [], ...change };
  return formFaults(form, { environment: 'sandbox', isTrusted }, t);
}

describe('faults of a form', () => {
  it('are none where Send would go', () => {
    assert.deepEqual(faultsOf({}), []);
  });

  it('stand at their row, though rows before it are empty or switched off', () => {
    const headers = [row('', ''), row('A B', 'off', false), row('Accept', '*/*'), row('A B', 'on')];
    assert.deepEqual(
      faultsOf({ headers }).map(({ field }) => field),
      [{ kind: 'header', at: 3 }],
    );
  });

  it('say cause and cure in one line', () => {
    const [fault] = faultsOf({ url: 'http://api.example.no/' });
    assert.equal(
      fault?.text,
      'http shows the request, its token included, to everyone on the way. Use https. Plain http is for this machine only: localhost and 127.0.0.1.',
    );
    assert.equal(fault.isIncomplete, false);
  });

  it('are marked where typing on may mend them', () => {
    assert.deepEqual(
      faultsOf({ url: 'https' }).map(({ isIncomplete }) => isIncomplete),
      [true],
    );
  });

  it('have the token of the sandbox among them, where one is chosen', () => {
    assert.deepEqual(
      faultsOf({ scopes: ['a:b'] }).map(({ field }) => field.kind),
      ['token'],
    );
  });

  it('have a workspace that is not trusted among them', () => {
    assert.deepEqual(
      faultsOf({}, false).map(({ field }) => field.kind),
      ['workspace'],
    );
  });

  it('have values among them that were left out when the request was kept', () => {
    const kept = {
      url: 'https://host/?token=•••',
      headers: [row('A', 'b'), row('Key', '•••'), row('Off', '•••', false)],
    };
    const text = 'A value was left out here when the request was kept. Fill it in.';
    assert.deepEqual(faultsOf(kept), [
      { field: { kind: 'url' }, text, isIncomplete: false },
      { field: { kind: 'header', at: 1 }, text, isIncomplete: false },
    ]);
  });
});
