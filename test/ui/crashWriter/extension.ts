import { createHash, generateKeyPairSync } from 'node:crypto';
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { SavedRequest } from '../../../src/http/savedRequests';
import { Credentials, type NewCredential } from '../../../src/state/credentials';
import { RequestHistory } from '../../../src/state/requestHistory';
import { RequestSecrets } from '../../../src/state/requestSecrets';
import { SavedRequests } from '../../../src/state/savedRequests';
import { SILENT_LOG } from '../../host/silentLog';
import { FOUND_FILE, STEPS_FILE, type Found, type Kind, type Step } from './steps';

/** How many of each kind stay: each one more has the oldest deleted. */
const MOST = 10;

/**
 * Keeps things by the product's own classes, in VS Code's own stores. When it wakes up it tells what it finds there;
 * its command then writes until the process ends, and tells of each step when it begins and when it was acknowledged.
 */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const folder = process.env['CRASH_FOLDER'] ?? '';
  const [workspaceFolder] = vscode.workspace.workspaceFolders ?? [];
  if (!workspaceFolder || !context.storageUri) throw new Error('A folder is to be open.');
  const writer = new CrashWriter(context, context.storageUri, workspaceFolder, (step) => {
    appendFileSync(path.join(folder, STEPS_FILE), `${JSON.stringify(step)}\n`); // a write(2), which outlives the process
  });
  context.subscriptions.push(vscode.commands.registerCommand('crashWriter.write', () => writer.write(Date.now())));
  const file = path.join(folder, FOUND_FILE);
  writeFileSync(`${file}.draft`, JSON.stringify(await writer.found()));
  renameSync(`${file}.draft`, file);
}

class CrashWriter {
  private readonly credentials: Credentials;
  private readonly secrets: RequestSecrets;
  private readonly history: RequestHistory;
  private readonly saved = new SavedRequests();
  private readonly ids = new Map</* name */ string, string>();

  constructor(
    { globalState, secrets }: vscode.ExtensionContext,
    storage: vscode.Uri,
    private readonly folder: vscode.WorkspaceFolder,
    private readonly tell: (step: Step) => void,
  ) {
    this.credentials = new Credentials(globalState, secrets, SILENT_LOG);
    this.secrets = new RequestSecrets(secrets, () => Promise.resolve(undefined), SILENT_LOG);
    this.history = new RequestHistory(storage, this.secrets, SILENT_LOG);
  }

  /** What is there now, each as a digest of all that belongs to it. */
  async found(): Promise<Found> {
    await Promise.all([this.credentials.ready, this.history.ready]);
    const found: Found = { pid: process.pid, credential: [], history: [], saved: [], faults: [] };
    for (const { id, name } of this.credentials.profiles) {
      const reading = await this.credentials.read(id);
      found.credential.push([name, reading.kind === 'found' ? digest(reading.credential) : reading.kind]);
    }
    for (const { url, headers, body } of this.history.entries) {
      found.history.push([url, digest([await this.secrets.filled(url, headers), body])]);
    }
    const reading = await this.saved.read(this.folder);
    if (reading.kind === 'fault') found.faults.push(JSON.stringify(reading.fault));
    else {
      found.faults.push(...reading.faults.map((fault) => JSON.stringify(fault)));
      found.saved.push(...reading.requests.map((request) => [request.name, digest(request)] as const));
    }
    return found;
  }

  /** Writes all three kinds at one time, each one after another, with names from `first` up. Never settles. */
  async write(first: number): Promise<void> {
    await Promise.all([this.writeCredentials(first), this.writeHistory(first), this.writeSaved(first)]);
  }

  private async writeCredentials(first: number): Promise<void> {
    const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
    const made = (name: string, kid: string): NewCredential & { kind: 'key' } => ({
      kind: 'key',
      name,
      credential: {
        environment: { kind: 'test', issuer: 'https://test.maskinporten.no/' },
        clientId: `client of ${name}`,
        privateJwk: { ...key, kid },
      },
    });
    for (const { name, id } of this.credentials.profiles.map(({ name, id }) => ({ name, id }))) this.ids.set(name, id);
    for (let at = first; ; at += 1) {
      const name = String(at);
      const added = made(name, 'first');
      await this.step('credential', name, digest(added.credential), async () => {
        this.ids.set(name, (await this.credentials.add(added)).id);
      });
      const rotated = made(name, 'rotated');
      await this.step('credential', name, digest(rotated.credential), () =>
        this.credentials.replace(this.ids.get(name)!, rotated),
      );
      for (const old of [...this.ids.keys()].slice(0, -MOST)) {
        await this.step('credential', old, undefined, () => this.credentials.delete(this.ids.get(old)!));
        this.ids.delete(old);
      }
    }
  }

  private async writeHistory(first: number): Promise<void> {
    for (let at = first; ; at += 1) {
      const url = `https://api.example.no/${at}`;
      // A value that the secret store keeps, and a body long enough for a write to take its time.
      const headers = [['X-Api-Key', 'the key of the API']] as const;
      const body = `${at} `.repeat(500);
      await this.step('history', url, digest([headers, body]), () =>
        this.history.add({ sentAtMs: at, method: 'POST', url, headers, body, outcome: 200 }),
      );
    }
  }

  private async writeSaved(first: number): Promise<void> {
    const reading = await this.saved.read(this.folder);
    const names = reading.kind === 'read' ? reading.requests.map(({ name }) => name) : [];
    for (let at = first; ; at += 1) {
      const name = String(at);
      const url = `https://api.example.no/${at}`;
      const request: SavedRequest = {
        name,
        method: 'PUT',
        url,
        headers: [],
        body: `${at} `.repeat(500),
        scopes: ['a:b'],
      };
      await this.step('saved', name, digest(request), () => this.saved.change(this.folder, { kind: 'put', request }));
      names.push(name);
      for (const old of names.splice(0, names.length - MOST)) {
        await this.step('saved', old, undefined, () => this.saved.change(this.folder, { kind: 'delete', name: old }));
      }
    }
  }

  private async step(kind: Kind, name: string, value: string | undefined, work: () => Promise<unknown>): Promise<void> {
    const { pid } = process;
    this.tell({ pid, kind, name, value, done: false });
    await work();
    this.tell({ pid, kind, name, value, done: true });
  }
}

/** A short name for all that a thing holds, in whatever order: the log of the steps has no key in it. */
function digest(value: unknown): string {
  const text = JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  );
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
