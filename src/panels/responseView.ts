import { classifyBody } from '../http/body';
import type { TestResult } from '../http/testRequest';
import { parseWwwAuthenticate } from '../http/wwwAuthenticate';
import type { Phases } from '../maskinporten/transport';
import type { Translate } from '../shared/localize';
import type { PhaseDuration, PhaseName, ResponseView, ShownBody } from '../shared/responseMessages';
import { wordRedirect } from '../words/responseNotes';
import { wordBytes, wordChallenge, wordStatus } from '../words/responses';

/** More text than this makes a page of text slow; what was read is not less for it. */
const MOST_CHARACTERS = 1_000_000;

/** The request that was answered, as far as the answer's view speaks of it. */
export interface SentRequest {
  readonly method: string;
  /** The scopes of the token that went along. */
  readonly scopes: readonly string[];
  readonly environment: string;
  /** The token that went along: an API may echo it, and a webview must not get it. */
  readonly accessToken: string | undefined;
}

/** A response in the user's language, fit for a webview. */
export function responseView(result: TestResult, sent: SentRequest, t: Translate): ResponseView {
  const shown = shownBody(result, t);
  const view: ResponseView = {
    method: sent.method,
    url: result.sentUrl,
    status: result.status,
    statusText: result.statusText,
    meaning: wordStatus(result.status, result.tokenSent, t),
    notes: [...notes(result, t), ...shown.notes],
    authorization: result.tokenSent
      ? t('Sent with a token for {scopes} from {environment}.', {
          scopes: sent.scopes.join(' '),
          environment: sent.environment,
        })
      : t('Sent without a token.'),
    phases: phaseDurations(result.phases),
    totalMs: result.phases.doneMs,
    size: size(result, t),
    headers: result.headers.map(([name, value]) => ({ name, value })),
    body: shown.body,
  };
  return sent.accessToken === undefined ? view : withoutToken(view, sent.accessToken, t);
}

/** Each phase by itself; a phase that was not measured is left out, and is never zero. */
export function phaseDurations({ lookupMs, connectMs, tlsMs, firstByteMs, doneMs }: Phases): PhaseDuration[] {
  const ends: readonly (readonly [PhaseName, number | undefined])[] = [
    ['lookup', lookupMs],
    ['connect', connectMs],
    ['tls', tlsMs],
    ['wait', firstByteMs],
    ['download', doneMs],
  ];
  const durations: PhaseDuration[] = [];
  let startMs = 0;
  for (const [name, endMs] of ends) {
    if (endMs === undefined) continue;
    durations.push({ name, ms: Math.max(0, endMs - startMs) });
    startMs = endMs;
  }
  return durations;
}

function notes({ headers, tokenSent, redirect, truncated, body }: TestResult, t: Translate): string[] {
  const challenges = headers.filter(([name]) => name.toLowerCase() === 'www-authenticate').map(([, value]) => value);
  return [
    ...parseWwwAuthenticate(challenges).map((challenge) => wordChallenge(challenge, tokenSent, t)),
    ...(redirect ? [wordRedirect(redirect, tokenSent, t)] : []),
    ...(truncated
      ? [t('The answer is longer: only its first {size} were read.', { size: wordBytes(body.length, t) })]
      : []),
  ];
}

function size({ wireBytes, body, truncated }: TestResult, t: Translate): string {
  const decoded = wordBytes(body.length, t);
  if (wireBytes === undefined || wireBytes === body.length || truncated) return decoded;
  return t('{decoded}, {wire} on the wire', { decoded, wire: wordBytes(wireBytes, t) });
}

function shownBody({ headers, body }: TestResult, t: Translate): { body: ShownBody; notes: string[] } {
  const contentType = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const classified = classifyBody(body, contentType);
  switch (classified.kind) {
    case 'empty':
      return { body: { kind: 'empty' }, notes: [] };
    case 'binary': {
      const facts = { type: contentType ?? t('no content type'), size: wordBytes(body.length, t) };
      return {
        body: { kind: 'binary', description: t('Binary ({type}), {size}. It is not shown.', facts) },
        notes: [],
      };
    }
    default: {
      const pretty = classified.kind === 'json' ? classified.pretty : undefined;
      const isCut = Math.max(classified.text.length, pretty?.length ?? 0) > MOST_CHARACTERS;
      return {
        body: {
          kind: classified.kind === 'json' || classified.kind === 'xml' ? classified.kind : 'text',
          raw: cut(classified.text),
          pretty: pretty === undefined ? undefined : cut(pretty),
        },
        notes: isCut ? [t('Only the first million characters are shown.')] : [],
      };
    }
  }
}

function cut(text: string): string {
  return text.length > MOST_CHARACTERS ? text.slice(0, MOST_CHARACTERS) : text;
}

/** Some APIs answer with what they were sent. The token stays on this side, and the view says that it was there. */
function withoutToken(view: ResponseView, accessToken: string, t: Translate): ResponseView {
  const text = JSON.stringify(view);
  if (!text.includes(accessToken)) return view;
  const placeholder = JSON.stringify(t('‹access token›')).slice(1, -1);
  const cleaned = JSON.parse(text.replaceAll(accessToken, placeholder)) as ResponseView;
  return { ...cleaned, notes: [...cleaned.notes, t('The answer repeats the access token. It is not shown here.')] };
}
