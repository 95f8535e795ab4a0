import { mkdir, open, readFile as readBytes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parseAllDocuments } from 'yaml';
import { buildAll } from '../../scripts/build.mjs';
import { inRoot } from '../../scripts/lib/places.mjs';
import { step } from '../../scripts/lib/progress.mjs';
import { temporaryFolder } from '../../scripts/lib/temporary.mjs';
import { decode, plainFile, readFile, type PlainFile } from '../../src/manifest';
import type { Log } from '../../src/platform/log';
import { ManifestWorker } from '../../src/workspace/manifestWorker';
import { scan } from '../../src/workspace/scan';
import type { BenchTable } from './bench';
import { median } from './bench';

const FILES = 50_000;
const MANIFESTS = 10_000;
const FILES_A_FOLDER = 50;
const RUNS = 3;
const FILES_AT_ONCE = 16;
const SAMPLE_MS = 10;

export const name = 'index';

/**
 * The index of a large workspace, made by the steps that the extension takes, beside reading and parsing every file. Both
 * get the list of the files: in VS Code it comes from the search of the editor.
 */
export async function measure(): Promise<readonly BenchTable[]> {
  await step('Building', () => buildAll());
  const { folder, remove } = await temporaryFolder('bench-index');
  try {
    const files = await step(`Writing ${FILES} files`, () => writeFiles(folder));
    const inThread = await measureRuns(() => indexInThread(files));
    const here = await measureRuns(() => indexHere(files));
    const whole = await measureRuns(() => parseAll(files), 1);
    const row = (what: string, { tookMs, peakMb, keptMb, count }: Measured) => [
      what,
      count,
      tookMs / 1000,
      whole.tookMs / tookMs,
      peakMb,
      keptMb,
    ];
    return [
      {
        title: `${MANIFESTS} manifests among ${FILES} files`,
        aim: 'ten times faster than reading and parsing every file with `yaml`',
        note:
          `Medians of ${RUNS} runs, and one run of \`yaml\`, which gives its trees away at once. The peak is of resident ` +
          'memory above that before the run, threads included; kept is what the index still holds after it.',
        columns: ['', 'manifests', 'seconds', 'times faster', 'peak, MB', 'kept, MB'],
        rows: [
          row('index, parsing in its thread', inThread),
          row('index, parsing in the same thread', here),
          row('yaml on every file', whole),
        ],
      },
    ];
  } finally {
    await remove();
  }
}

interface Measured {
  readonly tookMs: number;
  readonly peakMb: number;
  readonly keptMb: number;
  readonly count: number;
}

/** `work` gives what is kept, and how many manifests it holds. */
async function measureRuns(
  work: () => Promise<{ readonly kept: unknown; readonly count: number }>,
  runs = RUNS,
): Promise<Measured> {
  const results: Measured[] = [];
  for (let run = 0; run < runs; run++) results.push(await measureOnce(work));
  const of = (key: keyof Measured) => median(results.map((result) => result[key]));
  return { tookMs: of('tookMs'), peakMb: of('peakMb'), keptMb: of('keptMb'), count: of('count') };
}

async function measureOnce(work: () => Promise<{ readonly kept: unknown; readonly count: number }>): Promise<Measured> {
  const collect = garbageCollector();
  collect();
  const before = process.memoryUsage();
  let peak = before.rss;
  const sample = () => {
    peak = Math.max(peak, process.memoryUsage().rss);
  };
  const sampler = setInterval(sample, SAMPLE_MS);
  const started = performance.now();
  const result = await work();
  const tookMs = performance.now() - started;
  clearInterval(sampler);
  sample();
  collect();
  const kept = process.memoryUsage().heapUsed - before.heapUsed;
  const { count } = result; // read after the collection, so that what is kept was still held
  const toMb = (bytes: number) => bytes / 1024 / 1024;
  return { tookMs, peakMb: toMb(peak - before.rss), keptMb: result.kept === undefined ? 0 : toMb(kept), count };
}

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

