import { problemOf } from '../../maskinporten/problem';
import type { Problem } from '../../maskinporten/problem';

/** What Texas answers when it has no token to give: both members always, and no other (nais/texas, src/handler.rs). */
export interface TexasFailure {
  readonly status: number;
  readonly error: string;
  readonly description: string;
}

/**
 * How Texas would report what a token source rejected with. A refusal by Maskinporten goes on with its status, word and
 * text, and without its `error_uri`; one without a text is none that Texas can read.
 */
export function failureOf(error: unknown): TexasFailure {
  const problem = problemOf(error);
  if (!problem) return serverError('Upstream request failed: timeout');
  const refusal = 'refusal' in problem ? problem.refusal : undefined;
  if (!refusal) return ownFailure(problem);
  const { status, error: word, description } = refusal;
  return description === undefined
    ? serverError('Failed to parse JSON: error decoding response body: missing field `error_description`')
    : { status, error: word, description };
}

export function invalidRequest(description: string): TexasFailure {
  return { status: 400, error: 'invalid_request', description };
}

export function notEnabled(provider: string): TexasFailure {
  return invalidRequest(`identity provider '${provider}' is not enabled`);
}

/** The problem's code stands in for the words of Texas's HTTP library. */
function ownFailure({ code }: Problem): TexasFailure {
  switch (code) {
    case 'credential/unavailable':
    case 'workspace/untrusted':
    case 'production/not-confirmed':
      return notEnabled('maskinporten');
    case 'grant/key-unusable':
      return serverError('Failed to sign assertion');
    case 'grant/bad-request':
      // Texas copies what it is given, and Maskinporten refuses it; here it is found before anything is sent.
      return invalidRequest('Invalid assertion. Invalid parameter value.');
    case 'token/unreadable':
    case 'texas/unreadable':
      return serverError('Failed to parse JSON: error decoding response body');
    default:
      return serverError(`Upstream request failed: ${code}`);
  }
}

function serverError(description: string): TexasFailure {
  return { status: 500, error: 'server_error', description };
}
