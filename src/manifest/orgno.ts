/** Brønnøysundregistrene, "Organisasjonsnummeret": the weights of the first eight digits. */
const WEIGHTS = [3, 2, 7, 6, 5, 4, 3, 2];

/** Whether the text is nine digits, which is all that the Nais CRD asks of an organisation number. */
export function isNineDigits(orgno: string): boolean {
  return /^[0-9]{9}$/.test(orgno);
}

/** Whether the last of nine digits is the check digit of the others, modulus 11 (Brønnøysundregistrene). */
export function hasCheckDigit(orgno: string): boolean {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(orgno.charAt(index)), 0);
  const remainder = sum % 11;
  return isNineDigits(orgno) && (remainder === 0 ? 0 : 11 - remainder) === Number(orgno.charAt(8));
}
