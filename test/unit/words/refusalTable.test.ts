import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MaskinportenClient } from '../../../src/maskinporten/client';
import { Discovery } from '../../../src/maskinporten/discovery';
import type { ClientCredential, TokenRequest } from '../../../src/maskinporten/model';
import type { Problem, ProblemCode } from '../../../src/maskinporten/problem';
import { TexasSource } from '../../../src/maskinporten/texas';
import { TEST } from '../../../src/maskinporten/environments';
import { UndiciTransport } from '../../../src/http/transport';
import { startSandbox, type RefusalName, type Sandbox } from '../../../src/sandbox';
import { createTranslate } from '../../../src/shared/localize';
import type { Remedy } from '../../../src/shared/remedy';
import { systemUserDetails } from '../../../src/maskinporten/authorizationDetails';
import { wordProblem, type ProblemWords } from '../../../src/words/problems';
import { wordRemedy } from '../../../src/words/remedies';
import type { ProvisioningFacts } from '../../../src/maskinporten/provisioning';
import type { ProblemContext } from '../../../src/words/scopeRefusal';
import { wordProblemShort } from '../../../src/words/shortProblem';
import { FakeTransport, jsonBody, makeKeyPair, never, problemFrom, type KeyPair } from '../maskinporten/support';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const NORWEGIAN = JSON.parse(readFileSync(path.join(ROOT, 'l10n/nb.json'), 'utf8')) as Record<string, string>;
const english = createTranslate({});
const norwegian = createTranslate(NORWEGIAN);

const CLIENT_ID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const SCOPE = 'skatteetaten:inntekt';

interface Row {
  readonly refusal: RefusalName;
  readonly code: ProblemCode;
  readonly request?: Partial<TokenRequest>;
  /** Value of ours that the words or what was sent must name: a claim's name. */
  readonly value: string;
  readonly title: RegExp;
  readonly cause: RegExp;
  readonly cure: RegExp;
  /** Kinds of remedies, besides the log that is always there. */
  readonly actions: readonly Remedy['kind'][];
  readonly short: string;
}

