import { asText, readJsonObject } from './json';

/** Three or five parts in base64url, the first of which begins like a JOSE header (`{"`). */
const JWT = /eyJ[\w-]+(?:\.[\w-]*){2,4}/;

/** Longer texts are no token with something around it, and are not searched for one. */
const MOST_LENGTH = 2 * 1024 * 1024;

/**
 * The token in a text as people have it at hand: bare, in a token response (RFC 6749 section 5.1), behind `Bearer`, in an
 * assignment, among other words, or broken into lines by a terminal. Gives the text itself, trimmed, where none is seen
 * in it: it may be an opaque token.
 */
export function findToken(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length > MOST_LENGTH) return trimmed;
  const answer = trimmed.startsWith('{') ? readJsonObject(Buffer.from(trimmed)) : undefined;
  const answered = asText(answer?.['access_token']);
  if (answered !== undefined) return answered;
  if (/^eyJ[\w.\s-]+$/.test(trimmed)) return trimmed.replace(/\s+/g, '');
  const jwt = JWT.exec(trimmed)?.[0];
  if (jwt !== undefined) return jwt;
  const bare = trimmed.replace(/^(?:authorization:\s*)?bearer\s+/i, '').replace(/^(?:export\s+)?\w+=/, '');
  return bare.replace(/^(["'])(.*)\1$/s, '$2');
}
