import { tokensIn } from '../http/bodyTokens';
import type { ClassifiedBody } from '../http/body';
import { responseNotes, type AskedFor } from '../http/notes';
import { missingScopes } from '../http/retry';
import { parseWwwAuthenticate } from '../http/wwwAuthenticate';
import { headerValues } from '../maskinporten/headers';
import type { Translate } from '../shared/localize';
import type { ResponseNote } from '../shared/responseMessages';
import type { Answered } from '../state/requests';
import { wordProblem } from '../words/problems';
import { wordNote, wordRedirect, wordRetry } from '../words/responseNotes';
import { wordBytes, wordChallenge } from '../words/responses';
import { wordAskedScope, type AskedScope } from '../words/scopeNotes';
import { wordOffer, type ResponseOffer } from './responseOffers';

/** What notes are made from. */
export interface NoteSubject {
  readonly answered: Answered;
  readonly body: ClassifiedBody;
  readonly asked: AskedFor;
  /** What the token was asked for. */
  readonly scopes: readonly string[];
  /** What the manifest consumes now; undefined where nobody can tell. */
  readonly declared: readonly string[] | undefined;
  readonly receivedAtMs: number;
}

/** Notes as they are shown, and what their buttons do, by the buttons' ids. */
export interface WordedNotes {
  readonly notes: readonly ResponseNote[];
  /** About the headers alone. */
  readonly headerNotes: readonly string[];
  readonly offers: ReadonlyMap<string, ResponseOffer>;
}

/** An API may name every scope that it knows. */
const MOST_SCOPES = 4;

/** Everything that deserves a word about a response, what explains its status first. */
export function wordedNotes(subject: NoteSubject, t: Translate): WordedNotes {
  const { answered, body, asked, receivedAtMs } = subject;
  const { result, retry, renewalProblem } = answered;
  const offers = new Map<string, ResponseOffer>();
  const note = (text: string, ...offered: readonly ResponseOffer[]): ResponseNote => ({
    text,
    actions: offered.map((offer) => {
      const id = `${offer.kind} ${offers.size}`;
      offers.set(id, offer);
      return { id, label: wordOffer(offer, t) };
    }),
  });
  const retried = wordRetry(retry, t);
  const others = responseNotes(result, body, asked, receivedAtMs);
  const notes = [
    ...challenges(answered, t).map((text) => note(text)),
    ...askedScopes(subject).map((scope) => note(wordAskedScope(scope, subject.scopes, t), ...offersFor(scope))),
    ...(renewalProblem ? [note(withoutNewToken(renewalProblem, t))] : retried !== undefined ? [note(retried)] : []),
    ...redirectNote(answered, note, t),
    ...others
      .filter(({ kind }) => kind !== 'cors')
      .map((other) => ({
        ...note(wordNote(other, t)),
        ...(other.kind === 'retry-after' && other.seconds > 0 && { untilMs: receivedAtMs + other.seconds * 1000 }),
      })),
    ...cutNote(answered, t).map((text) => note(text)),
    ...tokenNotes(subject, note, t),
  ];
  return { notes, headerNotes: others.filter(({ kind }) => kind === 'cors').map((cors) => wordNote(cors, t)), offers };
}

function challenges({ result: { headers, tokenSent } }: Answered, t: Translate): string[] {
  return parseWwwAuthenticate(headerValues(headers, 'www-authenticate')).map((challenge) =>
    wordChallenge(challenge, tokenSent, t),
  );
}

/** The scopes that the API misses: where the token lacks one of them, those that it has need no word. */
function askedScopes({ answered: { result, token }, scopes, declared }: NoteSubject): AskedScope[] {
  if (!result.tokenSent) return [];
  const had = new Set([...scopes, ...(token?.grantedScopes ?? [])]);
  const asked = missingScopes(result).map((scope): AskedScope => {
    if (had.has(scope)) return { scope, standing: 'had' };
    if (!declared) return { scope, standing: 'unknown' };
    return { scope, standing: declared.includes(scope) ? 'declared' : 'undeclared' };
  });
  const lacking = asked.filter(({ standing }) => standing !== 'had');
  const declaredFirst = [
    ...lacking.filter(({ standing }) => standing === 'declared'),
    ...lacking.filter(({ standing }) => standing !== 'declared'),
  ];
  return (lacking.length > 0 ? declaredFirst : asked).slice(0, MOST_SCOPES);
}

function offersFor({ scope, standing }: AskedScope): ResponseOffer[] {
  switch (standing) {
    case 'had':
      return [];
    case 'undeclared':
      return [{ kind: 'add-scope', scope }];
    case 'declared':
    case 'unknown':
      return [{ kind: 'send-with-scope', scope }];
  }
}

function withoutNewToken(problem: NonNullable<Answered['renewalProblem']>, t: Translate): string {
  return t('A new token might have helped, and could not be had: {title}', { title: wordProblem(problem, t).title });
}

type MakeNote = (text: string, ...offered: readonly ResponseOffer[]) => ResponseNote;

function redirectNote({ result: { redirect, tokenSent } }: Answered, note: MakeNote, t: Translate): ResponseNote[] {
  if (!redirect) return [];
  const text = wordRedirect(redirect, tokenSent, t);
  if (redirect.kind !== 'followable') return [note(text)];
  return [note(text, { kind: 'follow', redirect, withToken: tokenSent ? redirect.sameOrigin : undefined })];
}

function cutNote({ result: { truncated, rest, body } }: Answered, t: Translate): string[] {
  // A rest that waits has a line of its own.
  if (!truncated || rest) return [];
  return [t('The answer is longer: only its first {size} were read.', { size: wordBytes(body.length, t) })];
}

/** The token that was sent is not one to decode here: it is known, and shown as such. */
function tokenNotes({ answered, body }: NoteSubject, note: MakeNote, t: Translate): ResponseNote[] {
  if (body.kind !== 'json' && body.kind !== 'text' && body.kind !== 'form') return [];
  const found = tokensIn(body.text).filter(({ token }) => token !== answered.token?.accessToken);
  if (found.length === 0) return [];
  const offers = found.map(({ name, token }): ResponseOffer => ({ kind: 'decode', name, token }));
  return [note(t('The answer holds a token. It can be read without leaving this machine.'), ...offers)];
}
