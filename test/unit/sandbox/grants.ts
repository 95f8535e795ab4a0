import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { postRequest } from './connections';
import { CLIENT_ID, GRANT_TYPE, SCOPE } from './support';
import type { KeyPair } from './support';

const signAsync = promisify<string, Buffer, KeyObject, Buffer>(sign);

/** Makes grants by the thousand, each another, as requests that are ready to be sent. */
export class GrantMaker {
  readonly #key: KeyObject;
  readonly #header: string;
  readonly #nowMs: () => number;

  constructor({ privateJwk }: KeyPair, nowMs: () => number) {
    this.#key = createPrivateKey({ key: { ...privateJwk }, format: 'jwk' });
    this.#header = encode({ alg: 'RS256', kid: privateJwk.kid });
    this.#nowMs = nowMs;
  }

  /** An assertion for the issuer, good but for these claims. */
  async assertion(issuer: string, changes: Record<string, unknown> = {}): Promise<string> {
    const iat = Math.floor(this.#nowMs() / 1_000);
    const good = { aud: issuer, iss: CLIENT_ID, scope: SCOPE, iat, exp: iat + 100, jti: randomUUID() };
    const signed = `${this.#header}.${encode({ ...good, ...changes })}`;
    const signature = await signAsync('sha256', Buffer.from(signed), this.#key);
    return `${signed}.${signature.toString('base64url')}`;
  }

  /** So many good requests to a token endpoint. */
  async requests(count: number, issuer: string, tokenEndpoint: string): Promise<Buffer[]> {
    const assertions = await Promise.all(Array.from({ length: count }, () => this.assertion(issuer)));
    return assertions.map((assertion) => grantRequest(tokenEndpoint, assertion));
  }
}

export function grantRequest(tokenEndpoint: string, assertion: string): Buffer {
  const form = new URLSearchParams({ grant_type: GRANT_TYPE, assertion }).toString();
  return postRequest(tokenEndpoint, 'application/x-www-form-urlencoded', form);
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
