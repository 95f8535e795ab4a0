import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { unlockCommand, type ClipboardTool } from '../commands';
import type { Candidate, Reading } from './model';

/** Far more than the PEM of any key that could be used. */
const MAX_BLOCK_LENGTH = 64 * 1024;

/** Bounds the work on a text of thousands of keys. A certificate chain with its key has fewer. */
const MAX_BLOCKS = 20;

interface Block {
  readonly label: string;
  readonly pem: string;
}

/**
 * Reads private keys in PKCS#8 and PKCS#1 (RFC 7468 section 10, RFC 8017 appendix A.1.2), with whatever stands between
 * them; where there are none, public ones, so that they can be named. Undefined where there is no PEM at all.
 */
export function readPem(text: string, tool: ClipboardTool): Reading | undefined {
  const blocks = blocksOf(text);
  if (blocks.length === 0) return undefined;
  const secrets = blocks.filter(({ label }) => label.endsWith('PRIVATE KEY'));
  if (secrets.some(isEncrypted)) {
    return { kind: 'refused', reason: 'encrypted-pem', command: unlockCommand('encrypted-pem', tool) };
  }
  const candidates = (secrets.length > 0 ? secrets : blocks).flatMap((block, index) => candidateFrom(block, index));
  return candidates.length > 0
    ? { kind: 'candidates', format: 'pem', candidates }
    : { kind: 'refused', reason: 'unsupported-pem' };
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  const begin = /-----BEGIN ([A-Z0-9 ]{1,40})-----/g;
  for (let count = 0; count < MAX_BLOCKS; count++) {
    const match = begin.exec(text);
    if (!match) break;
    const [header, label = ''] = match;
    const footer = `-----END ${label}-----`;
    const block = text.slice(match.index, match.index + MAX_BLOCK_LENGTH);
    const end = block.indexOf(footer, header.length);
    if (end === -1) continue;
    blocks.push({ label, pem: block.slice(0, end + footer.length) });
    begin.lastIndex = match.index + end + footer.length;
  }
  return blocks;
}

/** PKCS#8's own form (RFC 7468 section 11), and the header that older OpenSSL writes (RFC 1421 section 4.6.1.1). */
function isEncrypted({ label, pem }: Block): boolean {
  return label === 'ENCRYPTED PRIVATE KEY' || /^Proc-Type: *4, *ENCRYPTED/m.test(pem);
}

function candidateFrom(block: Block, index: number): Candidate[] {
  const key = keyOf(block);
  if (!key) return [];
  // Other kinds of keys are handed on by their kind alone: what is said of them is that they are not RSA.
  const jwk = key.asymmetricKeyType === 'rsa' ? key.export({ format: 'jwk' }) : { kty: 'other' };
  // PEM has no place for `alg`, and registered keys are RS256 keys (Digdir's page "Administration API").
  return [{ name: `#${index + 1}`, variables: undefined, key: { ...jwk, alg: 'RS256' }, doubts: [] }];
}

function keyOf({ label, pem }: Block): KeyObject | undefined {
  try {
    return label.endsWith('PRIVATE KEY') ? createPrivateKey(pem) : createPublicKey(pem);
  } catch {
    // What OpenSSL says is of no use to a user, and the reading is refused as a whole where nothing else is there.
    return undefined;
  }
}
