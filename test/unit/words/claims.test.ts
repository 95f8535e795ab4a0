import assert from 'node:assert/strict';
import { createTranslate } from '../../../src/shared/localize';
import type { ClaimPart } from '../../../src/shared/messages';
import { claimText, organisationNumber, wordClaims } from '../../../src/words/claims';

const t = createTranslate({});
const NAV = { authority: 'iso6523-actorid-upis', ID: '0192:889640782' };

const valueOf = (name: string, value: unknown, part: ClaimPart = 'claims') =>
  wordClaims(part, { [name]: value }, t)[0]?.value;
const explanationOf = (name: string, value: unknown = 'x', part: ClaimPart = 'claims') =>
  wordClaims(part, { [name]: value }, t)[0]?.explanation;

describe('an organisation number', () => {
  for (const [what, value, number] of [
    ['is split out of consumer', NAV, '889640782'],
    ['may be followed by more parts', { ID: '0192:889640782:sub:part' }, '889640782'],
    ['may have the older scheme', { ID: '9908:889640782' }, '889640782'],
    ['may stand alone', '889640782', '889640782'],
    ['may stand alone with its scheme', '0192:889640782', '889640782'],
    ['is not made of another country’s number', { ID: '0007:556036079' }, undefined],
    ['is not a number of ten digits', { ID: '0192:8896407820' }, undefined],
    ['is not read from an ID that is no text', { ID: 889640782 }, undefined],
    ['is not there in null', null, undefined],
  ] as const) {
    it(what, () => {
      assert.equal(organisationNumber(value), number);
    });
  }

  it('is shown beside the claim as it came', () => {
    assert.deepEqual(valueOf('supplier', NAV), {
      kind: 'organisation',
      number: '889640782',
      text: '{"authority":"iso6523-actorid-upis","ID":"0192:889640782"}',
    });
  });

  it('that cannot be read leaves the claim as it came', () => {
    assert.deepEqual(valueOf('consumer', { ID: 'x' }), { kind: 'json', text: '{\n  "ID": "x"\n}' });
  });

  it('is not sought in claims that hold none', () => {
    assert.deepEqual(valueOf('jti', '889640782'), { kind: 'text', text: '889640782' });
  });
});

describe('the value of a claim', () => {
  it('is a time for exp, iat and nbf', () => {
    for (const name of ['exp', 'iat', 'nbf']) {
      assert.deepEqual(valueOf(name, 1_795_881_600), { kind: 'time', atMs: 1_795_881_600_000, text: '1795881600' });
    }
  });

  it('is no time when exp is no number', () => {
    assert.deepEqual(valueOf('exp', '1795881600'), { kind: 'text', text: '1795881600' });
    assert.equal(valueOf('exp', null)?.kind, 'json');
  });

  it('is a list for several scopes or audiences', () => {
    assert.deepEqual(valueOf('scope', 'a:b  c:d'), { kind: 'list', items: ['a:b', 'c:d'] });
    assert.deepEqual(valueOf('aud', ['https://a', 'https://b']), { kind: 'list', items: ['https://a', 'https://b'] });
    assert.deepEqual(valueOf('scope', 'a:b'), { kind: 'text', text: 'a:b' });
  });

  it('is JSON for anything else, however deep', () => {
    assert.deepEqual(valueOf('authorization_details', [{ type: 'x' }]), {
      kind: 'json',
      text: '[\n  {\n    "type": "x"\n  }\n]',
    });
    const deep = JSON.parse('[{"a":'.repeat(20_000) + '1' + '}]'.repeat(20_000)) as unknown;
    assert.deepEqual(valueOf('x', deep), { kind: 'json', text: 'Nested too deeply to be shown.' });
  });

  it('hides national identity numbers, whatever claim holds them', () => {
    const person = '17858296439';
    assert.deepEqual(valueOf('pid', person), { kind: 'text', text: '•••••••••••' });
    assert.deepEqual(valueOf('pid', '17858296430'), { kind: 'text', text: '•••••••••••' }, 'a slip is a person’s too');
    const urn = `urn:altinn:person:identifier-no:${person}`;
    assert.deepEqual(valueOf('sub', urn), { kind: 'text', text: 'urn:altinn:person:identifier-no:•••••••••••' });
    for (const part of ['claims', 'grant-claims'] as const) {
      const shown = valueOf('authorization_details', [{ type: 'urn:altinn:consent', from: urn }], part);
      assert.ok(shown?.kind === 'json' && shown.text.includes('identifier-no:•••••••••••"'));
    }
    assert.deepEqual(valueOf('jti', '17858296430'), { kind: 'text', text: '17858296430' }, 'and no other digits');
  });

  it('is copied as text where it is text, else as JSON', () => {
    assert.equal(claimText('a b'), 'a b');
    assert.equal(claimText(12), '12');
    assert.equal(claimText(NAV), '{"authority":"iso6523-actorid-upis","ID":"0192:889640782"}');
  });
});

