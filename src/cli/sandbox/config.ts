import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { JWK } from 'jose';
import type { KeyFault } from '../../maskinporten/problem';
import schema from '../../../docs/sandbox.schema.json';
import type { SandboxConsent, SandboxDelegation, SandboxSystemUser, Scenario, ScenarioKind } from '../../sandbox';
import { faultOf, type Fault } from '../faults';
import { faultsBySchema, type FaultAt, type Schema } from './schema';

/** docs/sandbox.schema.json, as far as it is known to hold once the faults are none. */
export interface SandboxConfig {
  readonly organisation?: string;
  readonly defaultLifetimeSeconds?: number;
  readonly clients?: readonly ConfiguredClient[];
  readonly scopes?: readonly ConfiguredScope[];
  readonly certificateAuthorities?: readonly string[];
  readonly scenarios?: readonly Scenario[];
}

export interface ConfiguredClient {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly clientId?: string;
  readonly organisation?: string;
  readonly jwk?: JWK;
  readonly businessCertificate?: boolean;
  readonly delegations?: readonly SandboxDelegation[];
  readonly systemUsers?: readonly SandboxSystemUser[];
  readonly consents?: readonly SandboxConsent[];
}

interface ConfiguredScope {
  readonly name: string;
  readonly lifetimeSeconds?: number;
  readonly consumers?: readonly string[];
}

/** What a configuration has wrong, beyond what its schema can say. */
export type ConfigFault =
  | FaultAt
  | { readonly kind: 'no-json'; readonly path: string }
  /** Two clients of one id: a grant names its client by it. */
  | { readonly kind: 'same-client'; readonly path: string }
  | { readonly kind: 'key'; readonly path: string; readonly reason: KeyFault };

export type ReadConfig =
  { readonly ok: true; readonly config: SandboxConfig } | { readonly ok: false; readonly faults: readonly Fault[] };

/** Members that a kind of scenario has besides `kind`: the first is needed, the others may be there. */
const SCENARIO_MEMBERS: Readonly<Record<ScenarioKind, { readonly needed?: string; readonly may: readonly string[] }>> =
  {
    'not-granted': { may: ['client', 'scope'] },
    revoked: { may: ['client', 'scope'] },
    'not-for-maskinporten': { may: ['client', 'scope'] },
    'delegation-missing': { may: ['client', 'scope'] },
    propagating: { needed: 'seconds', may: ['client', 'scope', 'speed'] },
    lifetime: { needed: 'seconds', may: ['client', 'scope'] },
    'key-expired': { may: ['client'] },
    'client-unknown': { may: ['client'] },
    'clock-off': { needed: 'seconds', may: [] },
    down: { may: [] },
    slow: { needed: 'delayMs', may: [] },
    error: { may: [] },
    garbage: { may: [] },
  };

/** Reads a configuration file, and checks it by its schema and by what one cannot write there. */
export async function readConfig(file: string, folder: string): Promise<ReadConfig> {
  const bytes = await readFile(path.resolve(folder, file)).catch((error: unknown) => faultOf(file, error));
  if (!Buffer.isBuffer(bytes)) return { ok: false, faults: [bytes] };
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  } catch {
    // The parser's message quotes the text, and a key may stand in it.
    return { ok: false, faults: [{ kind: 'bad-config', file, fault: { kind: 'no-json', path: '' } }] };
  }
  const bySchema = faultsBySchema(value, schema as Schema);
  const faults = bySchema.length > 0 ? bySchema : faultsBeyondSchema(value as SandboxConfig);
  if (faults.length > 0) return { ok: false, faults: faults.map((fault) => ({ kind: 'bad-config', file, fault })) };
  return { ok: true, config: value as SandboxConfig };
}

function faultsBeyondSchema({ clients = [], scenarios = [] }: SandboxConfig): ConfigFault[] {
  const ids = clients.map(({ clientId }) => clientId);
  return [
    ...ids.flatMap((id, index): ConfigFault[] =>
      id !== undefined && ids.indexOf(id) < index ? [{ kind: 'same-client', path: `clients[${index}].clientId` }] : [],
    ),
    ...scenarios.flatMap((scenario, index) => scenarioFaults(scenario, `scenarios[${index}]`)),
  ];
}

function scenarioFaults(scenario: Scenario, at: string): ConfigFault[] {
  const { needed, may } = SCENARIO_MEMBERS[scenario.kind];
  const unfit = Object.keys(scenario).filter((name) => name !== 'kind' && name !== needed && !may.includes(name));
  return [
    ...(needed === undefined || Object.hasOwn(scenario, needed)
      ? []
      : [{ kind: 'missing', member: needed, path: at } as const]),
    ...unfit.map((member) => ({ kind: 'unknown', member, path: at }) as const),
  ];
}
