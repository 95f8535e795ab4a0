import type { TransportTimeouts } from '../maskinporten/transport';

/** The limits of a request that has none of its own. undici looks at the last two twice a second, so these may be passed by as much. */
export const DEFAULT_TIMEOUTS: TransportTimeouts = { connectMs: 10_000, headersMs: 30_000, bodyMs: 30_000 };
