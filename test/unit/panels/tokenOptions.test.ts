import assert from 'node:assert/strict';
import {
  CONSENT,
  consentDetails,
  SYSTEM_USER,
  systemUserDetails,
} from '../../../src/maskinporten/authorizationDetails';
import { formOf, judgeOptions, optionLines, requestOf } from '../../../src/panels/tokenOptions';
import { createTranslate } from '../../../src/shared/localize';
import type { DetailsForm, TokenOptionsForm } from '../../../src/shared/tokenMessages';

const t = createTranslate({});
const CONSENT_ID = '77e5f8a1-3b7c-4b2e-9d2a-2f7a0c1f5b11';
/** A synthetic person of Test-Norge (Skatteetaten): the month is raised by 80. */
const PERSON = '17858296439';

const form = (change: Partial<TokenOptionsForm> = {}): TokenOptionsForm => ({
  scopes: ['a:b'],
  resource: '',
  consumerOrg: '',
  pid: '',
  details: { kind: 'none' },
  skipCache: false,
  ...change,
});
const withDetails = (details: DetailsForm) => form({ details });
const faultOf = (change: Partial<TokenOptionsForm>) => judgeOptions(form(change), true, t).fault;

describe('the form of a token’s options', () => {
  it('asks for the scopes alone when nothing else is typed', () => {
    assert.deepEqual(requestOf(form({ scopes: [' a:b ', 'a:b', ''], resource: ' ' })), { scopes: ['a:b'] });
  });

  it('asks for what is typed, without the blanks that people put into numbers', () => {
    const typed = { resource: ' https://api.example.no ', consumerOrg: '0192:889 640 782', pid: '178582 96439' };
    assert.deepEqual(requestOf(form({ ...typed, skipCache: true })), {
      scopes: ['a:b'],
      resource: 'https://api.example.no',
      consumerOrg: '889640782',
      pid: PERSON,
      skipCache: true,
    });
  });

  it('asks for a system user and for a consent in the forms that Altinn has for them', () => {
    const systemUser = requestOf(withDetails({ kind: 'system-user', orgno: '889 640 782', externalRef: '' }));
    assert.deepEqual(systemUser?.authorizationDetails, [systemUserDetails('889640782')]);
    assert.equal(systemUser.authorizationDetails[0]?.['type'], SYSTEM_USER);
    const consent = requestOf(withDetails({ kind: 'consent', id: ` ${CONSENT_ID}`, from: '889640782' }));
    assert.deepEqual(consent?.authorizationDetails, [consentDetails(CONSENT_ID, '889640782')]);
    assert.equal(consent.authorizationDetails[0]?.['type'], CONSENT);
  });

  it('takes JSON as it is, and one object for a list of it', () => {
    const details = (text: string) => requestOf(withDetails({ kind: 'json', text }))?.authorizationDetails;
    assert.deepEqual(details('[{"type":"x"},{"type":"y"}]'), [{ type: 'x' }, { type: 'y' }]);
    assert.deepEqual(details('{"type":"x"}'), [{ type: 'x' }]);
    assert.equal(requestOf(withDetails({ kind: 'json', text: '{"type":' })), undefined);
  });

  it('shows the same again, all but the person', () => {
    for (const details of [
      { kind: 'none' },
      { kind: 'system-user', orgno: '889640782', externalRef: 'ref' },
      { kind: 'json', text: '[\n  {\n    "type": "x"\n  }\n]' },
    ] as const) {
      const shown = formOf(requestOf(form({ details, resource: 'https://a', consumerOrg: '889640782', pid: PERSON }))!);
      assert.deepEqual(shown, form({ details, resource: 'https://a', consumerOrg: '889640782', pid: '' }));
    }
    const { details } = formOf(requestOf(withDetails({ kind: 'consent', id: CONSENT_ID, from: '889640782' }))!);
    assert.deepEqual(details, {
      kind: 'consent',
      id: CONSENT_ID,
      from: 'urn:altinn:organization:identifier-no:889640782',
    });
  });
});

describe('what is wrong with a form', () => {
  it('is nothing where all is well', () => {
    assert.deepEqual(judgeOptions(form(), true, t), { fault: undefined, hints: [] });
  });

  for (const [claim, change] of [
    ['scope', { scopes: [] }],
    ['scope', { scopes: ['a:"b"'] }],
    ['resource', { resource: 'api.example.no' }],
    ['consumer_org', { consumerOrg: '88964078' }],
    ['pid', { pid: '17858296430' }],
    ['authorization_details', { details: { kind: 'json', text: '{' } }],
    ['authorization_details', { details: { kind: 'json', text: '[1]' } }],
    ['authorization_details', { details: { kind: 'system-user', orgno: '12', externalRef: '' } }],
    ['authorization_details', { details: { kind: 'consent', id: 'x', from: '889640782' } }],
  ] as const) {
    it(`is said at ${claim} for ${JSON.stringify(change)}`, () => {
      const fault = faultOf(change);
      assert.equal(fault?.claim, claim);
      assert.match(fault.text, /\.$/);
    });
  }

  it('is never said with the number of a person', () => {
    assert.doesNotMatch(faultOf({ pid: '17858296430' })?.text ?? '', /\d{6}/);
  });

  it('is not what Digdir only advises against: that is a hint', () => {
    const { fault, hints } = judgeOptions(form({ scopes: ['a:b', 'c:d'], consumerOrg: '889640783' }), true, t);
    assert.equal(fault, undefined);
    assert.deepEqual(hints, [
      'Digdir advises one scope for each token.',
      'The last digit of the organisation number does not fit the others.',
    ]);
  });
});

describe('the line of what is asked for', () => {
  it('names the options and no person', () => {
    const request = requestOf(
      form({
        resource: 'https://a',
        pid: PERSON,
        details: { kind: 'system-user', orgno: '889640782', externalRef: 'ref' },
      }),
    )!;
    assert.deepEqual(optionLines(request, t), [
      { name: 'resource', value: 'https://a' },
      { name: 'pid', value: '•••••••••••' },
      { name: 'authorization_details', value: 'system user ref of 889640782' },
    ]);
    const consent = requestOf(withDetails({ kind: 'consent', id: CONSENT_ID, from: PERSON }))!;
    assert.deepEqual(optionLines(consent, t), [{ name: 'authorization_details', value: `consent ${CONSENT_ID}` }]);
  });
});
