import type { AltinnExchange } from './altinnExchange';
import { disturbed } from './disruption';
import { errorPage, errorPageUrl } from './errorPages';
import type { PageLanguage } from './errorPages';
import { jsonAnswer } from './http';
import type { Answer, Route } from './http';
import type { KeyRing } from './keyRing';
import { altinnMetadataOf, altinnMetadataUrl, metadataOf } from './metadata';
import type { Addresses } from './metadata';
import { REFUSAL_NAMES } from './refusals';
import type { SampleApi } from './sampleApi';
import type { ScenarioBoard } from './scenarios';

/** Metadata stays the same while the sandbox runs, and a key that is new is looked for by its name. */
const KEPT_A_WHILE = { 'cache-control': 'max-age=300' };

const READING = ['GET', 'HEAD'];

export interface RouteOptions {
  readonly addresses: Addresses;
  readonly keys: KeyRing;
  readonly scenarios: ScenarioBoard;
  /** `/token`, already as a scenario disturbs it. */
  readonly tokenRoute: Route;
  readonly sampleApi: SampleApi;
  readonly altinn: AltinnExchange;
  readonly language: PageLanguage;
}

/** Gives the route of a path, without its query; undefined where there is nothing. */
export function createRoutes(options: RouteOptions): (path: string) => Route | undefined {
  const { addresses, keys, scenarios, tokenRoute, sampleApi, altinn, language } = options;
  const { issuer } = addresses;
  const metadata = constant(jsonAnswer(200, metadataOf(addresses), KEPT_A_WHILE));
  const jwks: Route = { methods: READING, handle: () => jsonAnswer(200, keys.jwks, KEPT_A_WHILE) };
  const altinnMetadata = altinnMetadataUrl(addresses);
  const issuers: readonly (readonly [path: string, route: Route])[] = [
    ...metadataPaths(addresses).map((path) => [path, metadata] as const),
    [pathOf(addresses.jwksUri), jwks],
  ];
  const api = pathOf(addresses.sampleApiUrl);
  const table = new Map<string, Route>([
    ...issuers.map(([path, route]) => [path, disturbed(route, scenarios)] as const),
    [pathOf(addresses.tokenEndpoint), tokenRoute],
    [
      api,
      { methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'], handle: (request) => sampleApi.answer(request) },
    ],
    [`${api}/slow`, { methods: READING, handle: (request) => sampleApi.slow(request) }],
    [`${api}/large`, { methods: READING, handle: (request) => sampleApi.large(request) }],
    [`${api}/paged`, { methods: READING, handle: (request) => sampleApi.paged(request) }],
    [pathOf(altinnMetadata), constant(jsonAnswer(200, altinnMetadataOf(addresses), KEPT_A_WHILE))],
    [`${pathOf(altinnMetadata)}/jwks`, jwks],
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
  return { methods: READING, handle: () => answer };
}

/** The path of a URL, by which its route is found. */
export function pathOf(url: string): string {
  return new URL(url).pathname;
}
