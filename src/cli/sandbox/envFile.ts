import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { faultOf, type Fault } from '../faults';

/** Writes the file for its owner's eyes alone: there is a key in it. Gives what kept it from that. */
export async function writeEnvFile(file: string, folder: string, text: string): Promise<Fault | undefined> {
  const whole = path.resolve(folder, file);
  try {
    await writeFile(whole, '', { mode: 0o600 });
    // One that was there before keeps its mode, and must not have it by the time the key is in it.
    await chmod(whole, 0o600);
    await writeFile(whole, text);
    return undefined;
  } catch (error) {
    const fault = faultOf(file, error);
    return { kind: 'not-written', path: file, code: fault.kind === 'unreadable' ? fault.code : 'ENOENT' };
  }
}
