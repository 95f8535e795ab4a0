import type { Translate } from '../shared/localize';

/** An ask of the local token endpoint, as its log tells of it. */
export interface LoggedAsk {
  readonly what: 'token' | 'introspection';
  readonly status: number;
  readonly scopes: readonly string[];
  /** Texas's word for a refusal. */
  readonly error: string | undefined;
}

export interface AskedWorkload {
  readonly workload: string;
  /** What its manifest consumes; undefined where a template decides on some of it. */
  readonly declared: readonly string[] | undefined;
}

/** What an app sends as a scope is written as it is as long as it looks like one; more than this of it is no help. */
const MOST_CHARACTERS = 200;

/** One line, without a token: what was asked for, what the answer was, and what to do about a scope that is missing. */
export function wordAsk(ask: LoggedAsk, { workload, declared }: AskedWorkload, t: Translate): string {
  const scopes = visible(ask.scopes.join(' '));
  if (ask.what === 'introspection') {
    return scopes === '' ? t('Introspection: not active.') : t('Introspection: active, {scopes}.', { scopes });
  }
  if (ask.status === 200) return t('Token for {scopes}.', { scopes });
  const answer = `${ask.status} ${ask.error ?? ''}`.trim();
  const refused =
    scopes === ''
      ? t('No token: {answer}. The request names no scope.', { answer })
      : t('No token for {scopes}: {answer}.', { scopes, answer });
  const missing = declared ? ask.scopes.filter((scope) => !declared.includes(scope)) : [];
  return missing.length === 0
    ? refused
    : `${refused} ${t('The manifest of {workload} does not consume {missing}: add it to nais.yaml, under maskinporten.scopes.consumes.', { workload, missing: visible(missing.join(' ')) })}`;
}

function visible(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '·');
  return clean.length > MOST_CHARACTERS ? `${clean.slice(0, MOST_CHARACTERS)}…` : clean;
}
