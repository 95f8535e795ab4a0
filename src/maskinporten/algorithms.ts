/** The signature algorithms of Digdir's page "JWT grant", for grants and for access tokens alike. */
export const SIGNING_ALGORITHMS: readonly string[] = ['RS256', 'RS384', 'RS512'];
