// The parts of undici in use, typed by undici's own declarations of what its index exports.
declare module 'undici/lib/dispatcher/client.js' {
  import Client from 'undici/types/client';
  export default Client;
}

declare module 'undici/lib/api/api-request.js' {
  import type Dispatcher from 'undici/types/dispatcher';
  /** Undici's `request` as a function of a dispatcher. Typed for `responseHeaders: 'raw'`, where names and values alternate. */
  export default function request(
    this: Dispatcher,
    options: Dispatcher.RequestOptions,
  ): Promise<Omit<Dispatcher.ResponseData, 'headers'> & { readonly headers: readonly string[] }>;
}
