import { asJsonObject, asJsonObjects, asText, type JsonObject } from '../json';
import { isDnsSubdomain } from '../names';
import { readYaml } from '../recognise/yaml';
import { readDescribe } from './describe';
import type { Condition, ProvisioningProblem, ProvisioningReading, ProvisioningStatus } from './model';

const MAX_LENGTH = 1024 * 1024;
/** YAML is read more slowly. */
const MAX_YAML_LENGTH = 256 * 1024;
/** Digdir's own words come along in a condition, and may be a whole page. */
const MAX_TEXT = 2000;
const MAX_ITEMS = 1000;

const KIND = 'MaskinportenClient';

/**
 * Reads what kubectl says of a MaskinportenClient: `-o json`, `-o yaml`, `describe`, a List, the conditions as lines of
 * `Type=Status message`, or kubectl's refusal. Never throws. Nothing of a text that is something else is repeated.
 */
export function readProvisioning(text: string): ProvisioningReading {
  if (text.length > MAX_LENGTH) return problem({ reason: 'too-large' });
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') return problem({ reason: 'empty' });
  return readJson(trimmed) ?? readLines(trimmed) ?? readRefusal(trimmed) ?? readTree(trimmed);
}

/** Warnings of kubectl's may stand before the object. */
function readJson(text: string): ProvisioningReading | undefined {
  const start = text.search(/^\{/m);
  if (start === -1) return undefined;
  try {
    const value = asJsonObject(JSON.parse(text.slice(start)));
    return value && fromResources([value]);
  } catch {
    return undefined;
  }
}

function readTree(text: string): ProvisioningReading {
  const described = readDescribe(text);
  if (described) return fromResources([described]);
  if (text.length > MAX_YAML_LENGTH) return problem({ reason: 'too-large' });
  return fromResources(asJsonObjects(readYaml(text)));
}

function fromResources(values: readonly JsonObject[]): ProvisioningReading {
  const resources = values.flatMap((value) => (isList(value) ? asJsonObjects(value['items']) : [value]));
  const clients = resources.filter(({ kind }) => kind === KIND);
  const [client, other] = clients;
  if (client && other) {
    const names = clients.map((each) => statusOf(each).name).filter((name) => name !== undefined);
    return problem({ reason: 'several', names });
  }
  if (client) return { ok: true, status: statusOf(client) };
  if (values.some(isList) && resources.length === 0) return problem({ reason: 'not-found' });
  const kind = resources[0]?.['kind'];
  const isKind = typeof kind === 'string' && /^[A-Z][A-Za-z]{0,62}$/.test(kind);
  return problem(isKind ? { reason: 'other-kind', kind } : { reason: 'unrecognised' });
}

function isList({ kind }: JsonObject): boolean {
  return kind === 'List' || kind === `${KIND}List`;
}

function statusOf(resource: JsonObject): ProvisioningStatus {
  const status = member(resource, 'status');
  const metadata = member(resource, 'metadata');
  const scopes = member(member(resource, 'spec'), 'scopes');
  // `describe` has the two names at the top.
  const name = asText(metadata['name'] ?? resource['name']);
  const namespace = asText(metadata['namespace'] ?? resource['namespace']);
  const at = Date.parse(oneLine(pick(status, 'synchronizationTime')) ?? '');
  return {
    name: name !== undefined && isDnsSubdomain(name) ? name : undefined,
    namespace: namespace !== undefined && isDnsSubdomain(namespace) ? namespace : undefined,
    generation: asCount(pick(metadata, 'generation')),
    observedGeneration: asCount(pick(status, 'observedGeneration')),
    clientId: oneLine(pick(status, 'clientID')),
    keyIds: listOf(pick(status, 'keyIDs')).flatMap((id) => oneLine(id) ?? []),
    synchronizedAtMs: Number.isNaN(at) ? undefined : at,
    secretName: oneLine(pick(status, 'synchronizationSecretName')),
    consumes: consumesOf(scopes),
    conditions: listOf(pick(status, 'conditions')).flatMap((value) => conditionOf(asJsonObject(value)) ?? []),
  };
}

function consumesOf(scopes: JsonObject): readonly string[] | undefined {
  const consumes = pick(scopes, 'consumes');
  if (consumes === undefined) return Object.keys(scopes).length > 0 ? [] : undefined;
  return listOf(consumes).flatMap((item) => oneLine(asJsonObject(item)?.['name']) ?? []);
}

function conditionOf(value: JsonObject | undefined): Condition | undefined {
  const type = oneLine(value?.['type']);
  const status = value?.['status'];
  if (!value || type === undefined || !isConditionStatus(status)) return undefined;
  return {
    type,
    status,
    reason: oneLine(value['reason']),
    message: oneLine(value['message']),
    observedGeneration: asCount(pick(value, 'observedGeneration')),
  };
}

function isConditionStatus(value: unknown): value is Condition['status'] {
  return value === 'True' || value === 'False' || value === 'Unknown';
}

/** `describe` prints keys without their capitals. */
function pick(object: JsonObject, key: string): unknown {
  return object[key] ?? object[key.toLowerCase()];
}

/** An object, or the one object of a block that `describe` printed; empty where there is none. */
function member(object: JsonObject, key: string): JsonObject {
  const value = pick(object, key);
  return asJsonObject(Array.isArray(value) ? value[0] : value) ?? {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]).slice(0, MAX_ITEMS) : [];
}

