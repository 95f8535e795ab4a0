import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** A certificate made for one test, with the key that it is about. */
export interface MadeCertificate {
  readonly der: Buffer;
  readonly privateKey: KeyObject;
  readonly subject: Buffer;
}

export interface CertificateOptions {
  /** Object identifier and text of each attribute of the subject. */
  readonly subject: readonly (readonly [oid: string, text: string])[];
  /** Itself when it is left out. */
  readonly issuer?: MadeCertificate | undefined;
  readonly isAuthority?: boolean;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
}

export const COMMON_NAME = '2.5.4.3';
export const SERIAL_NUMBER = '2.5.4.5';
export const ORGANISATION_IDENTIFIER = '2.5.4.97';

const SHA256_WITH_RSA = '1.2.840.113549.1.1.11';
const BASIC_CONSTRAINTS = '2.5.29.19';

/** Makes an X.509 certificate (RFC 5280 section 4.1) with an RSA key of its own. */
export function makeCertificate({
  subject,
  issuer,
  isAuthority = false,
  ...times
}: CertificateOptions): MadeCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const name = sequence(...subject.map(([oid, text]) => set(sequence(objectId(oid), utf8(text)))));
  const algorithm = sequence(objectId(SHA256_WITH_RSA), tlv(0x05, Buffer.alloc(0)));
  const constraints = sequence(...(isAuthority ? [tlv(0x01, Buffer.from([0xff]))] : []));
  const body = sequence(
    tlv(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    issuer?.subject ?? name,
    sequence(utcTime(times.notBeforeMs), utcTime(times.notAfterMs)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(sequence(objectId(BASIC_CONSTRAINTS), tlv(0x01, Buffer.from([0xff])), tlv(0x04, constraints)))),
  );
  const signature = sign('sha256', body, issuer?.privateKey ?? privateKey);
  const der = sequence(body, algorithm, tlv(0x03, Buffer.concat([Buffer.from([0]), signature])));
  return { der, privateKey, subject: name };
}

export function pem({ der }: MadeCertificate): string {
  return `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`;
}

function tlv(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const digits = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | digits.length]), digits, content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tlv(0x30, Buffer.concat(parts));
}

function set(part: Buffer): Buffer {
  return tlv(0x31, part);
}

function integer(content: Buffer): Buffer {
  return tlv(0x02, content);
}

function utf8(text: string): Buffer {
  return tlv(0x0c, Buffer.from(text));
}

function utcTime(ms: number): Buffer {
  return tlv(0x17, Buffer.from(`${new Date(ms).toISOString().slice(2, 19).replace(/[-T:]/g, '')}Z`));
}

function objectId(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((value) => {
    const digits = [value & 0x7f];
    for (let left = value >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
    return digits;
  });
  return tlv(0x06, Buffer.from(bytes));
}