describe('the meaning of a claim', () => {
  it('is known for every claim of a Maskinporten token', () => {
    const claims =
      'iss client_id client_amr scope token_type exp iat nbf jti consumer supplier delegation_source aud pid authorization_details client_orgno';
    for (const name of claims.split(' ')) assert.ok(explanationOf(name), name);
  });

  it('is known for every claim of a grant and for both headers', () => {
    for (const name of 'aud iss scope iat exp nbf jti resource consumer_org pid authorization_details'.split(' ')) {
      assert.ok(explanationOf(name, 'x', 'grant-claims'), name);
    }
    for (const part of ['header', 'grant-header'] as const) {
      for (const name of ['kid', 'alg', 'x5c']) assert.ok(explanationOf(name, 'x', part), name);
    }
  });

  it('is not made up for a claim that is not known, even one that objects have by nature', () => {
    for (const name of ['acr', 'constructor', 'toString']) assert.equal(explanationOf(name), undefined);
    const row = wordClaims('claims', JSON.parse('{"__proto__": "x"}') as Record<string, unknown>, t)[0];
    assert.deepEqual(row, { name: '__proto__', value: { kind: 'text', text: 'x' }, explanation: undefined });
  });

  it('differs between token and grant: the aud of a grant is the issuer', () => {
    assert.match(explanationOf('aud', 'https://api') ?? '', /API/);
    assert.match(explanationOf('aud', 'https://issuer', 'grant-claims') ?? '', /issuer/);
  });

  it('tells an aud that restricts nothing from one that does', () => {
    assert.match(explanationOf('aud', 'unspecified') ?? '', /Not restricted/);
  });

  it('tells system users from consents', () => {
    assert.match(explanationOf('authorization_details', [{ type: 'urn:altinn:systemuser' }]) ?? '', /system user/);
    assert.match(explanationOf('authorization_details', [{ type: 'urn:altinn:consent' }]) ?? '', /consent/);
    assert.match(explanationOf('authorization_details', { type: 1 }) ?? '', /RFC 9396/);
  });

  it('tells keys from business certificates', () => {
    assert.match(explanationOf('client_amr', 'private_key_jwt') ?? '', /registered/);
    for (const method of ['virksomhetssertifikat', 'CForESeal', 'QCForESeal']) {
      assert.match(explanationOf('client_amr', method) ?? '', /certificate/);
    }
  });
});

describe('the order of claims', () => {
  it('begins with who has the access to what, and ends with what is not known, as it came', () => {
    const claims = { b: 1, jti: 'x', exp: 1, a: 1, scope: 'a:b', consumer: NAV };
    assert.deepEqual(
      wordClaims('claims', claims, t).map(({ name }) => name),
      ['consumer', 'scope', 'exp', 'jti', 'b', 'a'],
    );
  });
});
