import type { RefusalName } from './refusals';

export interface Explanation {
  readonly meaning: string;
  readonly cure: string;
}

/** What each refusal means and what helps, for someone who deploys on Nais. */
export function explanationsOf(t: (message: string) => string): Readonly<Record<RefusalName, Explanation>> {
  return {
    'MP-011': {
      meaning: t('The assertion, or the form of a claim in it, cannot be read.'),
      cure: t('Look for line breaks, a wrong encoding or a claim of the wrong type.'),
    },
    'MP-012': {
      meaning: t('A grant with this jti has been used before. Each grant is good for one token.'),
      cure: t('Make a new JWT with a new jti for each request, and cache the token instead of the grant.'),
    },
    'MP-100': {
      meaning: t('No client has the id that the claim iss names, in this environment.'),
      cure: t('Check that iss is the client id, and that the client belongs to the issuer that you ask.'),
    },
    'MP-110': {
      meaning: t('The claim aud is not exactly the issuer identifier.'),
      cure: t('Use the issuer from the metadata, with its final slash, as the only aud.'),
    },
    'MP-120': {
      meaning: t('The certificate in x5c does not come from an authority that the issuer trusts.'),
      cure: t(
        'Use a business certificate of this environment. The sandbox trusts the certificateAuthorities of its configuration alone.',
      ),
    },
    'MP-121': {
      meaning: t('The key was registered more than a year ago, and has expired.'),
      cure: t(
        'Register a new key. On Nais, annotate the MaskinportenClient with digdir.nais.io/rotate=true, and import the new key.',
      ),
    },
    'MP-122': {
      meaning: t('The certificate belongs to another organisation than the client.'),
      cure: t('Use a certificate of the organisation that owns the client.'),
    },
    'MP-123': {
      meaning: t('The header x5c is not a list of certificates, each as base64 of its DER form.'),
      cure: t('Put the whole chain there, the certificate that signs first. With a registered key, set kid instead.'),
    },
    'MP-124': {
      meaning: t('The signature does not fit the registered key that kid names.'),
      cure: t('Sign with the private key that belongs to this kid.'),
    },
    'MP-130': {
      meaning: t('The time in the claim exp has passed.'),
      cure: t('Make the JWT just before it is sent, and check that the clock is right.'),
    },
    'MP-200': {
      meaning: t('The named scopes are not registered on the client.'),
      cure: t(
        'Check the spelling, and that the scope is under consumes in the manifest. After a deploy it can take up to 15 minutes to reach Maskinporten; a scope that its owner has not granted to your organisation never gets there.',
      ),
    },
    'MP-201': {
      meaning: t('The named scopes are not for clients of Maskinporten.'),
      cure: t('The owner decides this with the scope’s integration types. Ask whether there is another scope.'),
    },
    'MP-250': {
      meaning: t('The scope is on the client, but its owner no longer lets your organisation use it.'),
      cure: t(
        'Ask the owner for the right to the scope. If you ask on behalf of another organisation, it is the other that needs the right.',
      ),
    },
    'MP-251': {
      meaning: t('The organisation in consumer_org has not delegated the scope to yours in Altinn.'),
      cure: t('Ask it to delegate the scope, or leave consumer_org out when you ask on your own behalf.'),
    },
    'MP-301': {
      meaning: t('The type in authorization_details is not supported.'),
      cure: t('Use one of authorization_details_types_supported in the metadata.'),
    },
    'MP-302': {
      meaning: t('The authorization_details have members that their type does not have.'),
      cure: t('Remove them. A system user is named by systemuser_org and, if need be, externalRef.'),
    },
    'MP-303': {
      meaning: t('Altinn has no system user or consent for this client that fits the authorization_details.'),
      cure: t(
        'Check the values, and that the system user is approved. The sandbox knows those of its configuration, and no consents.',
      ),
    },
    'unknown-kid': {
      meaning: t('The client has no key with this kid. Often iss names another client than the key belongs to.'),
      cure: t('Check that iss and kid belong together. On Nais the key was probably rotated since: import it again.'),
    },
    'missing-kid': {
      meaning: t('The client has registered keys, so the header of the grant must name one.'),
      cure: t('Set kid in the header of the JWT.'),
    },
    'issued-in-future': {
      meaning: t('The claim iat is more than 10 seconds ahead of the issuer’s clock.'),
      cure: t('Synchronise the clock.'),
    },
    'own-organisation': {
      meaning: t('The claim consumer_org names the organisation that owns the client.'),
      cure: t('Leave consumer_org out: it is for asking on behalf of another organisation.'),
    },
    'on-behalf-of': {
      meaning: t('The claim iss_onbehalfof is for Digdir’s older kind of delegation, and nobody is registered for it.'),
      cure: t('Use consumer_org, and have the scope delegated in Altinn.'),
    },
    'unreadable-form': {
      meaning: t('The request is not a form with one grant_type and one assertion.'),
      cure: t('Send the two as application/x-www-form-urlencoded, each once.'),
    },
    'unknown-grant-type': {
      meaning: t('Maskinporten has one grant type.'),
      cure: t('Set grant_type to urn:ietf:params:oauth:grant-type:jwt-bearer.'),
    },
    'refused-algorithm': {
      meaning: t('The grant is signed with an algorithm that Maskinporten does not take.'),
      cure: t('Sign with RS256, RS384 or RS512.'),
    },
    'two-keys': {
      meaning: t('The header of the grant names its key both by kid and by x5c.'),
      cure: t('Keep kid alone: the client has registered keys.'),
    },
    'missing-claim': {
      meaning: t('A claim that every grant must have is missing or empty.'),
      cure: t('A grant must have iss, aud, scope, iat and exp.'),
    },
    'unknown-claim': {
      meaning: t('The grant has claims that Maskinporten does not know.'),
      cure: t('Remove them. Digdir’s page “JWT grant” lists the claims that are known.'),
    },
    'issued-too-long-ago': {
      meaning: t('The claim iat is more than 10 seconds behind the issuer’s clock.'),
      cure: t('Make the JWT just before it is sent, and check that the clock is right.'),
    },
    'lifetime-too-long': {
      meaning: t('A grant may live 120 seconds: exp is later than that after iat.'),
      cure: t('Set exp to at most 120 seconds after iat.'),
    },
    'grants-put-off': {
      meaning: t('The sandbox has remembered as many grants as it may, and takes no new ones for some seconds.'),
      cure: t('Wait half a minute, and cache tokens for as long as they live.'),
    },
  };
}
