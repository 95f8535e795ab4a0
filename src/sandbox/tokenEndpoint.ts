import { randomBytes } from 'node:crypto';
import type * as Jose from '../maskinporten/jose';
import { accessTokenClaims } from './accessToken';
import type { Claims } from './claims';
import type { ClientRegistry } from './clients';
import { errorPageUrl } from './errorPages';
import { askedFor, GRANT_TYPE, judgeGrant } from './grant';
import type { AcceptedGrant, AskedFor, GrantContext } from './grant';
import { jsonAnswer } from './http';
import type { Answer, Request } from './http';
import type { KeyRing } from './keyRing';
import type { SandboxListener } from './model';
import { refusalAnswer, refuse } from './refusals';
import type { Refusal, RefusalName } from './refusals';

/** RFC 6749 section 5.1: neither form of cache may keep a token. */
const NEVER_STORED = { 'cache-control': 'no-store', pragma: 'no-cache' };

const FORM_TYPE = 'application/x-www-form-urlencoded';

export interface TokenEndpointOptions extends Omit<GrantContext, 'nowMs'> {
  readonly keys: KeyRing;
  readonly now: () => number;
  readonly emit: SandboxListener;
}

/** Maskinporten's `/token`: a JWT grant (RFC 7523 section 2.1) becomes an access token or a refusal. */
export class TokenEndpoint {
  readonly #options: TokenEndpointOptions;
  #refuseNext: RefusalName | undefined;

  constructor(options: TokenEndpointOptions) {
    this.#options = options;
  }

  /** Refuses the next readable grant in this way, whatever it says, and does not use it up. */
  refuseNext(name: RefusalName): void {
    this.#refuseNext = name;
  }

  async answer(request: Request): Promise<Answer> {
    const form = readForm(request);
    if (!form.readable) return this.#refuse(form.refusal, { scope: undefined, workload: undefined });
    const wished = this.#refuseNext;
    this.#refuseNext = undefined;
    if (wished !== undefined) return this.#refuseAsWished(wished, form.assertion);
    const verdict = await judgeGrant(form.assertion, { ...this.#options, nowMs: this.#options.now() });
    return verdict.accepted ? this.#grant(verdict.grant) : this.#refuse(verdict.refusal, verdict.asked);
  }

  async #grant(grant: AcceptedGrant): Promise<Answer> {
    const { issuer, clients, keys, scenarios, emit } = this.#options;
    const lifetimeSeconds = clients.lifetimeSeconds(grant.client, grant.scopes);
    const issuedAtSeconds = Math.floor(scenarios.issuerNowMs() / 1_000);
    const accessToken = await keys.sign(accessTokenClaims(grant, issuer, issuedAtSeconds, lifetimeSeconds));
    const scope = grant.scopes.join(' ');
    emit({ kind: 'token', status: 200, scope, workload: grant.client.name });
    const body = { access_token: accessToken, token_type: 'Bearer', expires_in: lifetimeSeconds, scope };
    return jsonAnswer(200, body, NEVER_STORED);
  }

  #refuseAsWished(name: RefusalName, assertion: string): Answer {
    const { jose, clients } = this.#options;
    const claims = claimsOf(assertion, jose);
    return this.#refuse(refuse(name, valuesOf(claims, clients)), askedFor(claims, clients));
  }

  #refuse(refusal: Refusal, asked: AskedFor): Answer {
    const { issuer, emit } = this.#options;
    const { code, status, error, description, wording } = refusalAnswer(refusal);
    emit({ kind: 'refusal', status, ...asked, code: refusal.name });
    const traceId = randomBytes(16).toString('hex');
    const page = errorPageUrl(issuer, refusal.name);
    const body = {
      error,
      error_description: `${description} (trace_id: ${traceId})`,
      ...(code === undefined ? {} : { error_uri: page }),
    };
    return jsonAnswer(status, body, {
      ...NEVER_STORED,
      // Not all refusals have an error_uri at Maskinporten; the page that explains each is named here.
      link: `<${page}>; rel="help"`,
      ...(wording === 'assumed' ? { 'x-sandbox-wording': 'assumed' } : {}),
    });
  }
}

type ReadForm =
  { readonly readable: true; readonly assertion: string } | { readonly readable: false; readonly refusal: Refusal };

/** A parameter that is repeated is refused, an empty one counts as left out (RFC 6749 section 3.2). */
function readForm({ headers, body }: Request): ReadForm {
  const [mediaType = ''] = (headers['content-type'] ?? '').split(';', 1);
  if (mediaType.trim().toLowerCase() !== FORM_TYPE) {
    return unreadable(`the content type must be ${FORM_TYPE}`);
  }
  const form = new URLSearchParams(body.toString('utf8'));
  const parameters = new Map<string, string>();
  for (const name of ['grant_type', 'assertion']) {
    const [value, ...more] = form.getAll(name);
    if (more.length > 0) return unreadable(`${name} is repeated`);
    if (!value) return unreadable(`${name} is missing`);
    parameters.set(name, value);
  }
  if (parameters.get('grant_type') !== GRANT_TYPE) return { readable: false, refusal: refuse('unknown-grant-type') };
  return { readable: true, assertion: parameters.get('assertion') ?? '' };
}

/** What the texts of refusals name, taken from the grant: the checks that would have found it did not run. */
function valuesOf(claims: Claims, clients: ClientRegistry): Refusal['values'] {
  const { scope, consumer_org: consumer, iss, authorization_details: details } = claims;
  const scopes = typeof scope === 'string' ? scope : '';
  const objects = Array.isArray(details) ? details.filter((one) => typeof one === 'object' && one !== null) : [];
  return {
    scopes,
    scope: scopes,
    consumer: typeof consumer === 'string' ? consumer : '',
    supplier: typeof iss === 'string' ? (clients.find(iss)?.organisation ?? '') : '',
    type: objects.map((one: { readonly type?: unknown }) => String(one.type)).join(' '),
    fields: objects
      .flatMap((one: object) => Object.keys(one))
      .filter((name) => name !== 'type')
      .join(' '),
  };
}

function claimsOf(assertion: string, jose: typeof Jose): Claims {
  try {
    return jose.decodeJwt(assertion);
  } catch {
    return {};
  }
}

function unreadable(reason: string): ReadForm {
  return { readable: false, refusal: refuse('unreadable-form', { reason }) };
}
