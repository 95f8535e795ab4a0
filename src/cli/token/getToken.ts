import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { UndiciTransport } from '../../http/transport';
import { trustedCertificates } from '../../http/trust';
import { MaskinportenClient } from '../../maskinporten/client';
import { Discovery } from '../../maskinporten/discovery';
import type { ClientCredential } from '../../maskinporten/model';
import { problemOf } from '../../maskinporten/problem';
import { recogniseCredential } from '../../maskinporten/recognise';
import { faultOf, type Fault } from '../faults';
import type { TokenWork } from '../options';
import { EXIT, type Result } from '../result';

/** What `token` has of the machine around it. */
export interface TokenSurroundings {
  readonly folder: string;
  readonly input: () => Promise<Uint8Array>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Gets one token by a JWT grant, with the client that a file or standard input describes. It is kept nowhere. */
export async function getToken(work: TokenWork, surroundings: TokenSurroundings): Promise<Result> {
  const read = await readCredential(work.envFile, surroundings);
  if (!read.ok) return { output: '', faults: [read.fault], exitCode: EXIT.unusable };
  const transport = new UndiciTransport({
    proxy: { strictSsl: true, environment: surroundings.environment },
    ca: trustedCertificates([]),
  });
  const { credential } = read;
  const client = new MaskinportenClient({ transport, discovery: new Discovery(transport), credential });
  const { scopes, resource, consumerOrg } = work;
  try {
    const { accessToken } = await client.getToken({ scopes, resource, consumerOrg }, new AbortController().signal);
    return { output: `${accessToken}\n`, faults: [], exitCode: EXIT.fine };
  } catch (error) {
    const problem = problemOf(error);
    if (!problem) throw error;
    // What was found before anything was sent is wrong with the arguments or the key, and no refusal.
    const exitCode = problem.step === 'grant' ? EXIT.unusable : EXIT.errorsFound;
    return { output: '', faults: [{ kind: 'no-token', problem, doubts: read.doubts }], exitCode };
  } finally {
    transport.close();
  }
}

type ReadCredential =
  | {
      readonly ok: true;
      readonly credential: ClientCredential;
      readonly doubts: Extract<Fault, { kind: 'no-token' }>['doubts'];
    }
  | { readonly ok: false; readonly fault: Fault };

async function readCredential(
  envFile: string,
  { folder, input }: Pick<TokenSurroundings, 'folder' | 'input'>,
): Promise<ReadCredential> {
  const no = (fault: Fault): ReadCredential => ({ ok: false, fault });
  const source =
    envFile === '-'
      ? await input()
      : await readFile(path.resolve(folder, envFile)).catch((error: unknown) => faultOf(envFile, error));
  if (!(source instanceof Uint8Array)) return no(source);
  const recognised = await recogniseCredential(source);
  if (recognised.kind !== 'client') return no({ kind: 'no-credential', path: envFile, found: recognised });
  const { clientId, environment, key, doubts } = recognised;
  if (!key.ok) return no({ kind: 'incomplete-credential', path: envFile, lacks: 'key', doubts });
  if (clientId === undefined) return no({ kind: 'incomplete-credential', path: envFile, lacks: 'client-id', doubts });
  if (!environment) return no({ kind: 'incomplete-credential', path: envFile, lacks: 'issuer', doubts });
  return { ok: true, credential: { environment, clientId, privateJwk: key.jwk }, doubts };
}
