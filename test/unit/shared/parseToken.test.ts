import assert from 'node:assert/strict';
import { parseDecodeRequest, parseTokenPanelState, parseTokenRequest } from '../../../src/shared/parseToken';
import type { TokenOptionsForm } from '../../../src/shared/tokenMessages';

const form: TokenOptionsForm = {
  scopes: ['skatteetaten:inntekt'],
  resource: '',
  consumerOrg: '',
  pid: '',
  details: { kind: 'none' },
  skipCache: false,
};

/** What no parser may take for a message, whatever it expects. */
const NO_MESSAGES: readonly unknown[] = [
  undefined,
  null,
  'ready',
  1,
  [],
  ['ready'],
  {},
  { type: 'other' },
  { type: {} },
];

describe('requests of the token view', () => {
  for (const request of [
    { type: 'ready' },
    { type: 'get-token' },
    { type: 'cancel' },
    { type: 'stop-waiting' },
    { type: 'options' },
    { type: 'close-options' },
    { type: 'check-options', form },
    { type: 'get-token-with', form },
    { type: 'get-token-with', form: { ...form, details: { kind: 'system-user', orgno: '1', externalRef: '' } } },
    { type: 'get-token-with', form: { ...form, details: { kind: 'consent', id: 'a', from: 'b' } } },
    { type: 'get-token-with', form: { ...form, details: { kind: 'json', text: '[' } } },
    { type: 'exchange' },
    { type: 'send-request' },
    { type: 'copy', what: 'token', of: 'maskinporten' },
    { type: 'copy', what: 'payload', of: 'altinn' },
    { type: 'copy', what: 'export', of: 'maskinporten' },
    { type: 'copy-claim', part: 'claims', name: 'consumer' },
    { type: 'copy-claim', part: 'altinn-claims', name: 'consumer' },
    { type: 'problem-action', id: 'show-log 1' },
  ]) {
    it(`takes ${JSON.stringify(request)}, without members that it does not know`, () => {
      assert.deepEqual(parseTokenRequest({ ...request, more: 1 }), request);
    });
  }

  for (const value of [
    ...NO_MESSAGES,
    { type: 'copy', what: 'privateKey', of: 'maskinporten' },
    { type: 'copy', what: 'token', of: 'anybody' },
    { type: 'copy', what: 'token' },
    { type: 'copy-claim', part: 'signature', name: 'x' },
    { type: 'copy-claim', part: 'claims' },
    { type: 'copy-claim', part: 'claims', name: 'x'.repeat(3000) },
    { type: 'problem-action' },
    { type: 'problem-action', id: 'x'.repeat(200) },
    { type: 'get-token-with' },
    { type: 'get-token-with', form: { ...form, pid: 12345678901 } },
    { type: 'get-token-with', form: { ...form, scopes: 'a:b' } },
    { type: 'get-token-with', form: { ...form, skipCache: 'yes' } },
    { type: 'get-token-with', form: { ...form, details: { kind: 'other' } } },
    { type: 'get-token-with', form: { ...form, details: { kind: 'consent', id: 'a' } } },
    { type: 'get-token-with', form: { ...form, details: { kind: 'json', text: 'x'.repeat(200_000) } } },
  ]) {
    it(`refuses ${(JSON.stringify(value) as string | undefined)?.slice(0, 120) ?? 'undefined'}`, () => {
      assert.equal(parseTokenRequest(value), undefined);
    });
  }
});

describe('requests of the page of Decode Token', () => {
  for (const request of [
    { type: 'ready' },
    { type: 'another' },
    { type: 'copy-payload' },
    { type: 'copy-claim', part: 'header', name: 'kid' },
    { type: 'ask-issuer' },
    { type: 'verify-with', jwks: '{}' },
  ]) {
    it(`takes ${JSON.stringify(request)}, without members that it does not know`, () => {
      assert.deepEqual(parseDecodeRequest({ ...request, more: 1 }), request);
    });
  }

  for (const value of [
    ...NO_MESSAGES,
    { type: 'copy', what: 'token', of: 'maskinporten' },
    { type: 'copy-claim', part: 'grant-claims', name: 'iss' },
    { type: 'verify-with' },
    { type: 'verify-with', jwks: {} },
  ]) {
    it(`refuses ${(JSON.stringify(value) as string | undefined) ?? 'undefined'}`, () => {
      assert.equal(parseDecodeRequest(value), undefined);
    });
  }
});

describe('what a token view kept', () => {
  it('is which token it showed, and nothing beside it', () => {
    const state = {
      version: 1,
      manifestUri: 'file:///a/nais.yaml',
      workload: 'app',
      scopes: ['a:b'],
      resource: 'https://api.example.no',
      consumerOrg: '889640782',
    };
    const more = { token: 'x', pid: '01017012345', authorizationDetails: [{ type: 'x' }] };
    assert.deepEqual(parseTokenPanelState({ ...state, ...more }), state);
  });

  it('may be a wish without a manifest', () => {
    assert.deepEqual(parseTokenPanelState({ version: 1, scopes: ['a:b'] }), {
      version: 1,
      manifestUri: undefined,
      workload: undefined,
      scopes: ['a:b'],
    });
  });

  it('is refused in another version, and without scopes', () => {
    for (const value of [...NO_MESSAGES, { version: 2, scopes: ['a:b'] }, { version: 1 }, { version: 1, scopes: [] }]) {
      assert.equal(parseTokenPanelState(value), undefined);
    }
  });
});
