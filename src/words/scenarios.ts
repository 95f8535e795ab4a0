import type { Translate } from '../shared/localize';
import { endOf, type ActiveScenario, type ScenarioKind } from '../shared/scenario';
import { wordAbsoluteTime, wordCountdown, wordMilliseconds } from '../shared/time';

/** A kind of scenario in two or three words, as a row of a choice. */
export function wordScenarioKind(kind: ScenarioKind, t: Translate): string {
  switch (kind) {
    case 'not-granted':
      return t('Not granted');
    case 'revoked':
      return t('Revoked after the deploy');
    case 'propagating':
      return t('Just deployed…');
    case 'not-for-maskinporten':
      return t('Not for Maskinporten');
    case 'delegation-missing':
      return t('Delegation missing');
    case 'lifetime':
      return t('Other token lifetime…');
    case 'key-expired':
      return t('Key expired');
    case 'client-unknown':
      return t('Client unknown');
    case 'clock-off':
      return t('Clock off…');
    case 'down':
      return t('Maskinporten is down');
    case 'slow':
      return t('Maskinporten is slow…');
    case 'error':
      return t('Maskinporten answers 500');
    case 'garbage':
      return t('Maskinporten answers garbage');
  }
}

/** What happens then, in one sentence; `toEveryScope` of a workload, which may come to more than to one of them. */
export function explainScenarioKind(kind: ScenarioKind, toEveryScope: boolean, t: Translate): string {
  switch (kind) {
    case 'not-granted':
      return toEveryScope
        ? t('No scope is granted, so Nais has registered no client (MP-100).')
        : t('The owner has not granted the scope, so the client lacks it (MP-200).');
    case 'revoked':
      return t('The owner took the right back; the client still has the scope (MP-250).');
    case 'propagating':
      return t('The scope reaches the client some minutes later (MP-200 until then).');
    case 'not-for-maskinporten':
      return t('The scope’s owner allows it for user login alone (MP-201).');
    case 'delegation-missing':
      return t('Nobody has delegated the scope in Altinn to ask on their behalf (MP-251).');
    case 'lifetime':
      return t('Tokens live as long as you say.');
    case 'key-expired':
      return t('The client’s key is over a year old (MP-121).');
    case 'client-unknown':
      return t('Maskinporten does not know the client, as when test and production are mixed up (MP-100).');
    case 'clock-off':
      return t('Maskinporten’s clock differs from this machine’s; over ten seconds, and grants are refused.');
    case 'down':
      return t('Connections are broken off.');
    case 'slow':
      return t('Every answer comes late. Texas in a pod gives up after a second.');
    case 'error':
      return t('500 Internal Server Error, as an HTML page.');
    case 'garbage':
      return t('200 OK, and a page that is no JSON.');
  }
}

/** A scenario that is on, with what was chosen for it: for a row of the tree, in few words and in lower case. */
export function wordScenario(scenario: ActiveScenario, locale: string, t: Translate): string {
  const { choice } = scenario;
  switch (choice.kind) {
    case 'not-granted':
      return t('not granted');
    case 'revoked':
      return t('revoked');
    case 'propagating':
      return t('just deployed, until {time}', { time: wordAbsoluteTime(endOf(scenario) ?? 0, locale) });
    case 'not-for-maskinporten':
      return t('not for Maskinporten');
    case 'delegation-missing':
      return t('not delegated');
    case 'lifetime':
      return t('tokens live {duration}', { duration: wordCountdown(choice.seconds * 1_000, t) });
    case 'key-expired':
      return t('key expired');
    case 'client-unknown':
      return t('client unknown');
    case 'clock-off':
      return wordClock(choice.seconds, t);
    case 'down':
      return t('Maskinporten is down');
    case 'slow':
      return t('answers {duration} late', { duration: wordMilliseconds(choice.delayMs, t) });
    case 'error':
      return t('Maskinporten answers 500');
    case 'garbage':
      return t('Maskinporten answers garbage');
  }
}

/** The same where its place does not say whom it is for: `not granted (skatteetaten:inntekt)`. */
export function wordScenarioWithTarget(scenario: ActiveScenario, locale: string, t: Translate): string {
  const what = wordScenario(scenario, locale, t);
  const where = scenario.scope ?? scenario.workload?.workload;
  return where === undefined ? what : `${what} (${where})`;
}

function wordClock(seconds: number, t: Translate): string {
  const duration = wordCountdown(Math.abs(seconds) * 1_000, t);
  return seconds < 0 ? t('clock {duration} behind', { duration }) : t('clock {duration} ahead', { duration });
}
