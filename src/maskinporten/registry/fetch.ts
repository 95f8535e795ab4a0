import type { Transport } from '../transport';
import type { RegistryAnswer, RegistryEnvironment } from './model';
import { readRegistry } from './read';

/** Digdir's open list of public scopes, without authentication (Digdir, "API for administrasjon av APIer / scopes"). */
export const REGISTRY_URLS: Readonly<Record<RegistryEnvironment, string>> = {
  test: 'https://api.test.samarbeid.digdir.no/api/v1/scopes/all',
  prod: 'https://api.samarbeid.digdir.no/api/v1/scopes/all',
};

/** Several times what the list is. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/**
 * Fetches the public scopes from `url`. Rejects with a ProblemError where no answer came, or with the signal's reason;
 * an answer that is no list of scopes is a fault.
 */
export async function fetchRegistry(transport: Transport, url: string, signal: AbortSignal): Promise<RegistryAnswer> {
  const { status, body, truncated } = await transport.send(
    { step: 'api', method: 'GET', url, headers: [['accept', 'application/json']], maxBodyBytes: MAX_BODY_BYTES },
    signal,
  );
  if (status !== 200) return { ok: false, fault: { reason: 'status', status } };
  if (truncated) return { ok: false, fault: { reason: 'too-large', limitBytes: MAX_BODY_BYTES } };
  const scopes = readRegistry(parse(body));
  return scopes ? { ok: true, scopes } : { ok: false, fault: { reason: 'unreadable' } };
}

/** UTF-8 (RFC 8259 section 8.1); undefined where it is no JSON. */
function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
