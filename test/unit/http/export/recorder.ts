import { spawn } from 'node:child_process';
import { serve } from '../support';

export interface Arrival {
  readonly method: string;
  readonly target: string;
  /** As they came, in order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** A server that keeps what arrives, and answers as an endpoint for tokens under /token. */
export async function record() {
  const arrivals: Arrival[] = [];
  const { origin, ...server } = await serve((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: target = '', rawHeaders } = request;
      const headers = rawHeaders.flatMap((name, at) =>
        at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as const] : [],
      );
      arrivals.push({ method, target, headers, body: Buffer.concat(chunks) });
      if (target === '/token') response.setHeader('content-type', 'application/json');
      response.end(target === '/token' ? '{"access_token":"from-texas","token_type":"Bearer","expires_in":120}' : 'ok');
    });
  });
  return { origin, arrivals, close: () => server.close() };
}

/** Runs a program with `input` and gives what it printed; rejects where it fails or is not there. */
export async function run(
  command: string,
  args: readonly string[],
  input: string,
  env: Record<string, string>,
  cwd?: string,
): Promise<string> {
  const child = spawn(command, args, { cwd, env: { PATH: process.env['PATH'] ?? '', ...env } });
  const printed: Buffer[] = [];
  const complaints: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${Buffer.concat(complaints).toString()}`);
  return Buffer.concat(printed).toString();
}

/** Whether a program is on this machine. */
export async function has(command: string): Promise<boolean> {
  return run(command, ['--version'], '', {}).then(
    () => true,
    () => false,
  );
}