async function indexInThread(files: readonly string[]) {
  const silent = { warn: () => undefined, error: () => undefined } as unknown as Log;
  const worker = new ManifestWorker(inRoot('dist', 'manifestWorker.js'), silent, () => undefined);
  try {
    return await index(files, (bytes) => worker.read(bytes, {}));
  } finally {
    worker.dispose();
  }
}

function indexHere(files: readonly string[]) {
  return index(files, (bytes) => Promise.resolve(structuredClone(plainFile(readFile(decode(bytes)), []))));
}

async function index(files: readonly string[], read: (bytes: Uint8Array) => Promise<PlainFile | undefined>) {
  const steps = {
    read: readIfSmall,
    judge: async (_: string, bytes: Uint8Array) => {
      const file = await read(bytes);
      return file?.kind === 'manifest' ? file : undefined;
    },
  };
  const { manifests } = await scan(files, steps, { most: Infinity });
  return { kept: manifests, count: manifests.length };
}

/** As the extension does, its size is looked at first. */
async function readIfSmall(file: string): Promise<Uint8Array | undefined> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    return size <= 1024 * 1024 ? await handle.readFile() : undefined;
  } finally {
    await handle.close();
  }
}

async function parseAll(files: readonly string[]) {
  let count = 0;
  const rest = files.values();
  const lane = async () => {
    for (const file of rest) {
      const documents = parseAllDocuments(decode(await readBytes(file)), { logLevel: 'silent' });
      const isManifest = [...documents].some((document) => String(document.get('apiVersion')).startsWith('nais.io/'));
      if (isManifest) count++;
    }
  };
  await Promise.all(Array.from({ length: FILES_AT_ONCE }, lane));
  return { kept: undefined, count };
}

async function writeFiles(folder: string): Promise<readonly string[]> {
  const files: string[] = [];
  const each = FILES / MANIFESTS;
  for (let start = 0; start < FILES; start += FILES_A_FOLDER) {
    const own = path.join(folder, `apps-${start}`);
    await mkdir(own);
    const written = Array.from({ length: FILES_A_FOLDER }, async (_, offset) => {
      const number = start + offset;
      const file = path.join(own, `file-${offset}.yaml`);
      await writeFile(file, number % each === 0 ? manifestOf(number) : otherOf(number));
      return file;
    });
    files.push(...(await Promise.all(written)));
  }
  return files;
}

/** As long as most are, with the template tags that most have. */
function manifestOf(number: number): string {
  const scopes = Array.from(
    { length: 1 + (number % 4) },
    (_, at) => `        - name: owner${at}:registry/part${number}.read`,
  );
  const variables = Array.from(
    { length: 20 },
    (_, at) => `    - name: SETTING_${at}\n      value: a value of app ${number}`,
  );
  return `apiVersion: nais.io/v1alpha1
kind: Application
metadata:
  name: app-${number}
  namespace: team-${number % 100}
  labels:
    team: team-${number % 100}
spec:
  image: {{image}}
  port: 8080
  replicas:
    min: 2
    max: 4
    cpuThresholdPercentage: 50
  liveness:
    path: /internal/isAlive
    initialDelay: 20
  readiness:
    path: /internal/isReady
  prometheus:
    enabled: true
    path: /internal/prometheus
  resources:
    limits:
      memory: 512Mi
    requests:
      cpu: 100m
      memory: 256Mi
  ingresses:
    - https://app-${number}.{{domain}}
  maskinporten:
    enabled: true
    scopes:
      consumes:
${scopes.join('\n')}
  accessPolicy:
    outbound:
      rules:
        - application: other
      external:
        - host: api${number}.example.no
  env:
${variables.join('\n')}
`;
}

/** What else lies in repositories as YAML: workflows, settings, charts. */
function otherOf(number: number): string {
  const steps = Array.from(
    { length: 8 + (number % 12) },
    (_, at) =>
      `      - name: Step ${at}\n        uses: actions/step@v${at}\n        with:\n          number: ${number}\n          flag: true`,
  );
  return `name: Workflow ${number}\non:\n  push:\n    branches: [main]\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n${steps.join('\n')}\n`;
}
