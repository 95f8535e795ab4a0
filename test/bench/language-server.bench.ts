import { pathToFileURL } from 'node:url';
import { inRoot } from '../../scripts/lib/places.mjs';
import { findingsOf, readFile } from '../../src/manifest';
import type { BenchTable } from './bench';
import { mediansMs } from './bench';
import { LanguageServer } from './languageServer';
import { manifest, manifests } from './texts';

export const name = 'language-server';

/** yaml-language-server waits that long after each change before it looks at the text (server.ts, validationDelayMs). */
const DELAY_MS = 200;

/** The same edit, until the mistake in it is told: here, and by yaml-language-server with a schema of the same fields. */
export async function measure(): Promise<readonly BenchTable[]> {
  const rows = [await row('1 document', manifest(1)), await row('10 documents', manifests(10))];
  return [
    {
      title: 'One edit to diagnostics, beside yaml-language-server',
      aim: '20 times faster than yaml-language-server without its delay.',
      note: `Milliseconds. The edit types into \`enabled: true\`, and both tell of it. yaml-language-server runs in a process of its own, with test/bench/nais-application.schema.json; it waits ${DELAY_MS} ms after each change, which its figures here are without.`,
      columns: ['text', 'kB', 'here', 'yaml-language-server', 'times faster'],
      rows,
    },
  ];
}

async function row(title: string, text: string): Promise<(string | number)[]> {
  const schema = pathToFileURL(inRoot('test', 'bench', 'nais-application.schema.json')).href;
  const settings = {
    yaml: { schemas: { [schema]: '*.yaml' }, schemaStore: { enable: false }, yamlVersion: '1.1', validate: true },
    http: { proxy: '', proxyStrictSSL: true },
  };
  const server = await LanguageServer.open(
    inRoot('node_modules', 'yaml-language-server', 'bin', 'yaml-language-server'),
    { uri: 'file:///bench/nais.yaml', text },
    settings,
  );
  let file = readFile(text);
  const [ours, theirs] = [typist(text), typist(text)];
  try {
    const { here, there } = await mediansMs(
      {
        here: () => {
          file = readFile(ours(), file);
          requireSome(findingsOf(file));
        },
        there: async () => {
          requireSome(await server.change(theirs()));
        },
      },
      { runs: 40, warmUps: 10 },
    );
    const without = there - DELAY_MS;
    return [title, Math.round(text.length / 1000), here, without, without / here];
  } finally {
    await server.close();
  }
}

/** Gives the text with one character more in it each time. */
function typist(text: string): () => string {
  const at = text.indexOf('enabled: true\n    scopes') + 'enabled: true'.length;
  let typed = '';
  return () => {
    typed = typed.length > 20 ? 'x' : `${typed}x`;
    return text.slice(0, at) + typed + text.slice(at);
  };
}

function requireSome(found: readonly unknown[]): void {
  if (found.length === 0) {
    throw new Error('The mistake was not told.');
  }
}
