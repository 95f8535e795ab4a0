import assert from 'node:assert/strict';
import type {
  CertificateFault,
  ClaimFault,
  HeaderFault,
  IssuerRefusal,
  KeyFault,
  Problem,
  ProblemCode,
  ProblemOf,
  ProblemStep,
  TexasLimit,
} from '../../../src/maskinporten/problem';
import { createTranslate } from '../../../src/shared/localize';
import { wordProblem } from '../../../src/words/problems';
import { wordRemedy } from '../../../src/words/remedies';
import { wordProblemShort } from '../../../src/words/shortProblem';

const t = createTranslate({});

const refusal: IssuerRefusal = {
  status: 400,
  error: 'invalid_grant',
  description: 'What the issuer says.',
  errorUri: undefined,
  traceId: '356666143081bbec11d293753e9702ca',
};

const sent = [
  { name: 'iss', value: 'my-client' },
  { name: 'aud', value: 'https://test.maskinporten.no/' },
  { name: 'kid', value: 'my-key' },
  { name: 'scope', value: 'a:b c:d' },
  { name: 'consumer_org', value: '889640782' },
];

/** One of each: a code that is added and forgotten here is a type error. */
const EACH: { readonly [C in ProblemCode]: ProblemOf<C> } = {
  'MP-011': { code: 'MP-011', step: 'token', sent, refusal },
  'MP-012': { code: 'MP-012', step: 'token', sent, refusal },
  'MP-100': { code: 'MP-100', step: 'token', sent, refusal },
  'MP-110': { code: 'MP-110', step: 'token', sent, refusal },
  'MP-120': { code: 'MP-120', step: 'token', sent, refusal },
  'MP-121': { code: 'MP-121', step: 'token', sent, refusal },
  'MP-122': { code: 'MP-122', step: 'token', sent, refusal },
  'MP-123': { code: 'MP-123', step: 'token', sent, refusal },
  'MP-124': { code: 'MP-124', step: 'token', sent, refusal },
  'MP-130': { code: 'MP-130', step: 'token', sent, refusal, clockSkewSeconds: -40 },
  'MP-200': { code: 'MP-200', step: 'token', sent, refusal, refusedScopes: ['c:d'] },
  'MP-201': { code: 'MP-201', step: 'token', sent, refusal, refusedScopes: [] },
  'MP-250': { code: 'MP-250', step: 'token', sent, refusal, refusedScopes: ['a:b', 'c:d'] },
  'MP-251': { code: 'MP-251', step: 'token', sent, refusal, refusedScopes: ['a:b'] },
  'MP-301': { code: 'MP-301', step: 'token', sent, refusal },
  'MP-302': { code: 'MP-302', step: 'token', sent, refusal },
  'MP-303': { code: 'MP-303', step: 'token', sent, refusal },
  'token/unknown-kid': { code: 'token/unknown-kid', step: 'token', sent, refusal },
  'token/kid-required': { code: 'token/kid-required', step: 'token', sent, refusal },
  'token/issued-in-future': { code: 'token/issued-in-future', step: 'token', sent, refusal, clockSkewSeconds: 41 },
  'token/own-consumer-org': { code: 'token/own-consumer-org', step: 'token', sent, refusal },
  'token/refused': { code: 'token/refused', step: 'token', sent, refusal, mpCode: 'MP-999' },
  'token/unreadable': { code: 'token/unreadable', step: 'token', sent, status: 502, contentType: undefined },
  'discovery/unreadable': {
    code: 'discovery/unreadable',
    step: 'discovery',
    sent,
    status: 404,
    contentType: 'text/plain',
  },
  'discovery/issuer-mismatch': {
    code: 'discovery/issuer-mismatch',
    step: 'discovery',
    sent,
    expected: 'https://a/',
    actual: 'https://b/',
  },
  'discovery/endpoint-refused': {
    code: 'discovery/endpoint-refused',
    step: 'discovery',
    sent,
    member: 'token_endpoint',
    endpoint: 'http://evil/',
  },
  'texas/not-enabled': { code: 'texas/not-enabled', step: 'token', sent, refusal },
  'texas/request-rejected': { code: 'texas/request-rejected', step: 'token', sent, refusal },
  'texas/cannot-sign': { code: 'texas/cannot-sign', step: 'token', sent, refusal },
  'texas/upstream-unreachable': { code: 'texas/upstream-unreachable', step: 'token', sent, refusal },
  'texas/upstream-unreadable': { code: 'texas/upstream-unreadable', step: 'token', sent, refusal },
  'texas/unreadable': { code: 'texas/unreadable', step: 'token', sent, status: 404, contentType: undefined },
  'texas/issuer-mismatch': {
    code: 'texas/issuer-mismatch',
    step: 'token',
    sent,
    expected: 'https://test.maskinporten.no/',
    actual: 'https://maskinporten.no/',
  },
  'texas/unsupported': { code: 'texas/unsupported', step: 'token', sent, field: 'consumer_org' },
  'jwks/unreadable': { code: 'jwks/unreadable', step: 'jwks', sent, status: 200, contentType: 'text/html' },
  'workspace/untrusted': { code: 'workspace/untrusted', step: 'grant', sent },
  'production/not-confirmed': { code: 'production/not-confirmed', step: 'grant', sent },
  'credential/unavailable': {
    code: 'credential/unavailable',
    step: 'grant',
    sent,
    name: 'My test client',
    reason: 'missing',
  },
  'grant/key-unusable': { code: 'grant/key-unusable', step: 'grant', sent, reason: 'no-kid' },
  'grant/certificate-unusable': { code: 'grant/certificate-unusable', step: 'grant', sent, reason: 'expired' },
  'altinn/refused': { code: 'altinn/refused', step: 'exchange', sent, status: 403 },
  'altinn/unreadable': { code: 'altinn/unreadable', step: 'exchange', sent, status: 502, contentType: undefined },
  'altinn/no-environment': { code: 'altinn/no-environment', step: 'exchange', sent, issuer: 'https://x.no/' },
  'grant/bad-request': {
    code: 'grant/bad-request',
    step: 'grant',
    sent: [{ name: 'scope', value: 'a b' }],
    claim: 'scope',
    reason: 'illegal-characters',
  },
  'network/refused': { code: 'network/refused', step: 'api', sent, host: 'api.example.no' },
  'network/unreachable': { code: 'network/unreachable', step: 'api', sent, host: 'api.example.no' },
  'network/dns': { code: 'network/dns', step: 'discovery', sent, host: 'api.example.no' },
  'network/reset': { code: 'network/reset', step: 'jwks', sent, host: 'api.example.no' },
  'network/certificate': {
    code: 'network/certificate',
    step: 'token',
    sent,
    host: 'api.example.no',
    cause: 'CERT_HAS_EXPIRED',
  },
  'network/timeout': {
    code: 'network/timeout',
    step: 'token',
    sent,
    host: 'api.example.no',
    phase: 'headers',
    limitMs: 1500,
  },
  'network/protocol': {
    code: 'network/protocol',
    step: 'api',
    sent,
    host: 'api.example.no',
    cause: 'HPE_INVALID_CONSTANT',
  },
  'network/proxy': {
    code: 'network/proxy',
    step: 'api',
    sent,
    host: 'api.example.no',
    proxy: 'proxy.example.no:8080',
    reason: 'authentication',
    status: 407,
  },
  'network/encoding': {
    code: 'network/encoding',
    step: 'api',
    sent,
    host: 'api.example.no',
    encoding: 'zstd',
    reason: 'unsupported',
  },
  'request/insecure-url': { code: 'request/insecure-url', step: 'api', sent, url: 'http://api.example.no/' },
  'request/bad-url': { code: 'request/bad-url', step: 'api', sent, url: 'api' },
  'request/url-credentials': { code: 'request/url-credentials', step: 'api', sent },
  'request/bad-method': { code: 'request/bad-method', step: 'api', sent, method: 'G T' },
  'request/bad-header': { code: 'request/bad-header', step: 'api', sent, header: 'X-A', reason: 'illegal-value' },
  'request/sandbox-token-elsewhere': {
    code: 'request/sandbox-token-elsewhere',
    step: 'api',
    sent,
    host: 'api.example.no',
  },
};

