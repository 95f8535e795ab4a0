import type { JWK } from 'jose';
import { appVariables, dotEnv } from '../../maskinporten/appEnvironment';
import type { Sandbox, SandboxOptions, TexasAddresses } from '../../sandbox';
import type { Translate } from '../../shared/localize';
import type { Fault } from '../faults';
import type { SandboxWork } from '../options';
import { prepareClient, publicHalf, type PreparedClient } from './clients';
import { readConfig, type ConfiguredClient, type SandboxConfig } from './config';
import { writeEnvFile } from './envFile';
import { readDeclared, type Declared } from './manifests';

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1']);

/** The line that is printed when the sandbox answers: part of the command's contract. */
export interface ReadyLine {
  readonly issuer: string;
  readonly metadata: string;
  readonly tokenEndpoint: string;
  readonly jwksUri: string;
  readonly sampleApi: string;
  /** With `--texas`: of the client that `--client` names, else of the first. */
  readonly texas?: TexasAddresses;
  readonly clients: readonly ReadyClient[];
}

interface ReadyClient {
  readonly clientId: string;
  readonly name: string;
  /** The private key where it was made here; of one that the configuration gave, the public half. Null with a certificate. */
  readonly jwk: JWK | null;
  readonly scopes: readonly string[];
  readonly texas?: TexasAddresses;
}

/** What to say to the user's language, and in which. */
export interface Words {
  readonly t: Translate;
  readonly language: string;
}

export type Opened =
  | { readonly ok: true; readonly sandbox: Sandbox; readonly ready: ReadyLine; readonly warnings: readonly Fault[] }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Starts the sandbox that the arguments describe. Whoever gets one must stop it. */
export async function openSandbox(work: SandboxWork, folder: string, words: Words): Promise<Opened> {
  const read = work.config === undefined ? ({ ok: true, config: {} } as const) : await readConfig(work.config, folder);
  if (!read.ok) return read;
  const declared = await readDeclared(work, folder);
  if (declared.faults.length > 0) return { ok: false, faults: declared.faults };
  const prepared = await prepareAll(read.config, declared, work.config ?? '');
  if (!prepared.ok) return prepared;
  const { clients } = prepared;
  const chosen = chooseClient(clients, work.client);
  if (!chosen && work.client !== undefined) return no({ kind: 'no-client', client: work.client });
  if (!chosen?.privateJwk && (work.texas || work.envFile !== undefined)) return no({ kind: 'no-private-key' });
  const opened = await start(optionsFrom(work, read.config, declared, clients, words), work.port);
  if (!opened.ok) return opened;
  const { sandbox } = opened;
  const ready = readyLine(sandbox, clients, chosen, work.texas);
  const fault = await writeEnvironment(work, folder, sandbox, chosen, ready.texas);
  if (fault) {
    await sandbox.stop();
    return no(fault);
  }
  const isOpen = work.bind !== undefined && !LOOPBACK.has(work.bind);
  return { ok: true, sandbox, ready, warnings: isOpen ? [{ kind: 'bound-elsewhere', address: work.bind }] : [] };
}

type PreparedAll =
  | { readonly ok: true; readonly clients: readonly PreparedClient[] }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** The clients of the configuration first: a workload of the same name is the one that it describes. */
async function prepareAll(config: SandboxConfig, declared: Declared, file: string): Promise<PreparedAll> {
  const configured = config.clients ?? [];
  const names = new Set(configured.map(({ name }) => name));
  const others = declared.clients.filter(({ name }) => !names.has(name));
  const all: readonly ConfiguredClient[] = [...configured, ...others];
  const preparations = await Promise.all(all.map((client, index) => prepareClient(client, `clients[${index}]`)));
  const faults = preparations.flatMap((one): Fault[] =>
    one.ok ? [] : [{ kind: 'bad-config', file, fault: one.fault }],
  );
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, clients: preparations.flatMap((one) => (one.ok ? [one.client] : [])) };
}