/** Every row of Digdir's page "Troubleshooting", the ones without a code at the end. */
const ROWS: readonly Row[] = [
  {
    refusal: 'MP-011',
    code: 'MP-011',
    value: 'iss',
    title: /could not read the grant/,
    cause: /malformed/,
    cure: /character by character/,
    actions: ['import-credential-again'],
    short: 'refused (MP-011)',
  },
  {
    refusal: 'MP-012',
    code: 'MP-012',
    value: 'jti',
    title: /seen this grant before/,
    cause: /only once/,
    cure: /every try makes a new grant/,
    actions: ['retry'],
    short: 'refused (MP-012)',
  },
  {
    refusal: 'MP-100',
    code: 'MP-100',
    value: 'iss',
    title: new RegExp(`does not know the client ${CLIENT_ID}`),
    cause: /clients of their own/,
    cure: /MASKINPORTEN_CLIENT_ID/,
    actions: ['switch-environment', 'import-credential-again'],
    short: 'refused (MP-100)',
  },
  {
    refusal: 'MP-110',
    code: 'MP-110',
    value: 'aud',
    title: /for another issuer/,
    cause: /with the slash at the end/,
    cure: /Check the issuer/,
    actions: ['switch-environment', 'import-credential-again'],
    short: 'refused (MP-110)',
  },
  {
    refusal: 'MP-120',
    code: 'MP-120',
    value: 'aud',
    title: /does not accept the certificate/,
    cause: /may have expired, or be for the other environment/,
    cure: /valid business certificate/,
    actions: ['import-credential-again', 'switch-environment'],
    short: 'refused (MP-120)',
  },
  {
    refusal: 'MP-121',
    code: 'MP-121',
    value: 'kid',
    title: /The key \S+ has expired at Digdir/,
    cause: /one year/,
    cure: /digdir\.nais\.io\/rotate=true/,
    actions: ['rotate-key', 'import-credential-again'],
    short: 'refused (MP-121)',
  },
  {
    refusal: 'MP-122',
    code: 'MP-122',
    value: 'iss',
    title: /another organisation than the client/,
    cause: /compares the organisation number/,
    cure: /of the organisation that owns the certificate/,
    actions: ['import-credential-again'],
    short: 'refused (MP-122)',
  },
  {
    refusal: 'MP-123',
    code: 'MP-123',
    value: 'url',
    title: /cannot read the certificate chain/,
    cause: /list of certificates in base64/,
    cure: /as PEM/,
    actions: ['import-credential-again'],
    short: 'refused (MP-123)',
  },
  {
    refusal: 'MP-124',
    code: 'MP-124',
    value: 'kid',
    title: /does not accept the signature/,
    cause: /not the one registered as/,
    cure: /from the same secret/,
    actions: ['import-credential-again'],
    short: 'refused (MP-124)',
  },
  {
    refusal: 'MP-130',
    code: 'MP-130',
    value: 'exp',
    title: /had expired when it arrived/,
    cause: /clock of this machine may be wrong/,
    cure: /Set the clock/,
    actions: ['retry'],
    short: 'refused (MP-130)',
  },
  {
    refusal: 'MP-200',
    code: 'MP-200',
    value: 'scope',
    title: new RegExp(`does not know the scope ${SCOPE}`),
    cause: /up to 15 minutes/,
    cure: /resync=true/,
    actions: ['wait-and-retry', 'check-provisioning', 'resync', 'copy-access-request'],
    short: 'refused (MP-200)',
  },
  {
    refusal: 'MP-201',
    code: 'MP-201',
    value: 'scope',
    title: /is not meant for Maskinporten/,
    cause: /ID-porten/,
    cure: /Ask the owner/,
    actions: ['copy-access-request'],
    short: 'refused (MP-201)',
  },
  {
    refusal: 'MP-250',
    code: 'MP-250',
    value: 'scope',
    title: new RegExp(`no access to the scope ${SCOPE}`),
    cause: /consumer_org may be missing/,
    cure: /in Test and in Prod/,
    actions: ['copy-access-request', 'set-consumer-org'],
    short: 'refused (MP-250)',
  },
  {
    refusal: 'MP-251',
    code: 'MP-251',
    request: { consumerOrg: '310702641' },
    value: 'consumer_org',
    title: /has not been delegated/,
    cause: /The organisation 310702641 must delegate it in Altinn/,
    cure: /organisation number/,
    actions: ['set-consumer-org'],
    short: 'refused (MP-251)',
  },
  {
    refusal: 'MP-301',
    code: 'MP-301',
    request: { authorizationDetails: [{ type: 'urn:altinn:sytemuser' }] },
    value: 'authorization_details',
    title: /does not know this type of authorization_details/,
    cause: /may be misspelt/,
    cure: /Correct the type/,
    actions: ['edit-options'],
    short: 'refused (MP-301)',
  },
  {
    refusal: 'MP-302',
    code: 'MP-302',
    request: { authorizationDetails: [systemUserDetails('310702641', 'a')] },
    value: 'authorization_details',
    title: /does not know a field in authorization_details/,
    cause: /read to the letter/,
    cure: /may name it/,
    actions: ['edit-options'],
    short: 'refused (MP-302)',
  },
  {
    refusal: 'MP-303',
    code: 'MP-303',
    request: { authorizationDetails: [systemUserDetails('310702641')] },
    value: 'authorization_details',
    title: /does not accept a value in authorization_details/,
    cause: /no such system user or consent/,
    cure: /approved in the same environment/,
    actions: ['edit-options'],
    short: 'refused (MP-303)',
  },
  {
    refusal: 'unknown-kid',
    code: 'token/unknown-kid',
    value: 'kid',
    title: /does not know the key/,
    cause: /probably rotated/,
    cure: /Add the credential again/,
    actions: ['import-credential-again'],
    short: 'refused',
  },
  {
    refusal: 'missing-kid',
    code: 'token/kid-required',
    value: 'iss',
    title: /requires a key id/,
    cause: /registered keys/,
    cure: /"kid"/,
    actions: ['import-credential-again'],
    short: 'refused',
  },
  {
    refusal: 'issued-in-future',
    code: 'token/issued-in-future',
    value: 'iat',
    title: /issued in the future/,
    cause: /clock of this machine may be wrong/,
    cure: /Set the clock/,
    actions: ['retry'],
    short: 'refused',
  },
  {
    refusal: 'own-organisation',
    code: 'token/own-consumer-org',
    request: { consumerOrg: '889640782' },
    value: 'consumer_org',
    title: /does not accept the organisation 889640782/,
    cause: /nobody delegates to itself/,
    cure: /Leave consumer_org out/,
    actions: ['drop-consumer-org'],
    short: 'refused',
  },
];

