/** The weights of the first eight digits (Brønnøysundregistrene, "Organisasjonsnummeret"). */
const ORGANISATION_WEIGHTS = [3, 2, 7, 6, 5, 4, 3, 2];

/** The weights of the two check digits of a national identity number (Skatteetaten, "Fødselsnummer"). */
const PERSON_WEIGHTS = [
  [3, 7, 6, 1, 8, 9, 4, 5, 2],
  [5, 4, 3, 2, 7, 6, 5, 4, 3, 2],
];

/** Whether nine digits end with the check digit of the others, modulus 11 (Brønnøysundregistrene). */
export function isOrganisationNumber(text: string): boolean {
  return /^\d{9}$/.test(text) && checkDigit(text, ORGANISATION_WEIGHTS) === Number(text.charAt(8));
}

/**
 * Whether eleven digits end with the two check digits of the others (Skatteetaten, "Fødselsnummer"). Holds for
 * D-numbers and for the synthetic persons of Test-Norge too, whose dates alone are different.
 */
export function isPersonNumber(text: string): boolean {
  return (
    /^\d{11}$/.test(text) &&
    PERSON_WEIGHTS.every((weights) => checkDigit(text, weights) === Number(text.charAt(weights.length)))
  );
}

/** The text without national identity numbers. */
export function hidePersons(text: string): string {
  return text.replace(/(?<!\d)\d{11}(?!\d)/g, (digits) => (isPersonNumber(digits) ? '•'.repeat(11) : digits));
}

/** Modulus 11 over as many digits as there are weights; 10 where there is no check digit for them. */
function checkDigit(digits: string, weights: readonly number[]): number {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits.charAt(index)), 0);
  return (11 - (sum % 11)) % 11;
}
