import type { ResponseNote } from '../http/notes';
import type { Redirect } from '../http/redirect';
import type { RetryDecision } from '../http/retry';
import type { Translate } from '../shared/localize';

/** Says a note in a sentence or two. What the server says is quoted as its own. */
export function wordNote(note: ResponseNote, t: Translate): string {
  switch (note.kind) {
    case 'problem-details':
      return wordProblemDetails(note, t);
    case 'retry-after':
      return note.seconds === 0
        ? t('The API lets you try again at once (Retry-After).')
        : t('The API asks you to wait {seconds} s before the next try (Retry-After).', { seconds: note.seconds });
    case 'cors':
      return t(
        'The Access-Control headers are for web pages in browsers. Neither this request nor your app is bound by them.',
      );
    case 'cors-refused':
      return t('The API refuses the Origin header. Only browsers need it: leave it out.');
    case 'event-stream':
      return t('The answer is a stream of events, which goes on until one side ends it. What came is shown.');
    case 'html-instead':
      return t(
        'A web page came where data was asked for. A login page, or something between you and the API, may have answered.',
      );
    case 'not-the-json-it-says':
      return t('The answer says that it is JSON, and is not. It is shown as it came.');
    case 'unknown-charset':
      return t('The answer says charset {declared}, which nobody knows. It was read as {used}.', {
        declared: note.declared,
        used: note.used,
      });
    case 'malformed-text':
      return t('Some bytes are no text in {charset}; they are shown as �.', { charset: note.charset });
    case 'binary-in-text':
      return t('The answer says that it is text, and has bytes that no text has. It is shown as bytes.');
    case 'no-body-by-rule':
      return t('The API says 204 and announces a body, which 204 cannot have. It was not read.');
  }
}

function wordProblemDetails(
  { title, detail, type, status }: Extract<ResponseNote, { kind: 'problem-details' }>,
  t: Translate,
): string {
  const said = [title, detail].filter((text) => text !== undefined).join(' – ');
  return [
    said === ''
      ? t('The API sends problem details, without words (RFC 9457).')
      : t('The API explains: “{text}” (RFC 9457).', { text: said }),
    ...(type === undefined ? [] : [t('The kind of problem: {type}.', { type })]),
    ...(status === undefined
      ? []
      : [t('In the body it says status {status}: something on the way may have changed it.', { status })]),
  ].join(' ');
}

/** Where a response leads. It was not followed; whether a token would go along is said before anybody follows. */
export function wordRedirect(redirect: Redirect, tokenSent: boolean, t: Translate): string {
  switch (redirect.kind) {
    case 'no-location':
      return t('A redirect without Location: it does not say where to.');
    case 'loop':
      return t('Redirects in a circle, back to {location}. Following it would not end.', {
        location: redirect.location,
      });
    case 'refused':
      return wordRefusedRedirect(redirect, t);
    case 'followable': {
      const { location, sameOrigin } = redirect;
      if (!tokenSent) return t('Redirects to {location}. It was not followed.', { location });
      return sameOrigin
        ? t(
            'Redirects to {location}, on the same origin. It was not followed; the token goes along if you follow it.',
            {
              location,
            },
          )
        : t('Redirects to {location}, on another origin. It was not followed; the token stays here if you follow it.', {
            location,
          });
    }
  }
}

function wordRefusedRedirect({ location, reason }: Extract<Redirect, { kind: 'refused' }>, t: Translate): string {
  switch (reason) {
    case 'insecure':
      return t('Redirects to {location}, which is not https. It cannot be followed from here.', { location });
    case 'not-http':
      return t('Redirects to {location}, which is no web address. It cannot be followed.', { location });
    case 'credentials':
      return t('Redirects to {location}, with a user name or password in the address. It cannot be followed.', {
        location,
      });
    case 'unreadable':
      return t('Redirects to “{location}”, which is no address.', { location });
  }
}

/** Why a 401 was, or was not, tried again with a new token; undefined where there is nothing to say. */
export function wordRetry(decision: RetryDecision, t: Translate): string | undefined {
  if (decision.retry)
    return t('The API did not take the token from memory, so a new one was got and the request sent once more.');
  switch (decision.because) {
    case 'retried':
      return t('A newly granted token was not taken either. The token’s age is not the reason.');
    case 'token-is-new':
      return t('The token was granted for this request, so another one would not help.');
    case 'other-reason':
      return t('The API names another reason than the token’s validity, so no new one was got.');
    case 'not-401':
    case 'no-token':
      return undefined;
  }
}