/** A number, or the digits of one: YAML is read as texts. */
function asCount(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}

/** A text without anything that could move the cursor or turn the direction of what is shown. */
function oneLine(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .trim();
  return text === '' ? undefined : text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

const CONDITION_LINE = /^(Ready|Error|Invalid[A-Za-z]{1,60})=(True|False|Unknown)(?: (.*))?$/;

/** What `-o jsonpath='{range .status.conditions[*]}{.type}={.status} {.message}{"\n"}{end}'` prints. */
function readLines(text: string): ProvisioningReading | undefined {
  const conditions = text.split(/\r?\n/).flatMap((line): Condition[] => {
    const [, type, status, message] = CONDITION_LINE.exec(line.trim()) ?? [];
    if (type === undefined || !isConditionStatus(status)) return [];
    return [{ type, status, message: oneLine(message), reason: undefined, observedGeneration: undefined }];
  });
  return conditions.length === 0 ? undefined : { ok: true, status: { ...NOTHING, conditions } };
}

const NOTHING: ProvisioningStatus = {
  name: undefined,
  namespace: undefined,
  generation: undefined,
  observedGeneration: undefined,
  clientId: undefined,
  keyIds: [],
  synchronizedAtMs: undefined,
  secretName: undefined,
  consumes: undefined,
  conditions: [],
};

/** Only a short text is kubectl's refusal: any of these words may stand in a resource. */
const MAX_REFUSAL = 4000;

/** What kubectl says on its error output (k8s.io/apimachinery, api/errors; k8s.io/kubectl, cmd/util). */
function readRefusal(text: string): ProvisioningReading | undefined {
  if (text.length > MAX_REFUSAL || /^(?:apiVersion|kind|Kind):/m.test(text)) return undefined;
  const secret = /\bsecret "(maskinporten-[a-z0-9.-]{1,240})" not found/.exec(text)?.[1];
  if (secret !== undefined) return problem({ reason: 'secret-not-found', secret });
  if (/^Error from server \(NotFound\):|^No resources found/m.test(text)) return problem({ reason: 'not-found' });
  if (/the server doesn.t have a resource type/.test(text)) return problem({ reason: 'unknown-kind' });
  if (/^Error from server \(Forbidden\):/m.test(text)) return problem({ reason: 'forbidden' });
  if (/\bUnauthorized\b|must be logged in|getting credentials/.test(text)) return problem({ reason: 'not-logged-in' });
  if (/^Unable to connect to the server|The connection to the server .* was refused/m.test(text)) {
    return problem({ reason: 'unreachable' });
  }
  return undefined;
}

function problem(what: ProvisioningProblem): ProvisioningReading {
  return { ok: false, problem: what };
}
