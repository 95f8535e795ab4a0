import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createTranslate } from '../../../src/shared/localize';
import { accessRequestText, type AccessRequest } from '../../../src/words/accessRequest';

const en = createTranslate({});
const nb = createTranslate(
  JSON.parse(readFileSync(path.join(__dirname, '../../../l10n/nb.json'), 'utf8')) as Record<string, string>,
);
const NAV = { number: '889640782', name: 'Nav', scopePrefix: 'nav' };

function text(request: Partial<AccessRequest>): string {
  return accessRequestText(
    { scopes: ['skatteetaten:inntekt'], environment: 'both', organisation: NAV, ...request },
    { nb, en },
  );
}

describe('A request for access', () => {
  it('is written in Norwegian, and then in English', () => {
    const [norwegian = '', english = '', ...more] = text({}).split(/^-+$/m);
    assert.deepEqual(more, []);
    assert.equal(
      norwegian.trim(),
      [
        'Emne: Tilgang til skatteetaten:inntekt i Maskinporten for Nav',
        '',
        'Hei Skatteetaten,',
        '',
        'Nav ber om tilgang til dette scopet i Maskinporten:',
        '',
        'Scope: skatteetaten:inntekt',
        'Miljø: test (test.maskinporten.no) og produksjon (maskinporten.no)',
        'Virksomhet: Nav',
        'Organisasjonsnummer: 889640782',
        'Klient: Maskinporten (server til server)',
        'Formål og hjemmel: ',
        'Kontaktperson: ',
        '',
        'Tilgangen gis til organisasjonsnummeret, for hvert miljø.',
      ].join('\n'),
    );
    assert.match(english, /^Subject: Access to skatteetaten:inntekt in Maskinporten for Nav$/m);
    assert.match(english, /^Purpose and legal basis: $/m);
  });
  it('names one environment where one is asked for', () => {
    assert.match(text({ environment: 'test' }), /^Environment: test \(test\.maskinporten\.no\)$/m);
    assert.match(text({ environment: 'prod' }), /^Miljø: produksjon \(maskinporten\.no\)$/m);
  });
  it('names an organisation by its number, where it has no name here', () => {
    const request = text({ organisation: { number: '974761076', name: undefined, scopePrefix: 'x' } });
    assert.match(request, /for 974761076$/m);
    assert.doesNotMatch(request, /undefined|^Organisation:/m);
  });
  it('is one text for each owner', () => {
    const request = text({ scopes: ['skatteetaten:inntekt', 'ks:fiks', 'skatteetaten:skattemelding'] });
    assert.equal(request.split(/^-+$/m).length, 4);
    assert.match(request, /^Scope:\n {2}skatteetaten:inntekt\n {2}skatteetaten:skattemelding$/m);
    assert.match(request, /^Hello KS,$/m);
  });
  it('greets an owner that is not known without a name', () => {
    assert.match(text({ scopes: ['nobody:knows'] }), /^Hello,$/m);
  });
  it('says where the organisation grants access to itself', () => {
    assert.match(text({ scopes: ['nav:a/b'] }), /889640782 must be among its consumers/);
  });
});
