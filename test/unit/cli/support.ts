import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What a run has of its surroundings that most commands never look at. */
export const NO_INPUT = { input: () => Promise.resolve(new Uint8Array()), environment: {} };

/** Makes folders of files for the tests of the suite that calls it, and removes them after each test. */
export function useFolders(): (files: Readonly<Record<string, string | Uint8Array>>) => string {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  return (files) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'nm-cli-'));
    folders.push(folder);
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
      writeFileSync(path.join(folder, name), content);
    }
    return folder;
  };
}

/** A manifest without a fault of its own that consumes scopes of these names, as they stand in the file. */
export function consuming(...names: readonly string[]): string {
  return [
    'apiVersion: nais.io/v1alpha1',
    'kind: Application',
    'metadata:',
    '  name: app',
    '  namespace: team',
    'spec:',
    '  maskinporten:',
    '    enabled: true',
    '    scopes:',
    '      consumes:',
    ...names.map((name) => `        - name: ${name}`),
    '  accessPolicy:',
    '    outbound:',
    '      external:',
    '        - host: api.example.no',
    '',
  ].join('\n');
}
