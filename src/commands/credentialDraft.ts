import { readCertificateChain, type ChainReading } from '../maskinporten/certificates';
import type { ClientCredential, Environment } from '../maskinporten/model';
import type { Problem } from '../maskinporten/problem';
import {
  decodeText,
  recogniseCredential,
  type CredentialSource,
  type Doubt,
  type RecognisedClient,
  type RefusedSource,
} from '../maskinporten/recognise';
import type { CredentialOrigin, NewCredential } from '../state/credentials';

/** What the user said, beside what was recognised or in its place. */
export interface Given {
  readonly name?: string | undefined;
  readonly clientId?: string | undefined;
  readonly environment?: Environment | undefined;
  readonly kid?: string | undefined;
  readonly candidate?: string | undefined;
  readonly consumerOrg?: string | undefined;
  /** PEM with the certificates of the key. */
  readonly certificates?: string | undefined;
}

/** How asking the issuer, or for a token, went. */
export interface Trial {
  readonly scopes: readonly string[];
  readonly problem: Problem | undefined;
}

interface DraftBase {
  readonly given: Given;
  readonly origin: CredentialOrigin | undefined;
  /** The credential whose place it takes. */
  readonly replaces: { readonly id: string; readonly name: string; readonly clientId: string | undefined } | undefined;
  readonly issuerProblem?: Problem | undefined;
  readonly trial?: Trial | undefined;
}

/** A client with its key on the way into the secret store. It holds the key, so it never goes anywhere else. */
export interface KeyDraft extends DraftBase {
  readonly kind: 'key';
  readonly source: CredentialSource;
  readonly recognised: RecognisedClient;
  readonly chain: ChainReading | undefined;
}

export interface TexasDraft extends DraftBase {
  readonly kind: 'texas';
  readonly endpoint: string;
}

export type Draft = KeyDraft | TexasDraft;

/** Parts without which there is nothing to save. A key that cannot be used at all is another one's to replace. */
export type Gap = 'key' | 'kid' | 'clientId' | 'environment';

export type DraftReading =
  { readonly kind: 'draft'; readonly draft: KeyDraft } | RefusedSource | { readonly kind: 'nothing' };

/** Reads what was copied, picked or dropped, and the certificates of a key that has no id beside it. */
export async function readDraft(
  source: CredentialSource,
  parts: Pick<DraftBase, 'given' | 'origin' | 'replaces'>,
  nowMs = Date.now(),
): Promise<DraftReading> {
  const { kid, candidate, certificates } = parts.given;
  const recognised = await recogniseCredential(source, { kid, candidate, nowMs });
  if (recognised.kind !== 'client') return recognised;
  const draft: KeyDraft = {
    ...parts,
    kind: 'key',
    origin: originFrom(recognised, parts.origin),
    source,
    recognised,
    chain: undefined,
  };
  const isNameless = !recognised.key.ok && recognised.key.problem.reason === 'no-kid';
  const pem = certificates ?? (isNameless ? certificatesIn(source) : undefined);
  if (pem === undefined) return { kind: 'draft', draft };
  const named = await recogniseCredential(source, { withoutKid: true, candidate, nowMs });
  if (named.kind !== 'client' || !named.key.ok) return { kind: 'draft', draft };
  const chain = readCertificateChain(pem, named.key.jwk, nowMs);
  return { kind: 'draft', draft: { ...draft, recognised: chain.ok ? named : recognised, chain } };
}

function certificatesIn(source: CredentialSource): string | undefined {
  const text = source instanceof Uint8Array ? decodeText(source) : source;
  return typeof text === 'string' && text.includes('-----BEGIN CERTIFICATE-----') ? text : undefined;
}

export function environmentIn(draft: Draft): Environment | undefined {
  return draft.given.environment ?? (draft.kind === 'key' ? draft.recognised.environment : undefined);
}

