import assert from 'node:assert/strict';
import { hidePersons, isOrganisationNumber, isPersonNumber } from '../../../src/maskinporten/numbers';
import { PERSON } from './support';

const endings = '0123456789'.split('');

describe('An organisation number', () => {
  // Brønnøysundregistrene's own example first, then Nav, Digdir, Skatteetaten and synthetic ones of Tenor.
  for (const number of ['123456785', '889640782', '991825827', '974761076', '310702641', '313367002']) {
    it(`${number} has the check digit of its others, and no other digit would do`, () => {
      const fitting = endings.filter((digit) => isOrganisationNumber(number.slice(0, 8) + digit));
      assert.deepEqual(fitting, [number.charAt(8)]);
    });
  }

  it('ends with 0 where the sum leaves no remainder', () => {
    assert.deepEqual(
      endings.filter((digit) => isOrganisationNumber(`00000000${digit}`)),
      ['0'],
    );
  });

  it('is not there for eight digits whose check digit would be 10', () => {
    // 3 × 4 = 12, which leaves 1.
    assert.deepEqual(
      endings.filter((digit) => isOrganisationNumber(`40000000${digit}`)),
      [],
    );
  });

  it('has nine digits and nothing else', () => {
    for (const text of ['', '88964078', '8896407821', ' 889640782', '889640782\n', '0192:889640782', '٨٨٩٦٤٠٧٨٢']) {
      assert.equal(isOrganisationNumber(text), false, text);
    }
  });
});

describe('A national identity number', () => {
  it('has two check digits, and no others would do', () => {
    const others = PERSON.slice(0, 9);
    const pairs = endings.flatMap((first) => endings.map((second) => first + second));
    assert.deepEqual(
      pairs.filter((pair) => isPersonNumber(others + pair)),
      [PERSON.slice(9)],
    );
  });

  it('is hidden wherever it stands alone, and other numbers stay', () => {
    assert.equal(hidePersons(`a ${PERSON}, b:${PERSON}.`), 'a •••••••••••, b:•••••••••••.');
    for (const text of [`1${PERSON}`, `${PERSON}0`, '12345678901', '889640782']) assert.equal(hidePersons(text), text);
  });
});
