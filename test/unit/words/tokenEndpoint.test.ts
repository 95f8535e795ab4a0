import assert from 'node:assert/strict';
import { createTranslate } from '../../../src/shared/localize';
import { wordAsk, type LoggedAsk } from '../../../src/words/tokenEndpoint';

const t = createTranslate({});
const DECLARED = { workload: 'app', declared: ['skatteetaten:inntekt'] };
const ASK: LoggedAsk = { what: 'token', status: 200, scopes: ['skatteetaten:inntekt'], error: undefined };

const word = (changes: Partial<LoggedAsk>, asked: Parameters<typeof wordAsk>[1] = DECLARED) =>
  wordAsk({ ...ASK, ...changes }, asked, t);

describe('the log of the local token endpoint', () => {
  it('has a line for each ask: the scope and the answer', () => {
    assert.equal(word({}), 'Token for skatteetaten:inntekt.');
    assert.equal(word({ status: 403, error: 'forbidden' }), 'No token for skatteetaten:inntekt: 403 forbidden.');
    assert.equal(
      word({ status: 400, error: 'invalid_request', scopes: [] }),
      'No token: 400 invalid_request. The request names no scope.',
    );
    assert.equal(word({ what: 'introspection' }), 'Introspection: active, skatteetaten:inntekt.');
    assert.equal(word({ what: 'introspection', scopes: [] }), 'Introspection: not active.');
  });

  it('names the cure for a refused scope that the manifest lacks', () => {
    const refused = { status: 400, error: 'invalid_scope', scopes: ['skatteetaten:inntekt', 'ks:fiks'] };
    assert.equal(
      word(refused),
      'No token for skatteetaten:inntekt ks:fiks: 400 invalid_scope. The manifest of app does not consume ks:fiks: add it to nais.yaml, under maskinporten.scopes.consumes.',
    );
    assert.doesNotMatch(word(refused, { workload: 'app', declared: undefined }), /add it/, 'a template decides');
  });

  it('keeps to one line and a bearable length, whatever an app sends as a scope', () => {
    const line = word({ scopes: ['a\nb\u202ec\u001b[31m', 'x'.repeat(10_000)] });
    assert.doesNotMatch(line, /[\p{Cc}\p{Cf}]/u);
    assert.ok(line.length < 300, String(line.length));
  });
});