function assertReadsWell(problem: Problem): void {
  const words = wordProblem(problem, t);
  for (const text of [words.title, words.cause, words.cure]) {
    assert.match(text, /^\S.*[.)]$/s, text);
    assert.doesNotMatch(text, /!|Oops|undefined|\bnull\b|\[object|\{\w+\}|–/, text);
  }
}

describe('wordProblem', () => {
  for (const problem of Object.values(EACH)) {
    it(`says what happened, why and what to do: ${problem.code}`, () => {
      assertReadsWell(problem);
    });
  }

  for (const problem of Object.values(EACH).filter(({ code }) => code.startsWith('MP-'))) {
    it(`names ${problem.code} at the end of the title, and keeps the issuer’s own words`, () => {
      const { title, detail } = wordProblem(problem, t);
      assert.ok(title.endsWith(`(${problem.code}).`), title);
      assert.equal(detail, 'What the issuer says.');
    });
  }

  it('every fault of a key, a claim and a header has words of its own', () => {
    const keyFaults: Record<KeyFault, true> = {
      unreadable: true,
      'not-rsa': true,
      'not-private': true,
      'no-kid': true,
      'too-short': true,
      'unsupported-alg': true,
      inconsistent: true,
    };
    const claimFaults: Record<ClaimFault, true> = {
      empty: true,
      'illegal-characters': true,
      'not-nine-digits': true,
      'not-absolute-uri': true,
      'has-fragment': true,
      'not-objects': true,
      'no-type': true,
      'not-eleven-digits': true,
      'check-digit': true,
      'too-long': true,
      'one-party': true,
      'unknown-member': true,
      'missing-member': true,
      'bad-member': true,
    };
    const certificateFaults: Record<CertificateFault, true> = {
      unreadable: true,
      'not-for-this-key': true,
      'broken-chain': true,
      expired: true,
      'not-yet-valid': true,
    };
    const headerFaults: Record<HeaderFault, true> = {
      'illegal-name': true,
      'illegal-value': true,
      'set-by-transport': true,
      'authorization-beside-token': true,
      'illegal-token': true,
    };
    const texasLimits: Record<TexasLimit, true> = { consumer_org: true, pid: true, x5c: true };
    const groups: Problem[][] = [
      (Object.keys(texasLimits) as TexasLimit[]).map((field) => ({ ...EACH['texas/unsupported'], field })),
      (Object.keys(keyFaults) as KeyFault[]).map((reason) => ({ ...EACH['grant/key-unusable'], reason })),
      (Object.keys(claimFaults) as ClaimFault[]).map((reason) => ({
        ...EACH['grant/bad-request'],
        reason,
        member: '[0].systemuser_org.ID',
      })),
      (Object.keys(certificateFaults) as CertificateFault[]).map((reason) => ({
        ...EACH['grant/certificate-unusable'],
        reason,
      })),
      [401, 403].map((status) => ({ ...EACH['altinn/refused'], status })),
      (Object.keys(headerFaults) as HeaderFault[]).map((reason) => ({ ...EACH['request/bad-header'], reason })),
      (['lookup', 'connect', 'tls', 'headers', 'body'] as const).map((phase) => ({ ...EACH['network/timeout'], phase })),
      (['unreachable', 'certificate', 'refused', 'malformed', 'unsupported'] as const).map((reason) => ({
        ...EACH['network/proxy'],
        reason,
      })),
      [
        'CERT_HAS_EXPIRED',
        'CERT_NOT_YET_VALID',
        'ERR_TLS_CERT_ALTNAME_INVALID',
        'DEPTH_ZERO_SELF_SIGNED_CERT',
        'CERT_REVOKED',
        'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      ].map((cause) => ({ ...EACH['network/certificate'], cause })),
      [429, 302, 503, 404, 407].map((status) => ({ ...EACH['token/unreadable'], status })),
      [undefined, 7].map((retryAfterSeconds) => ({ ...EACH['token/unreadable'], status: 429, retryAfterSeconds })),
      [undefined, 7].map((retryAfterSeconds) => ({ ...EACH['token/unreadable'], status: 503, retryAfterSeconds })),
      [undefined, 7].map((retryAfterSeconds) => ({ ...EACH['altinn/unreadable'], retryAfterSeconds })),
      [undefined, 'text/html; charset=utf-8'].map((contentType) => ({
        ...EACH['token/unreadable'],
        status: 200,
        contentType,
      })),
      [false, true].map((tooLarge) => ({ ...EACH['token/unreadable'], status: 200, tooLarge })),
      (['missing', 'unreadable'] as const).map((reason) => ({ ...EACH['credential/unavailable'], reason })),
    ];
    for (const group of groups) {
      const texts = group.map((problem) => {
        assertReadsWell(problem);
        const { title, cause, cure } = wordProblem(problem, t);
        return title + cause + cure;
      });
      assert.equal(new Set(texts).size, group.length, texts.join('\n'));
    }
  });

  it('names the step in which the network failed', () => {
    const titles = (['discovery', 'grant', 'token', 'jwks', 'exchange', 'api'] satisfies ProblemStep[]).map(
      (step) => wordProblem({ ...EACH['network/dns'], step }, t).title,
    );
    assert.equal(new Set(titles).size, 6);
    assert.equal(titles[0], 'The name api.example.no was not found (issuer metadata).');
  });

  it('a time-out names phase and limit', () => {
    assert.equal(
      wordProblem(EACH['network/timeout'], t).title,
      'api.example.no did not answer within 1.5 s (token request).',
    );
  });

  it('MP-200 names the scopes that were refused, and all that were asked for where none is named', () => {
    assert.match(wordProblem(EACH['MP-200'], t).title, / c:d for this client /);
    assert.match(wordProblem({ ...EACH['MP-200'], refusedScopes: [] }, t).title, / a:b, c:d for this client /);
  });

  it('MP-200 tells the three stories apart: just deployed, granted after the deploy, not granted', () => {
    const { cause, cure } = wordProblem(EACH['MP-200'], t);
    assert.match(cause, /may take up to 15 minutes/);
    assert.match(cure, /digdir\.nais\.io\/resync=true/);
    assert.match(cure, /ask the owner/);
  });

  it('the clock is named in seconds and in the right direction, or as a mere guess', () => {
    const cause = (clockSkewSeconds: number | undefined) =>
      wordProblem({ ...EACH['token/issued-in-future'], clockSkewSeconds }, t).cause;
    assert.equal(cause(41), 'The clock of this machine is 41 s ahead of Maskinporten’s.');
    assert.equal(cause(-40), 'The clock of this machine is 40 s behind Maskinporten’s.');
    for (const small of [0, 2, -2, undefined]) assert.match(cause(small), /may be wrong/);
  });

  describe('a refusal that Texas passed on', () => {
    const shown = ['scope', 'url'];
    const relay = <P extends Problem & { refusal: IssuerRefusal }>(problem: P): P => ({
      ...problem,
      sent: sent.filter(({ name }) => shown.includes(name)),
      refusal: { ...problem.refusal, relayedBy: 'texas' },
    });
    const refusals = Object.values(EACH).filter((problem) => 'refusal' in problem);

    for (const problem of refusals.filter(({ code }) => code.startsWith('MP-'))) {
      it(`is probably ${problem.code}: Texas drops the code`, () => {
        const { title } = wordProblem(relay(problem), t);
        assert.ok(title.endsWith(`(probably ${problem.code}).`), title);
      });
    }

    it('reads well without the client, the key and the clock that are the pod’s own', () => {
      for (const problem of refusals) assertReadsWell(relay(problem));
    });

    it('never sends the user to a credential of this machine for the client or the key', () => {
      for (const code of ['MP-100', 'MP-110', 'MP-121', 'MP-124', 'token/unknown-kid', 'token/kid-required'] as const) {
        const { cause, cure } = wordProblem(relay(EACH[code]), t);
        assert.doesNotMatch(cause + cure, /credential/i, code);
      }
    });

    it('is certain where the answer has Digdir’s page, as a later Texas may pass on', () => {
      const errorUri = 'https://test.maskinporten.no/errors/MP-200';
      const { title } = wordProblem({ ...EACH['MP-200'], refusal: { ...refusal, relayedBy: 'texas', errorUri } }, t);
      assert.ok(title.endsWith('(MP-200).'), title);
    });
  });

  it('Texas’s own refusals keep its own words', () => {
    assert.equal(wordProblem(EACH['texas/not-enabled'], t).detail, 'What the issuer says.');
  });

  it('an unknown refusal is shown faithfully, with code and trace id', () => {
    const { title, cause, cure } = wordProblem(EACH['token/refused'], t);
    assert.equal(title, 'The issuer refuses the grant: invalid_grant (MP-999).');
    assert.equal(cause, 'What the issuer says.');
    assert.match(cure, /356666143081bbec11d293753e9702ca/);
    assertReadsWell({
      ...EACH['token/refused'],
      mpCode: undefined,
      refusal: { ...refusal, description: undefined, traceId: undefined },
    });
  });

  describe('an error that Maskinporten gives no code', () => {
    const unknown = (error: string, given: Partial<IssuerRefusal> = {}): Problem => ({
      ...EACH['token/refused'],
      mpCode: undefined,
      refusal: { ...refusal, error, ...given },
    });

    /** RFC 6749 sections 4.1.2.1 and 5.2, RFC 8707 section 2, RFC 9396 section 5. */
    const SPECIFIED: readonly [error: string, cause: RegExp][] = [
      ['invalid_request', /lacks something/],
      ['invalid_client', /did not prove who it is/],
      ['invalid_grant', /grant is not valid/],
      ['unauthorized_client', /may not get tokens in this way/],
      ['unsupported_grant_type', /does not take JWT grants/],
      ['invalid_scope', /scope is unknown, malformed/],
      ['invalid_target', /does not know the resource/],
      ['invalid_authorization_details', /does not accept the authorization_details/],
      ['temporarily_unavailable', /too busy/],
      ['server_error', /issuer failed/],
    ];
    for (const [error, cause] of SPECIFIED) {
      it(`${error} is explained by its specification, beside the issuer’s own words`, () => {
        const words = wordProblem(unknown(error), t);
        assert.match(words.cause, cause);
        assert.ok(words.cause.endsWith('What the issuer says.'));
        assertReadsWell(unknown(error, { description: undefined }));
      });
    }

    it('has no meaning made up for it where no specification has it', () => {
      assert.equal(wordProblem(unknown('strange'), t).cause, 'What the issuer says.');
      assert.equal(wordProblem(unknown('strange', { description: undefined }), t).cause, 'It gives no reason.');
    });

    it('is to be asked again when the issuer says so', () => {
      const { cure, actions } = wordProblem(unknown('x', { status: 429, retryAfterSeconds: 30 }), t);
      assert.match(cure, /wait 30 s/);
      assert.deepEqual(actions[0], { kind: 'wait-and-retry', afterSeconds: 30 });
      assert.equal(wordProblem(unknown('temporarily_unavailable'), t).actions[0]?.kind, 'wait-and-retry');
      assert.equal(wordProblem(unknown('invalid_grant'), t).actions[0]?.kind, 'show-log');
    });
  });

  it('a page in place of an answer is opened in the browser: its origin, and only by https', () => {
    const page = { ...EACH['token/unreadable'], status: 200, contentType: 'text/html' };
    const at = (url: string) => wordProblem({ ...page, sent: [{ name: 'url', value: url }] }, t).actions[0];
    assert.deepEqual(at('https://login.example.no/a?b#c'), { kind: 'open-page', url: 'https://login.example.no' });
    assert.deepEqual(at('http://127.0.0.1:1/a'), { kind: 'retry' });
    assert.deepEqual(at('command:evil'), { kind: 'retry' });
  });

  it('every problem leads to the log at last, and every action has words', () => {
    for (const problem of Object.values(EACH)) {
      const { actions } = wordProblem(problem, t);
      assert.equal(actions.at(-1)?.kind, 'show-log', problem.code);
      for (const action of actions) assert.match(wordRemedy(action, t), /^\p{Lu}[^!{}]+$/u);
    }
  });

  it('in a row of the tree has a few words, and never a code of ours', () => {
    for (const problem of Object.values(EACH)) {
      const short = wordProblemShort(problem, t);
      assert.ok(short.length <= 27, short);
      assert.doesNotMatch(short, /\/|undefined|[!{}]/);
    }
    assert.equal(wordProblemShort(EACH['MP-200'], t), 'refused (MP-200)');
    assert.equal(wordProblemShort(EACH['token/refused'], t), 'refused (MP-999)');
    assert.equal(wordProblemShort(EACH['network/timeout'], t), 'no answer');
    assert.equal(wordProblemShort(EACH['network/dns'], t), 'host not found');
    assert.equal(wordProblemShort(EACH['texas/upstream-unreachable'], t), 'no answer');
  });

  for (const [errorUri, isLink] of [
    ['https://maskinporten.no/errors/MP-121', true],
    ['https://test.maskinporten.no/errors/MP-200', true],
    ['http://maskinporten.no/errors/MP-121', false],
    ['https://evilmaskinporten.no/errors/MP-121', false],
    ['https://maskinporten.no.evil.no/errors/MP-121', false],
    ['https://maskinporten.no@evil.no/errors/MP-121', false],
    ['https://user@maskinporten.no/errors/MP-121', false],
    ['https://maskinporten.no:8443/errors/MP-121', false],
    ['http://127.0.0.1:1234/errors/MP-121', false],
    ['command:evil', false],
    ['not a url', false],
    [undefined, false],
  ] as const) {
    it(`${String(errorUri)} is ${isLink ? '' : 'not '}offered as Digdir’s page`, () => {
      const { link } = wordProblem({ ...EACH['MP-121'], refusal: { ...refusal, errorUri } }, t);
      assert.equal(link, isLink ? errorUri : undefined);
    });
  }
});

describe('wordProblemShort', () => {
  for (const problem of Object.values(EACH)) {
    it(`says it in a few plain words: ${problem.code}`, () => {
      const label = wordProblemShort(problem, t);
      assert.match(label, /^[\w ]{3,40}(?: \(.+\))?$/);
      assert.doesNotMatch(label, /undefined|\w\/\w/);
    });
  }

  it('names Digdir’s code, and says that it is a guess where Texas dropped it', () => {
    assert.equal(wordProblemShort(EACH['MP-200'], t), 'refused (MP-200)');
    const relayed = { ...EACH['MP-200'], refusal: { ...refusal, relayedBy: 'texas' as const } };
    assert.equal(wordProblemShort(relayed, t), 'refused (probably MP-200)');
  });
});
