import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { readCertificateFile, type CertificateFile } from './trust';

export type CaFile =
  | Extract<CertificateFile, { readonly ok: true }>
  /** `relative`: the path is not absolute. `missing`: no file there that can be read. The others as of its text. */
  | {
      readonly ok: false;
      readonly reason: 'relative' | 'missing' | Extract<CertificateFile, { readonly ok: false }>['reason'];
    };

export type CaFileFault = Extract<CaFile, { readonly ok: false }>['reason'];

/** Reads the certificates of a PEM file (RFC 7468). `~/` is the user's home, as in a shell. Never rejects. */
export async function readCaFile(file: string, home = homedir()): Promise<CaFile> {
  const whole = /^~[/\\]/.test(file) ? path.join(home, file.slice(2)) : file;
  // There is no folder that a relative path could start from: the host's own is an accident.
  if (!path.isAbsolute(whole)) return { ok: false, reason: 'relative' };
  try {
    return readCertificateFile(await readFile(whole, 'utf8'));
  } catch {
    return { ok: false, reason: 'missing' };
  }
}
