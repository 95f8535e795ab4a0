import { unlockCommand, type ClipboardTool } from '../commands';
import { decodeText } from './decode';
import { readEnv, type ReadVariables } from './env';
import { readJwk } from './jwk';
import { readLooseJson } from './looseJson';
import type { CredentialSource, Reading, Variable } from './model';
import { readPem } from './pem';
import { isPkcs12, isPkcs12Base64 } from './pkcs12';
import { readKubernetesSecrets, readNaisSecret, readVariablesObject } from './secrets';
import { isVariable } from './variables';

/** More than the Secrets of a whole namespace. */
const MAX_LENGTH = 1024 * 1024;

/** YAML is read a hundred times slower than JSON, and the editor waits meanwhile. */
const MAX_YAML_LENGTH = 256 * 1024;

const NOTHING: Reading = { kind: 'nothing' };
const TOO_LARGE: Reading = { kind: 'refused', reason: 'too-large' };
const DAMAGED: Reading = { kind: 'refused', reason: 'damaged' };

/** Finds out by content what a source is, and takes out of it what could be a client. */
export async function readSource(source: CredentialSource, tool: ClipboardTool): Promise<Reading> {
  if (typeof source === 'string') return readText(source, tool);
  return source instanceof Uint8Array ? readBytes(source, tool) : readFolder(source, tool);
}

async function readBytes(bytes: Uint8Array, tool: ClipboardTool): Promise<Reading> {
  if (isPkcs12(bytes)) return pkcs12(tool);
  if (bytes.length > 2 * MAX_LENGTH) return TOO_LARGE;
  const text = decodeText(bytes);
  return text === undefined ? NOTHING : readText(text, tool);
}

/** One file a variable, as digdirator's Secret is mounted into a pod; a folder of one file is that file. */
async function readFolder(files: ReadonlyMap<string, string | Uint8Array>, tool: ClipboardTool): Promise<Reading> {
  const variables = new Map<Variable, string>();
  for (const [name, content] of files) {
    if (!isVariable(name)) continue;
    if (content.length > MAX_LENGTH) return TOO_LARGE;
    const text = typeof content === 'string' ? content : decodeText(content);
    if (text === undefined) return DAMAGED;
    variables.set(name, text);
  }
  if (variables.size > 0) return fromVariables('mounted-folder', { variables, doubts: [] });
  const [only, ...others] = files.values();
  return only === undefined || others.length > 0 ? NOTHING : readSource(only, tool);
}

async function readText(source: string, tool: ClipboardTool): Promise<Reading> {
  if (source.length > MAX_LENGTH) return TOO_LARGE;
  const text = source.replace(/^\ufeff/, '').trim();
  const object = readLooseJson(text);
  if (object) {
    return (
      readJwk(object) ??
      readKubernetesSecrets([object]) ??
      readNaisSecret(object, tool) ??
      readVariablesObject(object) ??
      NOTHING
    );
  }
  if (/^["{]/.test(text)) return /\\?"kty\\?"|MASKINPORTEN_/.test(text) ? DAMAGED : NOTHING;
  if (/^apiVersion:/m.test(text) && /^kind:[ \t]*["']?(?:Secret|SecretList|List)\b/m.test(text)) {
    return readYamlText(text);
  }
  const env = readEnv(text);
  if (env) return fromVariables('env', env);
  return readPem(text, tool) ?? (isPkcs12Base64(text) ? pkcs12(tool) : NOTHING);
}

async function readYamlText(text: string): Promise<Reading> {
  if (text.length > MAX_YAML_LENGTH) return TOO_LARGE;
  const { readYaml } = await import('./yaml');
  const documents = readYaml(text);
  return documents ? (readKubernetesSecrets(documents) ?? NOTHING) : DAMAGED;
}

function fromVariables(format: 'env' | 'mounted-folder', { variables, doubts }: ReadVariables): Reading {
  const key = variables.get('MASKINPORTEN_CLIENT_JWK');
  if (key === undefined) return { kind: 'refused', reason: 'no-key' };
  return { kind: 'candidates', format, candidates: [{ name: '#1', variables, key, doubts }] };
}

function pkcs12(tool: ClipboardTool): Reading {
  return { kind: 'refused', reason: 'pkcs12', command: unlockCommand('pkcs12', tool) };
}
