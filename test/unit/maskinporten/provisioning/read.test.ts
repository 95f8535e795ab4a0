import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readProvisioning, type ProvisioningStatus } from '../../../../src/maskinporten/provisioning';
import { asJson, asYaml, client, described } from './statuses';

function statusOf(text: string): ProvisioningStatus {
  const reading = readProvisioning(text);
  assert.ok(reading.ok, JSON.stringify(reading));
  return reading.status;
}

function reasonOf(text: string): string {
  const reading = readProvisioning(text);
  assert.ok(!reading.ok);
  return reading.problem.reason;
}

describe('the status of a client', () => {
  const expected: ProvisioningStatus = {
    name: 'my-app',
    namespace: 'my-team',
    generation: 3,
    observedGeneration: 3,
    clientId: '11111111-2222-3333-4444-555555555555',
    keyIds: ['key-1', 'key-2'],
    synchronizedAtMs: Date.UTC(2026, 10, 20, 10),
    secretName: 'maskinporten-my-app-0',
    consumes: ['skatteetaten:inntekt', 'krr:global/digitalpost.read'],
    conditions: client().status.conditions.map(({ type, status, reason, message, observedGeneration }) => ({
      type,
      status: status as 'True' | 'False',
      reason,
      message,
      observedGeneration,
    })),
  };
  const list = { apiVersion: 'v1', kind: 'List', items: [client()] };
  for (const [form, text] of [
    ['-o json', asJson(client())],
    ['-o json in one line', JSON.stringify(client())],
    ['-o json below a warning of kubectl’s', `Warning: v1 is deprecated\n${asJson(client())}\n`],
    ['-o yaml', asYaml(client())],
    ['-o yaml with CRLF and a BOM', `\uFEFF${asYaml(client()).replaceAll('\n', '\r\n')}`],
    ['a List as JSON', asJson(list)],
    ['a List as YAML', asYaml(list)],
    ['describe', described(client())],
    ['describe with CRLF', described(client()).replaceAll('\n', '\r\n')],
  ] as const) {
    it(`is read from ${form}`, () => {
      assert.deepEqual(statusOf(text), expected);
    });
  }

  it('is read from the conditions alone, one to a line', () => {
    const status = statusOf(
      'Ready=True Resource is up-to-date with DigDir\nInvalidConsumedScopes=True no access: [a:b]\n',
    );
    assert.deepEqual(
      status.conditions.map(({ type, status: state, message }) => [type, state, message]),
      [
        ['Ready', 'True', 'Resource is up-to-date with DigDir'],
        ['InvalidConsumedScopes', 'True', 'no access: [a:b]'],
      ],
    );
    assert.equal(status.name, undefined);
    assert.equal(status.consumes, undefined);
  });

  it('may be missing, where nothing has been done yet', () => {
    const { status: gone, ...resource } = client();
    assert.ok(gone);
    const status = statusOf(asJson(resource));
    assert.deepEqual(status.conditions, []);
    assert.equal(status.clientId, undefined);
    assert.deepEqual(statusOf(asYaml(resource)), status);
  });

  it('has no scopes where the client only exposes', () => {
    const resource = { ...client(), spec: { scopes: { exposes: [] }, secretName: 's' } };
    assert.deepEqual(statusOf(asJson(resource)).consumes, []);
  });

  it('keeps others’ words to one line, and within bounds', () => {
    const message = `\u001b[31mred\r\n\u202Eevil${'x'.repeat(5000)}`;
    const [condition] = statusOf(asJson(client({ conditions: [['Error', 'True', message]] }))).conditions;
    assert.match(condition?.message ?? '', /^\[31mred evilx+…$/);
    assert.equal(condition?.message?.length, 2001);
  });

  it('has no name that Kubernetes would not take', () => {
    assert.equal(statusOf(asJson(client({ name: 'app; rm -rf ~' }))).name, undefined);
  });

  it('leaves out what has another type than it should', () => {
    const resource = client();
    const broken = {
      ...resource,
      status: { ...resource.status, clientID: 7, keyIDs: 'a', conditions: [null, { type: 'Ready', status: 'Yes' }] },
    };
    const status = statusOf(asJson(broken));
    assert.deepEqual([status.clientId, status.keyIds, status.conditions], [undefined, [], []]);
  });
});

describe('a text that is no status', () => {
  for (const [text, reason] of [
    ['', 'empty'],
    [' \n\t', 'empty'],
    ['hello', 'unrecognised'],
    ['{', 'unrecognised'],
    ['{"kind": 7}', 'unrecognised'],
    ['a: [b', 'unrecognised'],
    ['Error from server (NotFound): maskinportenclients.nais.io "my-app" not found', 'not-found'],
    ['No resources found in my-team namespace.', 'not-found'],
    [asJson({ kind: 'List', items: [] }), 'not-found'],
    ['error: the server doesn\'t have a resource type "maskinportenclient"', 'unknown-kind'],
    [
      'Error from server (Forbidden): maskinportenclients.nais.io "a" is forbidden: User "x" cannot get resource',
      'forbidden',
    ],
    ['error: You must be logged in to the server (Unauthorized)', 'not-logged-in'],
    ['Unable to connect to the server: dial tcp: lookup x: no such host', 'unreachable'],
    ['MountVolume.SetUp failed for volume "m" : secret "maskinporten-my-app-9561321b" not found', 'secret-not-found'],
    [asJson({ kind: 'List', items: [client(), client({ name: 'other' })] }), 'several'],
    [asYaml({ apiVersion: 'v1', kind: 'Secret', data: { a: 'c2VjcmV0' } }), 'other-kind'],
    [described(client()).replace('MaskinportenClient', 'Application'), 'other-kind'],
    ['x'.repeat(2 * 1024 * 1024), 'too-large'],
  ] as const) {
    it(`is ${reason}: ${JSON.stringify(text.slice(0, 60))}`, () => {
      assert.equal(reasonOf(text), reason);
    });
  }

  it('gives no more of a Secret than its kind', () => {
    const reading = readProvisioning(asJson({ kind: 'Secret', metadata: { name: 'n' }, data: { key: 'c2VjcmV0' } }));
    assert.deepEqual(reading, { ok: false, problem: { reason: 'other-kind', kind: 'Secret' } });
  });

  it('never makes the reading throw', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(...described(client()).split(/(?<=\n)/), '  ', '{', '[', '- ', ': '),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        readProvisioning(pieces.join(''));
      }),
      { numRuns: 500 },
    );
  });
});
