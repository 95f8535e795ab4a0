import type { JSONWebKeySet } from 'jose';
import type { AltinnExchange } from './altinnExchange';
import { errorPage, errorPageUrl } from './errorPages';
import type { PageLanguage } from './errorPages';
import { jsonAnswer } from './http';
import type { Answer, Route } from './http';
import { metadataOf } from './metadata';
import type { Addresses } from './metadata';
import { REFUSAL_NAMES } from './refusals';
import type { SampleApi } from './sampleApi';
import type { TokenEndpoint } from './tokenEndpoint';

/** Metadata and keys stay the same while the sandbox runs, so that clients need not ask before each grant. */
const KEPT_A_WHILE = { 'cache-control': 'max-age=300' };

export interface RouteOptions {
  readonly addresses: Addresses;
  readonly jwks: JSONWebKeySet;
  readonly tokenEndpoint: TokenEndpoint;
  readonly sampleApi: SampleApi;
  readonly altinn: AltinnExchange;
  readonly language: PageLanguage;
}

/** Gives the route of a path, without its query; undefined where there is nothing. */
export function createRoutes(options: RouteOptions): (path: string) => Route | undefined {
  const { addresses, jwks, tokenEndpoint, sampleApi, altinn, language } = options;
  const { issuer } = addresses;
  const metadata = constant(jsonAnswer(200, metadataOf(addresses), KEPT_A_WHILE));
  const table = new Map<string, Route>([
    ...metadataPaths(addresses).map((path) => [path, metadata] as const),
    [pathOf(addresses.jwksUri), constant(jsonAnswer(200, jwks, KEPT_A_WHILE))],
    [pathOf(addresses.tokenEndpoint), { methods: ['POST'], handle: (request) => tokenEndpoint.answer(request) }],
    [
      pathOf(addresses.sampleApiUrl),
      {
        methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
        handle: (request) => sampleApi.answer(request),
      },
    ],
    [pathOf(addresses.altinnExchangeUrl), { methods: ['GET'], handle: (request) => altinn.answer(request) }],
    ...REFUSAL_NAMES.map((name) => [pathOf(errorPageUrl(issuer, name)), constant(errorPage(name, language))] as const),
  ]);
  return (path) => table.get(path);
}

/**
 * Where the metadata is found: appended to the issuer, as Nais and Maskinporten's clients do, and between host and
 * path without the final slash (RFC 8414 section 3.1), which some clients leave on.
 */
function metadataPaths({ issuer, metadataUrl }: Addresses): string[] {
  const issuerPath = pathOf(issuer);
  const inserted = `/.well-known/oauth-authorization-server${issuerPath}`;
  return [pathOf(metadataUrl), inserted.slice(0, -1), inserted];
}

function constant(answer: Answer): Route {
  return { methods: ['GET', 'HEAD'], handle: () => answer };
}

function pathOf(url: string): string {
  return new URL(url).pathname;
}
