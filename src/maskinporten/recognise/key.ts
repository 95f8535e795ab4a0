import type { JsonObject } from '../json';
import { importClientKey, onlyKey, type KeyImport } from '../keys';
import { readLooseJson } from './looseJson';
import type { Candidate, Doubt, RecogniseOptions } from './model';

/** Far more than the JWK of any key that could be used. */
const MAX_TEXT_LENGTH = 64 * 1024;

/** Imports a candidate's key, with `kid` where the key names none, and says what is doubtful about it. */
export async function judgeKey(
  source: Candidate['key'],
  { kid, withoutKid = false }: Pick<RecogniseOptions, 'kid' | 'withoutKid'>,
  nowMs: number,
): Promise<{ readonly key: KeyImport; readonly doubts: readonly Doubt[] }> {
  const members = onlyKey(typeof source === 'string' ? readKeyText(source) : source);
  const named = members && isMissing(members['kid']) && kid !== undefined ? { ...members, kid } : members;
  const key = await importClientKey(named ?? '', { needsKid: !withoutKid });
  if (!key.ok) return { key, doubts: [{ code: 'key-unusable', reason: key.problem.reason }] };
  const doubts: Doubt[] = [];
  if (isMissing(named?.['alg'])) doubts.push({ code: 'alg-missing' });
  const expiredAtMs = named && expiryMs(named);
  if (expiredAtMs !== undefined && expiredAtMs <= nowMs) doubts.push({ code: 'key-expired', expiredAtMs });
  return { key, doubts };
}

function readKeyText(text: string): JsonObject | undefined {
  return text.length > MAX_TEXT_LENGTH ? undefined : readLooseJson(text);
}

function isMissing(member: unknown): boolean {
  return member === undefined || member === '';
}

/** Digdir's answers about registered keys have `exp`, in seconds (Digdir's page "Administration API"). */
function expiryMs({ exp }: JsonObject): number | undefined {
  return typeof exp === 'number' && exp > 0 ? exp * 1000 : undefined;
}
