import type { KnownKey } from '../vocabulary';
import type { Stop, Template, TemplateMap } from './snippet';
import { TemplateStop } from './snippet';

function stop(place: Stop = {}): TemplateStop {
  return new TemplateStop(place);
}

const SWITCH = stop({ choices: ['true', 'false'] });

/** An item of `consumes` whose name is still to be written. */
export const CONSUMED_ITEM: TemplateMap = new Map([['name', stop()]]);

/** A scope to expose, with all that the CRD requires, and the separator that Nais recommends (Nais docs, "expose"). */
export const EXPOSED_ITEM: TemplateMap = new Map<string, Template>([
  ['enabled', true],
  ['product', stop({ text: 'product' })],
  ['name', stop({ text: 'name' })],
  ['separator', '/'],
]);

export const CONSUMER_ITEM: TemplateMap = new Map<string, Template>([
  ['orgno', stop({ quoted: true })],
  ['name', stop()],
]);

export const EXTERNAL_ITEM: TemplateMap = new Map([['host', stop()]]);

export const PORT_ITEM: TemplateMap = new Map([['port', stop({ text: '443' })]]);

const SCOPES: TemplateMap = new Map<string, Template>([['consumes', [CONSUMED_ITEM]]]);

/** What stands after a key that is new. */
const VALUES: Readonly<Record<`${KnownKey['place']}.${string}`, Template>> = {
  'spec.maskinporten': new Map<string, Template>([
    ['enabled', true],
    ['scopes', SCOPES],
  ]),
  'client.scopes': SCOPES,
  'maskinporten.enabled': SWITCH,
  'maskinporten.scopes': SCOPES,
  'scopes.consumes': [CONSUMED_ITEM],
  'scopes.exposes': [EXPOSED_ITEM],
  'exposes.enabled': SWITCH,
  'exposes.separator': stop({ choices: ['/', ':', '.'], quoted: true }),
  'exposes.atMaxAge': stop({ text: '120' }),
  'exposes.allowedIntegrations': ['maskinporten'],
  'exposes.consumers': [CONSUMER_ITEM],
  'exposes.accessibleForAll': SWITCH,
  'exposes.delegationSource': 'altinn',
  'exposes.visibility': stop({ choices: ['public', 'private'] }),
  'consumers.orgno': stop({ quoted: true }),
  'outbound.external': [EXTERNAL_ITEM],
  'external.ports': [PORT_ITEM],
  'ports.port': stop({ text: '443' }),
};

export function templateOf({ place, key }: KnownKey): Template {
  return VALUES[`${place}.${key}`] ?? stop();
}