describe('Every refusal of Maskinporten', () => {
  let key: KeyPair;
  let sandbox: Sandbox;
  let transport: UndiciTransport;

  before(async () => {
    key = await makeKeyPair();
    sandbox = await startSandbox({
      clients: [{ clientId: CLIENT_ID, name: 'app', keys: [key.publicJwk], scopes: [SCOPE] }],
    });
    transport = new UndiciTransport();
  });

  after(async () => {
    transport.close();
    await sandbox.stop();
  });

  async function refusedWith({ refusal, code, request }: Row): Promise<Problem> {
    const credential: ClientCredential = {
      environment: { kind: 'sandbox', issuer: sandbox.issuer },
      clientId: CLIENT_ID,
      privateJwk: key.privateJwk,
    };
    const client = new MaskinportenClient({ transport, discovery: new Discovery(transport), credential });
    sandbox.refuseNext(refusal);
    return problemFrom(client.getToken({ scopes: [SCOPE], ...request }, never()), code);
  }

  for (const row of ROWS) {
    it(`${row.code} is explained with its value, cause, cure and actions: ${row.title.source.slice(0, 60)}`, async () => {
      const problem = await refusedWith(row);
      const words = wordProblem(problem, english);
      assert.match(words.title, row.title);
      assert.match(words.cause, row.cause);
      assert.match(words.cure, row.cure);
      const claim = problem.sent.find(({ name }) => name === row.value);
      assert.ok(claim?.value, `${row.value} is not told`);
      assert.deepEqual(
        words.actions.map(({ kind }) => kind),
        [...row.actions, 'show-log'],
      );
      assert.equal(wordProblemShort(problem, english), row.short);
    });

    it(`${row.code} reads as well in Norwegian, with the same values and actions`, async () => {
      const problem = await refusedWith(row);
      const [en, nb] = [wordProblem(problem, english), wordProblem(problem, norwegian)];
      for (const part of ['title', 'cause', 'cure'] as const) {
        assert.notEqual(nb[part], en[part]);
        assert.match(nb[part], /^\p{Lu}.*[.)]$/u);
        assert.doesNotMatch(nb[part], /[!{}“”]|undefined/);
      }
      assert.deepEqual(codesIn(nb), codesIn(en));
      assert.deepEqual(nb.actions, en.actions);
      for (const action of nb.actions)
        assert.ok(Object.values(NORWEGIAN).some((text) => fits(text, wordRemedy(action, norwegian))));
    });

    it(`${row.code} is known by its text as well, where Texas has dropped the code`, async () => {
      const problem = await refusedWith(row);
      assert.ok('refusal' in problem);
      const { status, error, description } = problem.refusal;
      const relay = new FakeTransport(() => ({ status, body: jsonBody({ error, error_description: description }) }));
      const texas = new TexasSource({ transport: relay, endpoint: 'http://127.0.0.1:7164', environment: TEST });
      const relayed = await problemFrom(texas.getToken({ scopes: [SCOPE] }, never()), row.code);
      const expected = row.code.startsWith('MP-') ? `refused (probably ${row.code})` : 'refused';
      assert.equal(wordProblemShort(relayed, english), expected);
      const kinds = wordProblem(relayed, english).actions.map(({ kind }) => kind);
      for (const kind of ['import-credential-again', 'set-consumer-org', 'drop-consumer-org'] as const) {
        assert.ok(!kinds.includes(kind), `${kind} is not for Texas`);
      }
    });
  }

  it('is a row of this table: those of the sandbox that Digdir publishes are all here', () => {
    const codes = ROWS.map(({ code }) => code);
    const known =
      'MP-011 MP-012 MP-100 MP-110 MP-120 MP-121 MP-122 MP-123 MP-124 MP-130 MP-200 MP-201 MP-250 MP-251 MP-301 MP-302 MP-303';
    assert.deepEqual(codes.filter((code) => code.startsWith('MP-')).sort(), known.split(' '));
  });

  it('is asked for once: the grant after it is judged as ever', async () => {
    await refusedWith(ROWS[0]!);
    const credential: ClientCredential = {
      environment: { kind: 'sandbox', issuer: sandbox.issuer },
      clientId: CLIENT_ID,
      privateJwk: key.privateJwk,
    };
    const client = new MaskinportenClient({ transport, discovery: new Discovery(transport), credential });
    assert.deepEqual((await client.getToken({ scopes: [SCOPE] }, never())).grantedScopes, [SCOPE]);
  });

  it('keeps quiet about a person whom the issuer names', async () => {
    const { code } = ROWS[0]!;
    const person = '13816198547';
    const answer = new FakeTransport(({ step }) =>
      step === 'discovery'
        ? {
            body: jsonBody({
              issuer: TEST.issuer,
              token_endpoint: `${TEST.issuer}token`,
              jwks_uri: `${TEST.issuer}jwk`,
            }),
          }
        : {
            status: 400,
            body: jsonBody({
              error: 'invalid_request',
              error_description: `Invalid assertion. Invalid parameter value ${person}. (trace_id: 12345678901234567890123456789012)`,
            }),
          },
    );
    const credential = { environment: TEST, clientId: CLIENT_ID, privateJwk: key.privateJwk };
    const client = new MaskinportenClient({ transport: answer, discovery: new Discovery(answer), credential });
    const problem = await problemFrom(client.getToken({ scopes: [SCOPE], pid: person }, never()), code);
    assert.ok(!JSON.stringify(problem).includes(person));
    assert.ok('refusal' in problem);
    assert.equal(problem.refusal.traceId, '12345678901234567890123456789012');
  });

  it('MP-100 for a workload that has no client in the cluster: says so, and asks for what keeps it from one', async () => {
    const problem = await refusedWith(ROWS.find(({ code }) => code === 'MP-100')!);
    const provisioning: ProvisioningFacts = {
      readAtMs: 0,
      synchronizedAtMs: undefined,
      hasClient: false,
      clientId: undefined,
      isPending: false,
      deployedScopes: [SCOPE],
      refusedScopes: [SCOPE],
      tellsAccess: true,
    };
    const { cause, actions } = wordProblem(problem, english, { provisioning });
    assert.match(cause, /^In the cluster the workload has no client/);
    assert.deepEqual(actions[0], { kind: 'copy-access-request', scopes: [SCOPE] });
    const there = wordProblem(problem, english, { provisioning: { ...provisioning, hasClient: true } });
    assert.match(there.cause, /^There is no such client at/);
    assert.equal(there.actions[0]?.kind, 'switch-environment');
  });

  describe('MP-200 for a scope', () => {
    const NOW_MS = Date.parse('2026-06-01T12:00:00Z');
    const workload = { workload: 'my-app', team: 'my-team' };
    const RESYNC = 'kubectl annotate maskinportenclient my-app -n my-team digdir.nais.io/resync=true --overwrite';
    let problem: Problem;

    before(async () => {
      problem = await refusedWith(ROWS.find(({ code }) => code === 'MP-200')!);
    });

    const words = (context: ProblemContext) => wordProblem(problem, english, { nowMs: NOW_MS, workload, ...context });
    const kinds = (context: ProblemContext) => words(context).actions.map(({ kind }) => kind);

    /** What the cluster said a minute ago of a client with every scope, brought to Digdir ten hours ago. */
    const facts = (changes: Partial<ProvisioningFacts>): Pick<ProblemContext, 'provisioning'> => ({
      provisioning: {
        readAtMs: NOW_MS - 60_000,
        synchronizedAtMs: NOW_MS - 36_000_000,
        hasClient: true,
        clientId: undefined,
        isPending: false,
        deployedScopes: ['nav:other', SCOPE],
        refusedScopes: [],
        tellsAccess: true,
        ...changes,
      },
    });
    const THREE = ['copy-access-request', 'resync', 'wait-and-retry'];

    for (const [what, context, cause, order] of [
      [
        'that was brought to Digdir ten minutes ago',
        facts({ synchronizedAtMs: NOW_MS - 600_000 }),
        /^The client was brought to Digdir 10 min ago, and a change may take 15 minutes to work\.$/,
        ['wait-and-retry', 'copy-access-request', 'resync', 'check-provisioning'],
      ],
      [
        'that was deployed and not brought to Digdir yet',
        facts({ isPending: true }),
        /^Nais had not brought the newest deploy to Digdir yet when the cluster was asked \(1 min ago\)\.$/,
        ['wait-and-retry', 'copy-access-request', 'resync', 'check-provisioning'],
      ],
      [
        'that Nais has access to, on a client of ten hours ago',
        facts({}),
        /^Your organisation has access to it, as Nais says, but the client may be from before the grant/,
        ['resync', 'wait-and-retry', 'copy-access-request', 'check-provisioning'],
      ],
      [
        'that Nais had no access to, however new the deploy is',
        facts({ synchronizedAtMs: NOW_MS - 60_000, refusedScopes: [SCOPE] }),
        new RegExp(
          `^Its owner had not granted ${SCOPE} to your organisation when the cluster was asked \\(1 min ago\\): Nais`,
        ),
        ['copy-access-request', 'resync', 'wait-and-retry', 'check-provisioning'],
      ],
      [
        'that Nais had no access to, so that there is no client',
        facts({ synchronizedAtMs: undefined, refusedScopes: [SCOPE], hasClient: false }),
        /and so there was no client at all\.$/,
        ['copy-access-request', 'resync', 'wait-and-retry', 'check-provisioning'],
      ],
      [
        'while Nais had no access to another one',
        facts({ refusedScopes: ['nav:other'] }),
        /^Your organisation has access to it, as Nais says/,
        ['resync', 'wait-and-retry', 'copy-access-request', 'check-provisioning'],
      ],
      [
        'deployed long ago, of whose access nothing is said',
        facts({ tellsAccess: false }),
        /^Its owner has probably not granted it/,
        ['copy-access-request', 'resync', 'wait-and-retry', 'check-provisioning'],
      ],
      [
        'that Nais had no access to two hours ago: it may have looked again',
        facts({ readAtMs: NOW_MS - 7_200_000, refusedScopes: [SCOPE] }),
        /may not have got it yet, or its owner may not/,
        ['copy-access-request', 'check-provisioning', 'resync', 'wait-and-retry'],
      ],
      [
        'of whose time the cluster says nothing',
        facts({ synchronizedAtMs: undefined }),
        /may not have got it yet, or its owner may not/,
        ['wait-and-retry', 'check-provisioning', 'resync', 'copy-access-request'],
      ],
      [
        'of which the cluster was not asked',
        {},
        /may not have got it yet, or its owner may not/,
        ['wait-and-retry', 'check-provisioning', 'resync', 'copy-access-request'],
      ],
    ] as const) {
      it(`${what}, declared in the manifest: the likeliest story first, the other two after it`, () => {
        const known = { declaredScopes: ['nav:other', SCOPE], ...context };
        assert.match(words(known).cause, cause);
        assert.deepEqual(
          kinds(known).filter((kind) => kind !== 'show-log'),
          order,
        );
        assert.deepEqual(
          kinds(known)
            .filter((kind) => THREE.includes(kind))
            .sort(),
          THREE,
        );
      });
    }

    it('goes by what is deployed where a template makes the manifest’s scopes', () => {
      assert.equal(kinds(facts({ refusedScopes: [SCOPE] }))[0], 'copy-access-request');
      assert.match(words(facts({ deployedScopes: ['nav:other'] })).cause, /misspelt, not among/);
    });

    it('that the manifest has and the cluster has not: is to be deployed first', () => {
      const known = { declaredScopes: ['nav:other', SCOPE], ...facts({ deployedScopes: ['nav:other'] }) };
      assert.equal(words(known).cause, `${SCOPE} is in the manifest, but not in what is deployed.`);
      assert.deepEqual(kinds(known), ['wait-and-retry', 'check-provisioning', 'show-log']);
    });

    it('asked for by another client than the workload’s: names both, and leads to the other credentials', () => {
      const known = { declaredScopes: ['nav:other', SCOPE], ...facts({ clientId: 'the-workloads-own' }) };
      const asked = problem.sent.find(({ name }) => name === 'iss')?.value;
      assert.ok(asked);
      assert.equal(
        words(known).cause,
        `The client ${asked} asked for it. The workload’s own client in the cluster is the-workloads-own.`,
      );
      assert.deepEqual(kinds(known), ['switch-environment', 'check-provisioning', 'show-log']);
      assert.notEqual(kinds({ ...known, ...facts({ clientId: asked }) })[0], 'switch-environment');
    });

    it('that is misspelt: names the nearest one of the manifest, and replaces it', () => {
      const known = { declaredScopes: ['nav:other', 'skatteetaten:inntekter'] };
      assert.equal(words(known).cause, 'It is not in the manifest; skatteetaten:inntekter is.');
      assert.deepEqual(words(known).actions[0], { kind: 'replace-scope', from: SCOPE, to: 'skatteetaten:inntekter' });
    });

    it('that the manifest has nothing like: adds it', () => {
      const known = { declaredScopes: ['skatteetaten:formue', 'nav:inntekt'] };
      assert.match(words(known).cause, /^skatteetaten:inntekt is not among the scopes that the manifest consumes/);
      assert.deepEqual(words(known).actions[0], { kind: 'add-scope-to-manifest', scope: SCOPE });
      assert.deepEqual(words({ declaredScopes: [] }).actions[0], { kind: 'add-scope-to-manifest', scope: SCOPE });
    });

    it('without a manifest: says what may be', () => {
      assert.match(words({}).cause, /misspelt, not among/);
    });

    it('has the command that resyncs only where the names can stand in a terminal', () => {
      const resync = (context: ProblemContext) => words(context).actions.find(({ kind }) => kind === 'resync');
      assert.deepEqual(resync({}), { kind: 'resync', command: RESYNC });
      for (const workload of [
        { workload: 'a;b', team: 'c' },
        { workload: 'a', team: '$(b)' },
      ]) {
        assert.deepEqual(resync({ workload }), { kind: 'resync', command: undefined });
      }
    });
  });
});

/** Whether a text with placeholders could have become `said`. */
function fits(text: string, said: string): boolean {
  const [start = '', ...rest] = text.split(/\{\w+\}/);
  return said.startsWith(start) && said.endsWith(rest.at(-1) ?? start);
}

/** Codes and values, which are the same in every language. */
function codesIn({ title, cause, cure }: ProblemWords): string[] {
  return (`${title} ${cause} ${cure}`.match(/MP-\d{3}|\b\d{9}\b|https?:\S+[^\s.,]|\w+:\w+|\w+_\w+/g) ?? []).sort();
}
