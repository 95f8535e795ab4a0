/** Who owns the scopes of a prefix. */
export interface ScopeOwner {
  readonly name: string;
  /** Where the pairing is published. */
  readonly source: string;
}

/** Prefixes that are publicly documented. Digdir hands them out one by one, so this is never all of them. */
const OWNERS: Readonly<Record<string, ScopeOwner>> = {
  aksio: { name: 'Aksio', source: 'navikt manifests' },
  altinn: { name: 'Altinn (Digdir)', source: 'https://docs.altinn.studio/' },
  brreg: { name: 'Brønnøysundregistrene', source: 'https://brreg.github.io/docs/' },
  digdir: { name: 'Digdir', source: 'https://docs.digdir.no/' },
  entur: { name: 'Entur', source: 'https://github.com/entur' },
  folkeregister: {
    name: 'Skatteetaten (Folkeregisteret)',
    source: 'https://skatteetaten.github.io/folkeregisteret-api-dokumentasjon/',
  },
  gabler: { name: 'Gabler', source: 'navikt manifests' },
  idporten: { name: 'Digdir (ID-porten)', source: 'https://docs.digdir.no/' },
  klp: { name: 'KLP', source: 'navikt manifests' },
  krr: { name: 'Digdir (Kontakt- og reservasjonsregisteret)', source: 'https://docs.digdir.no/' },
  ks: { name: 'KS', source: 'https://developers.fiks.ks.no/' },
  move: { name: 'Digdir (eFormidling)', source: 'https://docs.digdir.no/' },
  nav: { name: 'Nav', source: 'https://docs.nais.io/auth/maskinporten/' },
  nhn: { name: 'Norsk helsenett', source: 'https://utviklerportal.nhn.no/' },
  skatteetaten: { name: 'Skatteetaten', source: 'https://skatteetaten.github.io/api-dokumentasjon/' },
  spk: { name: 'Statens pensjonskasse', source: 'navikt manifests' },
  stbsbl: { name: 'Storebrand', source: 'navikt manifests' },
  stbsbp: { name: 'Storebrand', source: 'navikt manifests' },
  svv: { name: 'Statens vegvesen', source: 'https://www.vegvesen.no/' },
};

/** The owner of `scope` by its prefix (the part before the first colon), if the prefix is publicly known. */
export function ownerOf(scope: string): ScopeOwner | undefined {
  const prefix = /^([^:]+):/.exec(scope)?.[1];
  return prefix !== undefined && Object.hasOwn(OWNERS, prefix) ? OWNERS[prefix] : undefined;
}