export function clientIdIn({ given, recognised }: KeyDraft): string | undefined {
  return given.clientId ?? recognised.clientId;
}

/** What keeps a draft from being saved, in the order in which to ask for it. */
export function gapsIn(draft: Draft): readonly Gap[] {
  const gaps: Gap[] = [];
  if (draft.kind === 'key') {
    const { key } = draft.recognised;
    if (!key.ok) gaps.push(key.problem.reason === 'no-kid' ? 'kid' : 'key');
    if (clientIdIn(draft) === undefined) gaps.push('clientId');
  }
  if (environmentIn(draft) === undefined) gaps.push('environment');
  return gaps;
}

/** A test key never goes to production because somebody chose the wrong row: what Digdir's own URLs say is not up for choice. */
export function mayChooseEnvironment(draft: Draft): boolean {
  const kind = draft.kind === 'key' ? draft.recognised.environment?.kind : undefined;
  return kind !== 'test' && kind !== 'prod';
}

/** What is doubtful and does not keep it from being saved; what the user has settled since is left out. */
export function doubtsIn(draft: Draft): readonly Doubt[] {
  if (draft.kind === 'texas') return [];
  const { given, recognised } = draft;
  return recognised.doubts.filter(({ code }) => {
    switch (code) {
      case 'client-id-missing':
      case 'client-id-malformed':
        return given.clientId === undefined;
      case 'environments-contradict':
      case 'issuer-derived':
      case 'retired-host':
        return given.environment === undefined;
      case 'several-candidates':
        return given.candidate === undefined;
      case 'key-unusable':
        return false; // a gap, and said as one
      default:
        return true;
    }
  });
}

/** Whether a key that is to take the place of another is of another client. */
export function isOtherClient(draft: Draft): boolean {
  const before = draft.replaces?.clientId;
  return draft.kind === 'key' && before !== undefined && clientIdIn(draft) !== before;
}

/** The credential that the draft stands for; undefined while there are gaps. */
export function credentialFrom(draft: Draft, name: string): NewCredential | undefined {
  const environment = environmentIn(draft);
  if (gapsIn(draft).length > 0 || !environment) return undefined;
  const { origin } = draft;
  if (draft.kind === 'texas') return { kind: 'texas', name, origin, endpoint: draft.endpoint, environment };
  const { recognised, chain, given } = draft;
  const clientId = clientIdIn(draft);
  if (!recognised.key.ok || clientId === undefined) return undefined;
  const credential: ClientCredential = {
    environment,
    clientId,
    privateJwk: recognised.key.jwk,
    ...(chain?.ok === true && { x5c: chain.x5c }),
  };
  return { kind: 'key', name, origin, credential, consumerOrg: given.consumerOrg };
}

/** What is known of the Secret, from its own text before what the user was on about. */
export function originFrom(
  { secret }: RecognisedClient,
  expected: CredentialOrigin | undefined,
): CredentialOrigin | undefined {
  if (!secret) return expected;
  const isExpected = expected?.secret === secret.name;
  return {
    secret: secret.name,
    workload: secret.workload ?? (isExpected ? expected.workload : undefined),
    team: secret.namespace ?? (isExpected ? expected.team : undefined),
    cluster: secret.cluster ?? (isExpected ? expected.cluster : undefined),
    reason: isExpected ? expected.reason : undefined,
  };
}

/** A name that is not taken: the workload's with its environment, else the environment's own. */
export function suggestName(draft: Draft, environmentName: string, taken: ReadonlySet<string>): string {
  const { origin, given, replaces } = draft;
  if (given.name !== undefined) return given.name;
  if (replaces) return replaces.name;
  const from = origin?.workload === undefined ? environmentName : `${origin.workload} · ${environmentName}`;
  const base = draft.kind === 'texas' ? `${from} · Texas` : from;
  let name = base;
  for (let number = 2; taken.has(name); number++) name = `${base} ${number}`;
  return name;
}
