/**
 * The parts of undici in use. This module is a bundle of its own, loaded by `import()` when the first request is
 * sent; nothing else imports undici. Its index must never be evaluated: it defines the global dispatcher, and with
 * it the fetch of every other extension in the host.
 */
export { default as Client } from 'undici/lib/dispatcher/client.js';
