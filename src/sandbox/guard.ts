import type { IncomingMessage } from 'node:http';
import { problemAnswer } from './http';
import type { Answer } from './http';

/**
 * Refuses requests that no local program would send. A web page that resolves its own name to 127.0.0.1
 * (DNS rebinding) names a foreign Host; one that asks across origins names a foreign Origin.
 * Gives undefined when the request may go on.
 */
export function guard(request: IncomingMessage, port: number): Answer | undefined {
  const own = [`127.0.0.1:${port}`, `localhost:${port}`];
  const hosts = request.headersDistinct['host'] ?? [];
  if (hosts.length !== 1 || !hosts.every((host) => own.includes(host.toLowerCase()))) {
    return problemAnswer(403, 'Forbidden', `The sandbox answers to ${own.join(' and ')} only.`);
  }
  const origins = request.headersDistinct['origin'] ?? [];
  if (!origins.every((origin) => own.some((host) => origin === `http://${host}`))) {
    return problemAnswer(403, 'Forbidden', 'The sandbox does not answer web pages of other origins.');
  }
  if (!request.url?.startsWith('/')) {
    return problemAnswer(400, 'Bad Request', 'The request target must be a path (RFC 9112 section 3.2.1).');
  }
  return undefined;
}
