import { clipboardTool } from '../commands';
import { readEnvironment } from './environment';
import { judgeKey } from './key';
import type { Candidate, CredentialFormat, CredentialSource, Doubt, RecogniseOptions, Recognition } from './model';
import { readSource } from './read';
import { readClientId, readScopes } from './variables';

export { decodeText } from './decode';
export { isVariable } from './variables';
export type {
  CredentialFormat,
  CredentialSource,
  Doubt,
  RecogniseOptions,
  RecognisedClient,
  Recognition,
  RefusalReason,
  RefusedSource,
  SecretReference,
  Variable,
} from './model';

/**
 * Recognises a client of Maskinporten by content, whatever it was copied from, and says all that is doubtful about it.
 * Reads 1 MB at most and never throws. The result's key is a secret; doubts, refusals and names hold none.
 */
export async function recogniseCredential(
  source: CredentialSource,
  options: RecogniseOptions = {},
): Promise<Recognition> {
  const { clipboard = clipboardTool(process.platform, process.env) } = options;
  const reading = await readSource(source, clipboard);
  if (reading.kind !== 'candidates') return reading;
  const { format, candidates } = reading;
  const chosen = candidates.find(({ name }) => name === options.candidate) ?? candidates[0];
  return chosen ? judge(format, chosen, candidates, options) : { kind: 'nothing' };
}

async function judge(
  format: CredentialFormat,
  candidate: Candidate,
  all: readonly Candidate[],
  { kid, withoutKid, nowMs = Date.now() }: RecogniseOptions,
): Promise<Recognition> {
  const { variables = new Map(), secret } = candidate;
  const names = all.map(({ name }) => name);
  const several: Doubt[] = names.length > 1 ? [{ code: 'several-candidates', names, chosen: candidate.name }] : [];
  const { key, doubts: keyDoubts } = await judgeKey(candidate.key, { kid, withoutKid }, nowMs);
  const { clientId, doubts: clientDoubts } = readClientId(variables);
  const { environment, doubts: environmentDoubts } = readEnvironment(variables);
  const { scopes, doubts: scopeDoubts } = readScopes(variables);
  return {
    kind: 'client',
    format,
    clientId,
    key,
    environment,
    scopes,
    secret,
    doubts: [
      ...several,
      ...candidate.doubts,
      ...keyDoubts,
      // A key alone has no place for a client id, so there is nothing odd about none.
      ...(candidate.variables ? clientDoubts : []),
      ...environmentDoubts,
      ...scopeDoubts,
    ],
  };
}
