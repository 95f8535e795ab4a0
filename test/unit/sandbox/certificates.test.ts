import assert from 'node:assert/strict';
import { decodeJwt, SignJWT } from 'jose';
import type { Sandbox } from '../../../src/sandbox';
import { startSandbox } from '../../../src/sandbox';
import { Clock, clientWith, goodClaims, json, ORGANISATION, postGrant, rsaKeyPair, START_MS } from './support';
import type { ErrorReply, KeyPair, TokenReply } from './support';
import { COMMON_NAME, makeCertificate, ORGANISATION_IDENTIFIER, pem, SERIAL_NUMBER } from './x509';
import type { CertificateOptions, MadeCertificate } from './x509';

const DAY_MS = 86_400_000;

describe('A business certificate', () => {
  const clock = new Clock();
  let authority: MadeCertificate;
  let intermediate: MadeCertificate;
  let business: MadeCertificate;
  let keys: KeyPair;
  let sandbox: Sandbox;

  function make(changes: Partial<CertificateOptions>): MadeCertificate {
    const times = { notBeforeMs: START_MS - DAY_MS, notAfterMs: START_MS + DAY_MS };
    return makeCertificate({ subject: [[ORGANISATION_IDENTIFIER, `NTRNO-${ORGANISATION}`]], ...times, ...changes });
  }

  before(async () => {
    keys = await rsaKeyPair('key-1');
    authority = make({ subject: [[COMMON_NAME, 'Root']], isAuthority: true });
    intermediate = make({ subject: [[COMMON_NAME, 'Between']], isAuthority: true, issuer: authority });
    business = make({ issuer: intermediate });
    const certificateAuthorities = [pem(authority)];
    sandbox = await startSandbox({ clients: [clientWith([])], certificateAuthorities, now: clock.now });
  });

  beforeEach(() => {
    sandbox.setClients([clientWith([])]);
  });

  after(() => sandbox.stop());

  async function ask(x5c: unknown, signer = business): Promise<{ status: number; text: string; token: string }> {
    const grant = await new SignJWT(goodClaims(sandbox, clock))
      .setProtectedHeader({ alg: 'RS256', ...(x5c === undefined ? {} : { x5c: x5c as string[] }) })
      .sign(signer.privateKey);
    const reply = await postGrant(sandbox, grant);
    const {
      error,
      error_description: text = '',
      access_token: token = '',
    } = json<Partial<ErrorReply & TokenReply>>(reply);
    return { status: reply.status, text: `${error ?? ''}: ${text.replace(/ \(trace_id: .*/, '')}`, token };
  }

  const chainOf = (...certificates: readonly MadeCertificate[]) =>
    certificates.map(({ der }) => der.toString('base64'));

  async function assertRefused(x5c: unknown, expected: string, signer = business): Promise<void> {
    const { status, text } = await ask(x5c, signer);
    assert.deepEqual([status, text], [400, expected]);
  }

  const untrusted =
    'invalid_grant: Invalid assertion. Client authentication failed. The JWT is signed with an invalid certificate.';
  const badHeader = 'invalid_grant: Invalid JWT header x5c.';

  it('signs for a client without registered keys, and the token says so', async () => {
    for (const chain of [chainOf(business, intermediate), chainOf(business, intermediate, authority)]) {
      const { status, text, token } = await ask(chain);
      assert.equal(status, 200, text);
      assert.equal(decodeJwt(token)['client_amr'], 'virksomhetssertifikat');
    }
  });

  it('names its organisation in the older way, too', async () => {
    const older = make({ subject: [[SERIAL_NUMBER, ORGANISATION]], issuer: authority });
    assert.equal((await ask(chainOf(older), older)).status, 200);
  });

  it('does not do for a client that has registered keys', async () => {
    sandbox.setClients([clientWith([keys.publicJwk])]);
    await assertRefused(
      chainOf(business, intermediate),
      'invalid_grant: Invalid assertion. Client authentication failed. Invalid JWT. The client requires pre-registered jwk and no key identifier (kid) provided.',
    );
  });

  for (const [title, x5c] of Object.entries({
    'no list': 'text',
    'an empty list': [],
    'a list of other things': [1],
    'a list of texts that are no certificates': ['AAAA'],
    nothing: undefined,
  })) {
    it(`is refused as ${title}`, () => assertRefused(x5c, badHeader));
  }

  it('is refused when there are more of them than any chain has', () =>
    assertRefused(
      Array.from({ length: 11 }, () => chainOf(business)[0]),
      badHeader,
    ));

  it('is refused from an authority that is not trusted', async () => {
    const stranger = make({ subject: [[COMMON_NAME, 'Root']], isAuthority: true });
    const forged = make({ issuer: stranger });
    await assertRefused(chainOf(forged), untrusted, forged);
    await assertRefused(chainOf(forged, stranger), untrusted, forged);
  });

  it('is refused when a link of its chain is missing', () => assertRefused(chainOf(business), untrusted));

  it('is refused from one that may not issue any', async () => {
    const leaf = make({ issuer: business });
    await assertRefused(chainOf(leaf, business, intermediate), untrusted, leaf);
  });

  it('is refused for another organisation than the client’s', async () => {
    const other = make({ subject: [[ORGANISATION_IDENTIFIER, 'NTRNO-974761076']], issuer: authority });
    await assertRefused(
      chainOf(other),
      'invalid_grant: Invalid JWT. Invalid organization number for client. Does not match certificate orgno.',
      other,
    );
  });

  it('is refused before its time and after it', async () => {
    for (const times of [{ notAfterMs: START_MS - 60_000 }, { notBeforeMs: START_MS + 60_000 }]) {
      const untimely = make({ issuer: authority, ...times });
      await assertRefused(chainOf(untimely), 'invalid_grant: Invalid JWT signature.', untimely);
    }
  });

  it('is refused with a signature by another key', () =>
    assertRefused(chainOf(business, intermediate), 'invalid_grant: Invalid JWT signature.', intermediate));

  it('cannot be trusted by a text that is none', async () => {
    await assert.rejects(startSandbox({ clients: [], certificateAuthorities: ['text'] }), { code: /^ERR_OSSL/ });
  });
});
