import { readSecretCommand, type ClipboardTool } from '../commands';
import { asJsonObject, asJsonObjects, asText, type JsonObject } from '../json';
import { isDnsLabel, isDnsSubdomain } from '../names';
import { decodeBase64 } from './decode';
import type { Candidate, CredentialFormat, Doubt, Reading, SecretReference, Variable } from './model';
import { isVariable } from './variables';

const SECRET_KINDS: ReadonlySet<unknown> = new Set(['Secret', 'List', 'SecretList']);

/** A value as a Secret holds it, and what to take it for. */
interface Encoded {
  readonly text: string;
  readonly encoding: 'plain' | 'base64';
}

/** Secrets of Kubernetes, alone or in Lists, from JSON or the documents of a YAML text; undefined where none is one. */
export function readKubernetesSecrets(values: readonly unknown[]): Reading | undefined {
  const resources = asJsonObjects(values).filter(({ kind }) => SECRET_KINDS.has(kind));
  if (resources.length === 0) return undefined;
  const secrets = resources.flatMap((resource) => (resource['kind'] === 'Secret' ? [resource] : secretsOf(resource)));
  return fromCandidates('kubernetes-secret', secrets.map(kubernetesSecret));
}

/** A List may have anything in it; the items of a SecretList need not say what they are. */
function secretsOf(list: JsonObject): JsonObject[] {
  return asJsonObjects(list['items']).filter(({ kind }) => kind === undefined || kind === 'Secret');
}

/** `data` is base64, and `stringData` comes before it (Kubernetes, core/v1 Secret). */
function kubernetesSecret(secret: JsonObject, index: number): Candidate | undefined {
  const values = new Map<string, Encoded>();
  for (const [member, encoding] of [
    ['data', 'base64'],
    ['stringData', 'plain'],
  ] as const) {
    for (const [name, text] of Object.entries(asJsonObject(secret[member]) ?? {})) {
      if (typeof text === 'string') values.set(name, { text, encoding });
    }
  }
  const metadata = asJsonObject(secret['metadata']) ?? {};
  const reference = referenceFrom({
    name: metadata['name'],
    namespace: metadata['namespace'],
    workload: asJsonObject(metadata['labels'])?.['app'],
    cluster: undefined,
  });
  return candidateFrom(values, index, reference);
}

/**
 * What `nais secret get --output json` prints (nais/cli, internal/secret/command/get.go); undefined where `value` is
 * nothing of the kind. Without `--with-values` it has the names alone: then the whole command is given.
 */
export function readNaisSecret(value: JsonObject, tool: ClipboardTool): Reading | undefined {
  const values = new Map<string, Encoded>();
  for (const { key, value: text, encoding } of asJsonObjects(value['data'])) {
    // An empty value is left out of the output, and one that was not asked for just so.
    if (typeof key !== 'string' || !(text === undefined || typeof text === 'string')) continue;
    values.set(key, { text: text ?? '', encoding: encoding === 'BASE64' ? 'base64' : 'plain' });
  }
  if (values.size === 0 || asText(value['name']) === undefined) return undefined;
  const workloads: unknown = value['workloads'];
  const reference = referenceFrom({
    name: value['name'],
    namespace: undefined,
    workload: Array.isArray(workloads) && workloads.length === 1 ? workloads[0] : undefined,
    cluster: value['environment'],
  });
  if (values.get('MASKINPORTEN_CLIENT_JWK')?.text === '') {
    const { name = '', cluster = '' } = reference ?? {};
    const command = readSecretCommand({ secret: name, environment: cluster }, tool);
    return { kind: 'refused', reason: 'values-hidden', ...(command.ok && { command: command.line }) };
  }
  return fromCandidates('nais-secret', [candidateFrom(values, 0, reference)]);
}

/** One object of our variables; all of them in base64 where the key is. Undefined where it has none of them. */
export function readVariablesObject(value: JsonObject): Reading | undefined {
  const key = value['MASKINPORTEN_CLIENT_JWK'];
  // `eyJ` is base64 of `{"`.
  const encoding = typeof key === 'string' && key.startsWith('eyJ') ? 'base64' : 'plain';
  const values = new Map<string, Encoded>();
  for (const [name, member] of Object.entries(value)) {
    const text = typeof member === 'string' ? member : asJsonObject(member) && JSON.stringify(member);
    if (isVariable(name) && text !== undefined) values.set(name, { text, encoding });
  }
  return values.size === 0 ? undefined : fromCandidates('variables', [candidateFrom(values, 0, undefined)]);
}

function fromCandidates(format: CredentialFormat, found: readonly (Candidate | undefined)[]): Reading {
  const candidates = found.filter((candidate) => candidate !== undefined);
  return candidates.length === 0 ? { kind: 'refused', reason: 'no-key' } : { kind: 'candidates', format, candidates };
}

/** Undefined where there is no key. */
function candidateFrom(
  values: ReadonlyMap<string, Encoded>,
  index: number,
  secret: SecretReference | undefined,
): Candidate | undefined {
  if (!values.has('MASKINPORTEN_CLIENT_JWK')) return undefined;
  const variables = new Map<Variable, string>();
  const doubts: Doubt[] = [];
  for (const [name, { text, encoding }] of values) {
    if (!isVariable(name)) continue;
    const decoded = encoding === 'plain' ? text : decodeBase64(text);
    if (decoded === undefined) doubts.push({ code: 'damaged-value', variable: name });
    else variables.set(name, decoded);
  }
  const name = secret
    ? [secret.namespace, secret.name].filter((part) => part !== undefined).join('/')
    : `#${index + 1}`;
  return { name, variables, key: variables.get('MASKINPORTEN_CLIENT_JWK') ?? '', secret, doubts };
}

/** Names that Kubernetes would not allow are left out: these may end up in a command line. */
function referenceFrom(parts: Readonly<Record<keyof SecretReference, unknown>>): SecretReference | undefined {
  const label = (value: unknown) => (typeof value === 'string' && isDnsLabel(value) ? value : undefined);
  const { name } = parts;
  if (typeof name !== 'string' || !isDnsSubdomain(name)) return undefined;
  return { name, namespace: label(parts.namespace), workload: label(parts.workload), cluster: label(parts.cluster) };
}
