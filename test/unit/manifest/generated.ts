import fc from 'fast-check';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Texts that a reader may take for something else than a plain word, in the ways that YAML has for it. */
const TEXTS: readonly string[] = [
  ...['ks:fiks', 'nav:a/b.c', 'api.example.no', 'https://x.no/a?b=c#d', '10.0.0.1', '889640782', 'a b', 'a: b', 'a #b'],
  ...['', ' ', 'true', 'yes', 'Off', 'null', '~', '010', '0x1F', '1e3', '1_000', '1:30', '2001-01-01', '.', '.5', '-'],
  ...['- a', '? a', ': a', '#a', '&a', '*a', '!a', '|', '>', '[a', '{a', '"', "'", "it's", 'say "a"', '%a', '@a', '`a'],
  ...[
    'æøå',
    'x\ny',
    'a\n# b\n',
    '  a\n b',
    'a\\b',
    'a,b',
    '{{image}}',
    '{{a}}-fss',
    'x{{ b }}',
    '<<',
    '=',
    'a:',
    '200m',
  ],
];

const text = fc.oneof(fc.constantFrom(...TEXTS), fc.stringMatching(/^[a-z]{1,6}[:/.]?[a-z]{0,4}$/));
const scalar: fc.Arbitrary<Json> = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 1, arbitrary: fc.nat(700) },
  { weight: 1, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.constant(null) },
);

function record(keys: Readonly<Record<string, fc.Arbitrary<Json>>>): fc.Arbitrary<Json> {
  const other = fc.dictionary(fc.constantFrom('other', 'on', 'a.b/c', 'with space', '1', "it's", 'name '), scalar, {
    maxKeys: 1,
  });
  return fc.tuple(fc.record(keys, { requiredKeys: [] }), other).map(([own, more]) => ({ ...own, ...more }) as Json);
}

const list = (item: fc.Arbitrary<Json>): fc.Arbitrary<Json> => fc.array(item, { maxLength: 3 });
const anything = fc.letrec<{ node: Json }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    list(tie('node')),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), tie('node'), { maxKeys: 3 }) as fc.Arbitrary<Json>,
  ),
})).node;

const consumes = list(fc.oneof({ weight: 4, arbitrary: record({ name: text }) }, scalar));
const exposes = list(
  record({
    name: text,
    product: text,
    enabled: scalar,
    separator: scalar,
    allowedIntegrations: list(scalar),
    consumers: list(record({ orgno: scalar, name: text })),
  }),
);
const external = list(record({ host: text, ipv4: scalar, ports: list(record({ port: scalar })) }));

const manifest = fc.tuple(
  fc.constantFrom('Application', 'Naisjob', 'MaskinportenClient'),
  record({ name: text, namespace: text, labels: record({ team: text }), annotations: anything }),
  record({
    image: text,
    maskinporten: record({ enabled: scalar, scopes: record({ consumes, exposes }) }),
    scopes: record({ consumes }),
    resources: anything,
    accessPolicy: record({ inbound: anything, outbound: record({ rules: anything, external }) }),
    env: list(record({ name: text, value: scalar, valueFrom: anything })),
    port: scalar,
    webproxy: scalar,
    vault: fc.oneof(record({ enabled: scalar }), scalar),
    ingresses: list(text),
  }),
  fc.dictionary(fc.constantFrom('status', 'maskinporten', 'extra'), anything, { maxKeys: 1 }),
);

/** How to write what YAML leaves open; each choice takes the next of these numbers. */
class Writer {
  #next = 0;

  constructor(private readonly choices: readonly number[]) {}

  #choose(of: number): number {
    return (this.choices[this.#next++ % this.choices.length] ?? 0) % of;
  }

  /** The lines of a node in block style, without indentation of their own. */
  lines(node: Json): readonly string[] {
    if (Array.isArray(node) && node.length > 0) {
      return (node as readonly Json[]).flatMap((item) => this.#after('-', item, 0));
    }
    if (typeof node === 'object' && node !== null && !Array.isArray(node) && Object.keys(node).length > 0) {
      return Object.entries(node).flatMap(([key, value]) => [
        ...this.#noise(),
        ...this.#after(`${this.#key(key)}:`, value, Array.isArray(value) ? this.#choose(2) * 2 : 2),
      ]);
    }
    return [this.#inline(node)];
  }

  /** A dash or a key, and the node that follows on its line or below it. */
  #after(before: string, node: Json, indent: number): readonly string[] {
    const isBlock = typeof node === 'object' && node !== null && Object.keys(node).length > 0;
    if (typeof node === 'string' && node !== '' && this.#choose(8) === 0 && !/^\s|\{\{/.test(node)) {
      return [`${before} ${this.#choose(2) === 0 ? '|' : '>-'}`, ...node.split('\n').map((line) => `    ${line}`)];
    }
    if (!isBlock || this.#choose(8) === 0) {
      return [`${before} ${this.#inline(node)}${['', '', ' # c', '  '][this.#choose(4)]}`];
    }
    const lines = this.lines(node);
    if (before !== '-') {
      return [`${before}${['', ' # c'][this.#choose(2)]}`, ...lines.map((line) => ' '.repeat(indent) + line)];
    }
    const first = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('#'));
    const margin = ' '.repeat(1 + this.#choose(2));
    return lines.slice(first).map((line, index) => (index === 0 ? `-${margin}${line}` : `${margin} ${line}`));
  }

  #key(key: string): string {
    return this.#choose(12) === 0 || !/^[\w./-]+( [\w./-]+)*$/.test(key) ? JSON.stringify(key) : key;
  }

  #inline(node: Json): string {
    if (typeof node !== 'string') {
      return node === null && this.#choose(2) === 0 ? '' : JSON.stringify(node);
    }
    const isPlain = /^[^\s"'{}[\],#&*!|>%@`?:-][^\n#]*$/.test(node) && !/:\s|:$|\s$/.test(node);
    const isSingle = !/[\n]/.test(node);
    const style = this.#choose(4);
    return style < 2 && (isPlain || node.startsWith('{{'))
      ? node
      : style === 2 && isSingle
        ? `'${node.replaceAll("'", "''")}'`
        : JSON.stringify(node);
  }

  #noise(): readonly string[] {
    return [[], [], [], [], [], [''], ['# c'], ['{{#if a}}']][this.#choose(8)] ?? [];
  }
}

/** Manifests as people write them, and worse: every style of scalar, block and flow, comments, templates, line ends. */
export const writtenManifest: fc.Arbitrary<string> = fc
  .tuple(manifest, fc.array(fc.nat(1000), { minLength: 40, maxLength: 80 }), fc.constantFrom('\n', '\n', '\r\n'))
  .map(([[kind, metadata, spec, more], choices, lineEnd]) => {
    const lines = new Writer(choices).lines({ apiVersion: 'nais.io/v1', kind, metadata, spec, ...more });
    return `${lines.join(lineEnd)}${lineEnd}`;
  });
