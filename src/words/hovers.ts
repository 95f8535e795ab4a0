import { hasCheckDigit, isNineDigits, type ScopeConsumer } from '../manifest';
import type { Translate } from '../shared/localize';

/** One consumer of an exposed scope: number and name, and what the number shows at once. */
export function wordConsumer({ orgno, name }: ScopeConsumer, t: Translate): string {
  if (orgno.templated) return t('an organisation that a template names');
  const who = name === undefined || name.templated || name.value === '' ? orgno.value : `${orgno.value} ${name.value}`;
  if (!isNineDigits(orgno.value)) return t('{consumer}: not nine digits', { consumer: who });
  return hasCheckDigit(orgno.value) ? who : t('{consumer}: wrong check digit', { consumer: who });
}

/** How long the tokens of an exposed scope live; `undefined` where the manifest does not say. */
export function wordMaxAge(seconds: number | undefined, t: Translate): string {
  return seconds === undefined
    ? t(
        'Its tokens live 30 seconds, as atMaxAge is not set. That is short: most consumers will fetch one for nearly every call.',
      )
    : t('Its tokens live {seconds} seconds.', { seconds });
}
