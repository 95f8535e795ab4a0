import { environmentOf, PROD, TEST } from '../maskinporten/environments';
import { importClientKey } from '../maskinporten/keys';
import { isProtectedUrl } from '../maskinporten/loopback';
import type { Environment, IssuerEndpoints } from '../maskinporten/model';
import { isOrganisationNumber } from '../maskinporten/numbers';
import { texasEndpoint } from '../maskinporten/texas';
import type { Translate } from '../shared/localize';
import { wordProblem } from '../words/problems';
import { askChoice, askText, BACK, isAnswer, type Answer } from './wizard';

/** The questions about the parts of a credential. Each can be gone back from, and keeps asking until the answer fits. */
export class CredentialInputs {
  constructor(
    private readonly title: string,
    private readonly t: Translate,
  ) {}

  /** `offered` is where the workload is deployed, as far as that is known: said, and never chosen for the user. */
  async environment(offered?: 'test' | 'prod'): Promise<Answer<Environment>> {
    const t = this.t;
    const isOffered = (kind: 'test' | 'prod') => (kind === offered ? ` · ${t('where this workload is deployed')}` : '');
    for (;;) {
      const chosen = await askChoice<Environment | 'custom'>({
        title: this.title,
        back: true,
        placeholder: t('Which Maskinporten knows this client?'),
        items: [
          { label: t('Test'), description: `${TEST.issuer}${isOffered('test')}`, value: TEST },
          { label: t('Production'), description: `${PROD.issuer}${isOffered('prod')}`, value: PROD },
          {
            label: t('Another issuer…'),
            description: t('by its URL: a local one, mock-oauth2-server'),
            value: 'custom',
          },
        ],
      });
      if (chosen !== 'custom') return chosen;
      const issuer = await this.issuer();
      if (issuer !== BACK) return issuer;
    }
  }

  private async issuer(): Promise<Answer<Environment>> {
    const t = this.t;
    const issuer = await askText({
      title: this.title,
      back: true,
      prompt: t('Issuer URL, exactly as in its metadata'),
      placeholder: 'https://test.maskinporten.no/',
      check: (text) => this.urlFault(text, t('An issuer must use https, unless it runs on this machine.')),
    });
    return isAnswer(issuer) ? environmentOf(issuer) : issuer;
  }

  /** For an issuer without metadata (RFC 8414): where it gives tokens, and where its keys are. */
  async endpoints(before: IssuerEndpoints | undefined): Promise<Answer<IssuerEndpoints>> {
    const t = this.t;
    const ask = (prompt: string, value: string | undefined) =>
      askText({
        title: this.title,
        back: true,
        prompt,
        value,
        check: (text) => this.urlFault(text, t('An endpoint must use https, unless it is on this machine.')),
      });
    for (;;) {
      const tokenEndpoint = await ask(t('Where it gives tokens (token_endpoint)'), before?.tokenEndpoint);
      if (!isAnswer(tokenEndpoint)) return tokenEndpoint;
      const jwksUri = await ask(t('Where its public keys are (jwks_uri)'), before?.jwksUri);
      if (jwksUri === undefined) return undefined;
      if (jwksUri !== BACK) return { tokenEndpoint, jwksUri };
    }
  }

  clientId(value: string | undefined): Promise<Answer<string>> {
    const t = this.t;
    return askText({
      title: this.title,
      back: true,
      prompt: t('Client id (MASKINPORTEN_CLIENT_ID)'),
      value,
      check: (text) => {
        if (text === '') return t('A client id is needed: it is the issuer of every grant.');
        return /^[\x21-\x7e]+$/.test(text) ? undefined : t('A client id has no spaces and only plain characters.');
      },
    });
  }

  /** Gives the text of a JWK that can sign. It is not shown while it is typed. */
  privateKey(): Promise<Answer<string>> {
    const t = this.t;
    return askText({
      title: this.title,
      back: true,
      prompt: t(
        'Private key as a JWK (MASKINPORTEN_CLIENT_JWK). It is kept in the secret store of this machine, nowhere else.',
      ),
      placeholder: '{"kty":"RSA", …}',
      secret: true,
      check: async (text) => {
        const key = await importClientKey(text);
        if (key.ok) return undefined;
        const { cause, cure } = wordProblem(key.problem, t);
        return `${cause} ${cure}`;
      },
    });
  }

  keyId(value: string | undefined): Promise<Answer<string>> {
    const t = this.t;
    return askText({
      title: this.title,
      back: true,
      prompt: t('Key id (kid) under which the public key is registered at Digdir'),
      value,
      check: (text) => (text === '' ? t('Maskinporten finds the key by its id.') : undefined),
    });
  }

  /** Gives an empty text for no organisation. */
  consumerOrg(value: string | undefined): Promise<Answer<string>> {
    const t = this.t;
    return askText({
      title: this.title,
      back: true,
      prompt: t('Organisation number of whom to ask on behalf of (consumer_org); nothing for your own organisation'),
      value,
      check: (text) =>
        text === '' || isOrganisationNumber(text)
          ? undefined
          : t('An organisation number has nine digits, and the last one checks the others.'),
    });
  }

  name(value: string, taken: ReadonlySet<string>): Promise<Answer<string>> {
    const t = this.t;
    return askText({
      title: this.title,
      back: true,
      prompt: t('A name for it, shown as the environment'),
      value,
      check: (text) => {
        if (text === '') return t('Give it a name.');
        return taken.has(text) ? t('Another credential has this name.') : undefined;
      },
    });
  }

  /** Gives the URL of the token endpoint, with Texas's own path where the user's text has none. */
  async texas(value: string): Promise<Answer<string>> {
    const t = this.t;
    const answer = await askText({
      title: this.title,
      back: true,
      prompt: t('URL of Texas: the forwarded port of a pod, or a Texas that runs on this machine'),
      value,
      check: (text) => {
        const endpoint = texasEndpoint(text);
        if (endpoint.ok) return undefined;
        const { title, cure } = wordProblem(endpoint.problem, t);
        return `${title} ${cure}`;
      },
    });
    if (!isAnswer(answer)) return answer;
    const endpoint = texasEndpoint(answer);
    return endpoint.ok ? endpoint.url : answer;
  }

  scopes(): Promise<Answer<string>> {
    const t = this.t;
    return askText({
      title: this.title,
      back: true,
      prompt: t('Which scope to ask for?'),
      check: (text) => (text === '' ? t('A scope is needed: a token is always for one.') : undefined),
    });
  }

  private urlFault(text: string, insecure: string): string | undefined {
    const t = this.t;
    if (!URL.canParse(text)) return t('Write the whole URL, with https:// in front.');
    const url = new URL(text);
    if (!isProtectedUrl(url)) return insecure;
    if (url.search || url.hash || url.username) return t('This URL can have no query, no fragment and no user name.');
    return undefined;
  }
}
