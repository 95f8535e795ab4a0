import type { ClassifiedBody } from '../http/body';
import { hexPreview } from '../http/hexPreview';
import type { TestResult } from '../http/testRequest';
import { headerValue } from '../maskinporten/headers';
import type { Phases } from '../maskinporten/transport';
import type { Translate } from '../shared/localize';
import type { PhaseDuration, PhaseName, ResponseView, ShownBody } from '../shared/responseMessages';
import { wordBytes, wordStatus } from '../words/responses';
import type { WordedNotes } from './responseNotes';
import { shownPretty, shownRaw } from './responseText';

const HEX_ROWS = 256;
const MOST_FIELDS = 1_000;

/** The request that was answered, as far as the answer's view speaks of it. */
export interface SentRequest {
  readonly method: string;
  /** The scopes of the token that went along. */
  readonly scopes: readonly string[];
  readonly environment: string;
}

/** What does not change about a response while it is shown, in the user's language. */
export type FixedView = Omit<ResponseView, 'notes' | 'saving'>;

export function responseView(
  result: TestResult,
  body: ClassifiedBody,
  sent: SentRequest,
  { headerNotes }: Pick<WordedNotes, 'headerNotes'>,
  t: Translate,
): FixedView {
  return {
    method: sent.method,
    url: result.sentUrl,
    status: result.status,
    statusText: result.statusText,
    meaning: wordStatus(result.status, result.tokenSent, t),
    authorization: result.tokenSent
      ? t('Sent with a token for {scopes} from {environment}.', {
          scopes: sent.scopes.join(' '),
          environment: sent.environment,
        })
      : t('Sent without a token.'),
    httpVersion: result.httpVersion === undefined ? undefined : `HTTP/${result.httpVersion}`,
    phases: phaseDurations(result.phases),
    totalMs: result.phases.doneMs,
    size: size(result, t),
    headers: result.headers.map(([name, value]) => ({ name, value })),
    headerNotes,
    body: shownBody(result, body, t),
  };
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

function size({ wireBytes, body, truncated }: TestResult, t: Translate): string {
  const decoded = wordBytes(body.length, t);
  if (truncated) return t('more than {size}', { size: decoded });
  if (wireBytes === undefined || wireBytes === body.length) return decoded;
  return t('{decoded}, {wire} on the wire', { decoded, wire: wordBytes(wireBytes, t) });
}

function shownBody({ headers, body }: TestResult, classified: ClassifiedBody, t: Translate): ShownBody {
  switch (classified.kind) {
    case 'empty':
      return { kind: 'empty' };
    case 'binary': {
      const type = headerValue(headers, 'content-type') ?? t('no content type');
      return {
        kind: 'binary',
        description: t('Binary ({type}), {size}.', { type, size: wordBytes(body.length, t) }),
        hex: hexPreview(body, HEX_ROWS),
      };
    }
    case 'form':
      return { kind: 'form', raw: shownRaw(classified, t), fields: formFields(classified.text) };
    default:
      return { kind: classified.kind, raw: shownRaw(classified, t), pretty: shownPretty(classified, t) };
  }
}

function formFields(text: string): { name: string; value: string }[] {
  return [...new URLSearchParams(text)].slice(0, MOST_FIELDS).map(([name, value]) => ({ name, value }));
}

/**
 * Some APIs answer with what they were sent. The token stays on this side, and a placeholder stands where it was. Gives
 * the very same text where there is none.
 */
export function withoutToken(text: string, accessToken: string | undefined, t: Translate): string {
  if (accessToken === undefined || !text.includes(accessToken)) return text;
  return text.replaceAll(accessToken, t('‹access token›'));
}

/** The same for everything that a webview is to get. */
export function viewWithoutToken<V>(view: V, accessToken: string | undefined, t: Translate): V {
  if (accessToken === undefined) return view;
  const text = JSON.stringify(view);
  if (!text.includes(accessToken)) return view;
  const placeholder = JSON.stringify(t('‹access token›')).slice(1, -1);
  return JSON.parse(text.replaceAll(accessToken, placeholder)) as V;
}
