import assert from 'node:assert/strict';
import { appVariables, dotEnv, type AppClient } from '../../../src/maskinporten/appEnvironment';

const CLIENT: AppClient = {
  clientId: 'a-client',
  privateJwk: { kty: 'RSA', kid: 'a-key' },
  scopes: ['skatteetaten:inntekt', 'krr:global/kontaktinformasjon.read'],
  metadataUrl: 'http://127.0.0.1:7170/x/.well-known/oauth-authorization-server',
  issuer: 'http://127.0.0.1:7170/x/',
  tokenEndpoint: 'http://127.0.0.1:7170/x/token',
  jwksUri: 'http://127.0.0.1:7170/x/jwk',
};
const TEXAS = {
  tokenEndpoint: 'http://127.0.0.1:1/api/v1/token',
  introspectionEndpoint: 'http://127.0.0.1:1/api/v1/introspect',
};

describe('the environment of an app', () => {
  it('has the names of Nais', () => {
    assert.deepEqual(
      appVariables(CLIENT, TEXAS).map(([name]) => name),
      [
        'MASKINPORTEN_CLIENT_ID',
        'MASKINPORTEN_CLIENT_JWK',
        'MASKINPORTEN_SCOPES',
        'MASKINPORTEN_WELL_KNOWN_URL',
        'MASKINPORTEN_ISSUER',
        'MASKINPORTEN_TOKEN_ENDPOINT',
        'MASKINPORTEN_JWKS_URI',
        'NAIS_TOKEN_ENDPOINT',
        'NAIS_TOKEN_INTROSPECTION_ENDPOINT',
      ],
    );
  });

  it('has no key where there is no client, and no Texas where there is none', () => {
    assert.deepEqual(
      appVariables(undefined, TEXAS).map(([name]) => name),
      ['NAIS_TOKEN_ENDPOINT', 'NAIS_TOKEN_INTROSPECTION_ENDPOINT'],
    );
    assert.deepEqual(appVariables(undefined, undefined), []);
  });

  it('is one line for each variable, as docker reads it, whatever a manifest calls a scope', () => {
    const scopes = ['a:b', 'a:c\nLD_PRELOAD=/tmp/x.so', 'a:${PATH}', 'a:"d"', 'a:`e`'];
    const text = dotEnv(appVariables({ ...CLIENT, scopes }, undefined));
    assert.equal(text.split('\n').length, 8);
    assert.match(text, /^MASKINPORTEN_SCOPES=a:b$/m);
    assert.match(text, /^MASKINPORTEN_CLIENT_JWK=\{"kty":"RSA","kid":"a-key"\}$/m);
    assert.doesNotMatch(text, /LD_PRELOAD|\$/);
  });
});
