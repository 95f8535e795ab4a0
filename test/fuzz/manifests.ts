import fc from 'fast-check';

const HEAD = 'apiVersion: nais.io/v1alpha1\nkind: Application\nmetadata:\n  name: app\n  labels: {team: a}\nspec:\n';

/** Manifests with something to say for most rules, in every style. */
const SEEDS: readonly string[] = [
  `${HEAD}  port: 7164
  maskinporten:
    enabled: "true"
    scopes:
      consumes:
        - name: ks:fiks # c
        - name: "ks:a ks:b"
        - plain
        -
        - name: ks:fiks
        - {name: skatteetaten:intekt, foo: x}
      exposes:
        - name: Read-All
          product: AAP
          atMaxAge: 10
          delegationSource: Altinn
          visibility: Hidden
          separator: "-"
          allowedIntegrations: []
          accessibleForAll: true
          consumers:
            - orgno: 889640782
            - orgno: "0192:889640782"
            - {orgno: "123456789"}
            - orgno: "123456789"
            - "991825827"
        - {enabled: false, name: søknad, product: aap, allowedIntegrations: [krr]}
        - {enabled: true, name: søknad, product: aap, allowedIntegrations: [krr]}
        -
  accessPolicy:
    outbound:
      external:
        - host: https://api.x.no:8443/v1
        - host: a.no
          ipv4: 10.0.0.1
        - ipv4: b.no
          ports: [22, {port: "23"}, {port: 24, name: x}]
        - ports:
            - port: 1
              protocol: TCP
        - host: 10.0.0.1
        - c.no
        - {host: platform.altinn.no}
        - host: platform.altinn.no
  env:
    - name: MASKINPORTEN_CLIENT_ID
      value: x
    - {name: URL, value: "https://ver2.maskinporten.no/token"}
  image: { { image } }
`,
  `${HEAD}  maskinporten: &a
    scopes: [a:b, {scope: "c:d"}, {{e}}]
    {{#if x}}
    foo: *a
    {{else}}
    <<: *b
    {{/if}}
  webproxy: {{proxy}}
`,
  `${HEAD}  maskinporten: {enabled: true, scopes: {consumes: [{name: " a:b "}, {name: ks:fiks}, {}], exposes: [{org: 1}]}}
---
apiVersion: nais.io/v1alpha1
kind: Naisjob
spec:
  maskinporten: {scopes: {}}
  accessPolicy: {outbound: {rules: []}}
---
apiVersion: nais.io/v1
kind: MaskinportenClient
spec:
  scopes:
    consumes:
      # nais-maskinporten-disable-next-line NM013
      - name: ks::fiks
`,
  `${HEAD}  maskinporten:
    enabled: true
  accessPolicy:
    outbound:
  env:
  {{#each env}}
    - name: {{@key}}
      value: "{{this}}"
  {{/each}}
`,
  `${HEAD}  maskinporten: true
  accessPolicy:
    outbnd: {}
    outbound:
      external:
        host: a.no
        ports: 22
---
apiVersion: nais.io/v1
kind: MaskinportenClient
metadata: {name: app}
spec:
  foo: bar
  scopes:
    consumes: ks:fiks # c
    exposes:
      enabled: true
      name: [read]

      # c
      product: aap
      accessibleForAll: "yes"
      consumers: {orgno: 889640782}
      allowedIntegrations: krr
---
${HEAD}  maskinporten: {enabled: true, scopes: {consumes: &s {name: ks:fiks}, exposes: [{consumers: *s}, &x {name: ab, product: c}, *x]}}
  accessPolicy: {outbound: {external: [{host: a.no, port: 22}, &h {host: b.no}, *h, {hostname: c.no}]}}
`,
  '{"apiVersion":"nais.io/v1","kind":"Naisjob","metadata":{"labels":{"team":"x"}},"spec":{"maskinporten":{"enabled":"yes","scopes":{"consumes":["a:b",{"name":"a:b"},{"name":1}],"exposes":[{"name":"a"},{"product":"b"}]}},"accessPolicy":{"outbound":{"external":["a.no",{"ports":[1]}]}}}}',
];

const PIECES: readonly string[] = [
  ...['{{', '}}', '{{#if a}}', '{{else}}', '{{/if}}', '{{{x}}}', '{{!--', '\\{{', '{{> p}}', '{ { x } }'],
  ...['"', "'", '\n', '\r\n', '\t', '- ', ': ', '? ', '[', ']', '{', '}', ',', '#', ' ', '    ', '\n    '],
  ...['*a', '&a ', '<<: ', '<<: *a', '|', '>', '---\n', '...\n', '!!int ', '!!str ', '!x ', '%YAML 1.2\n'],
  ...['name: ', 'enabled: ', 'host: ', 'ports: ', 'orgno: ', 'true', 'null', '~', '.', '0x1F', '1e3', '2001-01-01'],
  ...['é', 'ø', '\uFEFF', '😀', '\u2028', '\0', '\ud800', '\u00a0'],
  '# nais-maskinporten-disable-next-line\n',
];

const anywhere = fc.double({ min: 0, max: 1, noNaN: true });

/** Puts a piece anywhere, over what stood there. */
const insertion = fc.record({
  place: anywhere,
  removed: fc.nat(6),
  added: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('', ...PIECES) },
    { weight: 1, arbitrary: fc.string({ maxLength: 8 }) },
  ),
});

/** Puts a stretch of the text itself somewhere else. */
const transplant = fc.record({ place: anywhere, from: anywhere, length: fc.nat(120) });

/** A manifest with pieces cut out, put in and moved about. */
export const mutatedManifest: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...SEEDS),
    fc.array(insertion, { maxLength: 8 }),
    fc.array(transplant, { maxLength: 2 }),
    fc.boolean(),
  )
  .map(([seed, insertions, transplants, windows]) => {
    let text = windows ? seed.replaceAll('\n', '\r\n') : seed;
    for (const { place, from, length } of transplants) {
      const [at, start] = [Math.floor(place * text.length), Math.floor(from * text.length)];
      text = text.slice(0, at) + text.slice(start, start + length) + text.slice(at);
    }
    for (const { place, removed, added } of insertions) {
      const at = Math.floor(place * text.length);
      text = text.slice(0, at) + added + text.slice(at + removed);
    }
    return text;
  });