function chooseClient(clients: readonly PreparedClient[], named: string | undefined): PreparedClient | undefined {
  if (named === undefined) return clients.find(({ privateJwk }) => privateJwk !== undefined) ?? clients[0];
  return clients.find(({ client }) => client.clientId === named || client.name === named);
}

function optionsFrom(
  work: SandboxWork,
  config: SandboxConfig,
  declared: Declared,
  clients: readonly PreparedClient[],
  { t, language }: Words,
): SandboxOptions {
  const configured = (config.scopes ?? []).map(({ name, lifetimeSeconds, consumers }) => ({
    name,
    atMaxAgeSeconds: lifetimeSeconds,
    consumers,
  }));
  return {
    clients: clients.map(({ client }) => client),
    // Of two that say something of one scope, the last holds.
    exposedScopes: [...declared.exposedScopes, ...configured],
    organisation: work.organisation ?? config.organisation,
    defaultLifetimeSeconds: config.defaultLifetimeSeconds,
    certificateAuthorities: config.certificateAuthorities,
    scenarios: config.scenarios,
    port: work.port,
    bind: work.bind,
    publicUrl: work.publicUrl,
    allowedHosts: work.allowedHosts,
    t,
    language,
  };
}

async function start(
  options: SandboxOptions,
  port: number,
): Promise<
  { readonly ok: true; readonly sandbox: Sandbox } | { readonly ok: false; readonly faults: readonly Fault[] }
> {
  const { startSandbox } = await import('../../sandbox');
  try {
    return { ok: true, sandbox: await startSandbox(options) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
    if (code === 'EADDRINUSE') return no({ kind: 'port-taken', port });
    if (/^E[A-Z]+$/.test(code)) return no({ kind: 'not-opened', address: options.bind ?? '127.0.0.1', code });
    if (code.startsWith('ERR_OSSL') && options.certificateAuthorities) return no({ kind: 'bad-certificate' });
    throw error;
  }
}

function readyLine(
  sandbox: Sandbox,
  clients: readonly PreparedClient[],
  chosen: PreparedClient | undefined,
  withTexas: boolean,
): ReadyLine {
  const texasOf = ({ client, privateJwk }: PreparedClient): { readonly texas?: TexasAddresses } =>
    withTexas && privateJwk ? { texas: sandbox.openTexas({ clientId: client.clientId, privateJwk }) } : {};
  return {
    issuer: sandbox.issuer,
    metadata: sandbox.metadataUrl,
    tokenEndpoint: sandbox.tokenEndpoint,
    jwksUri: sandbox.jwksUri,
    sampleApi: sandbox.sampleApiUrl,
    ...(chosen ? texasOf(chosen) : {}),
    clients: clients.map((prepared) => {
      const { clientId, name, scopes, keys } = prepared.client;
      const [registered] = keys;
      const jwk = prepared.isThrowaway ? prepared.privateJwk : registered && publicHalf(registered);
      return { clientId, name, jwk: jwk ?? null, scopes, ...texasOf(prepared) };
    }),
  };
}

async function writeEnvironment(
  { envFile }: SandboxWork,
  folder: string,
  sandbox: Sandbox,
  chosen: PreparedClient | undefined,
  texas: TexasAddresses | undefined,
): Promise<Fault | undefined> {
  if (envFile === undefined || !chosen?.privateJwk) return undefined;
  const { clientId, scopes } = chosen.client;
  const { metadataUrl, issuer, tokenEndpoint, jwksUri } = sandbox;
  const { privateJwk } = chosen;
  const client = { clientId, privateJwk, scopes, metadataUrl, issuer, tokenEndpoint, jwksUri };
  return writeEnvFile(envFile, folder, dotEnv(appVariables(client, texas)));
}

function no(fault: Fault): { readonly ok: false; readonly faults: readonly Fault[] } {
  return { ok: false, faults: [fault] };
}
