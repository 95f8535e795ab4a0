/**
 * Scopes that public documentation or public manifests name; never all there are. Each keeps to no rule but its own:
 * a scope that is listed here is right as it is.
 * Sources: docs.digdir.no, docs.altinn.studio, skatteetaten.github.io, developers.fiks.ks.no, brreg.github.io,
 * utviklerportal.nhn.no, api-portal.nav.no and manifests in github.com/navikt.
 */
const KNOWN_SCOPES: readonly string[] = [
  'aksio:afpstatus',
  'altinn:accessmanagement/authorizedparties.admin',
  'altinn:accessmanagement/authorizedparties.resourceowner',
  'altinn:authentication/systemregister.write',
  'altinn:authentication/systemuser.request.read',
  'altinn:authentication/systemuser.request.write',
  'altinn:authorization/authorize',
  'altinn:consentrequests.read',
  'altinn:consentrequests.write',
  'altinn:correspondence.read',
  'altinn:correspondence.write',
  'altinn:maskinporten/delegationsSchemes.write',
  'altinn:resourceregistry/accesslist.read',
  'altinn:resourceregistry/accesslist.write',
  'altinn:serviceowner/delegationrequests.read',
  'altinn:serviceowner/delegationrequests.write',
  'altinn:serviceowner/instances.read',
  'altinn:serviceowner/instances.write',
  'altinn:serviceowner/notifications.create',
  'altinn:serviceowner/organizations',
  'altinn:serviceowner/reportees',
  'altinn:serviceowner/rolesandrights',
  'brreg:mottak',
  'brreg:reelle/offentlig',
  'brreg:reelle/rapporteringspliktig',
  'digdir:dialogporten',
  'digdir:dialogporten.serviceprovider',
  'digdir:dialogporten.serviceprovider.changetransmissions',
  'entur:skyss.1',
  'folkeregister:deling/finans',
  'folkeregister:deling/offentligmedhjemmel',
  'folkeregister:deling/offentligutenhjemmel',
  'folkeregister:deling/presse',
  'folkeregister:deling/privat',
  'folkeregister:deling/privatutenhjemmel',
  'folkeregister:deling/utstedereid',
  'gabler:nav',
  'global/idporten.authlevel.read',
  'klp:ofa/nav',
  'klp:oftp/simulering',
  'krr:global/digitalpost.read',
  'krr:global/kontaktinformasjon.read',
  'ks:fiks',
  'move/dpo.read',
  'nav:aareg/v1/arbeidsforhold/otp',
  'nav:medlemskap/v1/medlemskapsunntak',
  'nav:pensjon/v1/tpregisteret',
  'nhn:hpr/basic',
  'nhn:hpr/export',
  'nhn:hpr/extended',
  'opf:nav',
  'skatteetaten:innkrevingsoppdrag',
  'skatteetaten:innrapporteringaksjonaerregisteroppgave',
  'skatteetaten:innrapporteringamelding',
  'skatteetaten:innrapporteringboligselskap',
  'skatteetaten:inntekt',
  'skatteetaten:inntektsmottakere',
  'skatteetaten:kravogbetalinger',
  'skatteetaten:skattekorttilarbeidsgiver',
  'skatteetaten:skattemelding',
  'skatteetaten:skattemeldingupersonlig',
  'skatteetaten:summertskattegrunnlag',
  'skatteetaten:testnorge/testdata.read',
  'skatteetaten:tjenestepensjonsavtale',
  'skatteetaten:trekkpaalegg',
  'spk:nav',
  'stbsbl:nav',
  'stbsbp:nav',
  'svv:kjoretoy/kjoretoyopplysninger',
];

const KNOWN: ReadonlySet<string> = new Set(KNOWN_SCOPES);

const BY_SPELLING: ReadonlyMap<string, string> = new Map(KNOWN_SCOPES.map((scope) => [spellingOf(scope), scope]));

/** Whether a public source names the scope. That it does not says nothing: many scopes are private. */
export function isKnownScope(scope: string): boolean {
  return KNOWN.has(scope);
}

/** The known scopes that are `subscope` with a prefix, or with a slash where the colon should be. */
export function knownWithPrefix(subscope: string): readonly string[] {
  const withColon = subscope.replace('/', ':');
  return KNOWN_SCOPES.filter((known) => known === withColon || known.slice(known.indexOf(':') + 1) === subscope);
}

/** The known scope that differs from `scope` only in upper and lower case, `-` and `_`. */
export function knownInOtherSpelling(scope: string): string | undefined {
  return BY_SPELLING.get(spellingOf(scope));
}

function spellingOf(scope: string): string {
  return scope.toLowerCase().replace(/[-_]/g, '');
}
