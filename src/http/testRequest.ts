import type { Token } from '../maskinporten/model';
import type {
  HeaderFields,
  Transport,
  TransportRequest,
  TransportResponse,
  TransportTimeouts,
} from '../maskinporten/transport';
import { checkToken } from './checkRequest';
import { checkHeaders } from './headers';
import { redirectOf, type Redirect } from './redirect';
import { checkTarget } from './target';

/** A request as the user composed it. */
export interface TestRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderFields;
  readonly body?: string | Uint8Array | undefined;
  /** Sent as Bearer (RFC 6750 section 2.1). */
  readonly token?: Pick<Token, 'accessToken' | 'environment'> | undefined;
  readonly timeouts?: Partial<TransportTimeouts> | undefined;
  /** Ten million bytes where nothing is said. */
  readonly maxBodyBytes?: number | undefined;
  /** As of a TransportRequest. */
  readonly keepRest?: boolean | undefined;
  readonly onProgress?: TransportRequest['onProgress'];
  /** The URLs whose redirects led to this request. */
  readonly followed?: readonly string[] | undefined;
}

export interface TestResult extends TransportResponse {
  /** What was really asked for: normalised, without fragment. */
  readonly sentUrl: string;
  readonly tokenSent: boolean;
  readonly redirect: Redirect | undefined;
}

const MAX_BODY_BYTES = 10_000_000;

/**
 * Sends one request, with the token if there is one, and follows no redirect. Refuses before anything is sent:
 * http to another machine, credentials in the URL, header fields that could be read as more than one, an
 * Authorization field beside a token, and a sandbox's token on its way to another machine. Rejects with a
 * ProblemError, or with the signal's reason.
 */
export async function sendTestRequest(
  transport: Transport,
  request: TestRequest,
  signal: AbortSignal,
): Promise<TestResult> {
  const {
    method,
    headers,
    body,
    token,
    timeouts,
    maxBodyBytes = MAX_BODY_BYTES,
    keepRest,
    onProgress,
    followed,
  } = request;
  const url = checkTarget(request.url, 'api');
  checkHeaders(headers, 'api');
  if (token) checkToken(token, headers, url);
  const response = await transport.send(
    {
      step: 'api',
      method,
      url: url.href,
      headers: token ? [...headers, ['authorization', `Bearer ${token.accessToken}`]] : headers,
      body,
      timeouts,
      maxBodyBytes,
      keepRest,
      onProgress,
    },
    signal,
  );
  return {
    ...response,
    sentUrl: url.href,
    tokenSent: token !== undefined,
    redirect: redirectOf(response, { method, url, followed }),
  };
}
