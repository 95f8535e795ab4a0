export { fetchRegistry, REGISTRY_URLS } from './fetch';
export type { RegistryAnswer, RegistryEnvironment, RegistryFault, RegistryScope } from './model';
export { readRegistry } from './read';
export { readListings, writeListings } from './store';
export type { RegistryListing, RegistryListings } from './store';
