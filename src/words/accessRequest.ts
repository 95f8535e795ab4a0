import { ownerOf } from '../manifest';
import type { Translate } from '../shared/localize';

/** Digdir's environments: each has its own grants. */
export type RequestedEnvironment = 'test' | 'prod' | 'both';

export interface AccessRequest {
  readonly scopes: readonly string[];
  readonly environment: RequestedEnvironment;
  /** Who asks. */
  readonly organisation: {
    readonly number: string;
    readonly name: string | undefined;
    /** The prefix of the scopes that are its own. */
    readonly scopePrefix: string;
  };
}

/** One owner's share of a request. */
interface OwnersShare {
  readonly owner: string | undefined;
  readonly isOwn: boolean;
  readonly scopes: readonly string[];
}

/**
 * The text that asks the owners of scopes for access, in Norwegian and then in English: one text for each owner. Takes
 * a Translate for either language, since the reader's is not known.
 */
export function accessRequestText(request: AccessRequest, languages: Readonly<Record<'nb' | 'en', Translate>>): string {
  return sharesOf(request)
    .flatMap((share) => [requestIn(languages.nb, share, request), requestIn(languages.en, share, request)])
    .join(`\n${'-'.repeat(60)}\n\n`);
}

function sharesOf({ scopes, organisation }: AccessRequest): OwnersShare[] {
  const byPrefix = new Map<string, string[]>();
  for (const scope of new Set(scopes)) {
    const prefix = /^([^:]*):/.exec(scope)?.[1] ?? '';
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), scope]);
  }
  return [...byPrefix].map(([prefix, own]) => ({
    owner: ownerOf(`${prefix}:`)?.name,
    isOwn: prefix === organisation.scopePrefix,
    scopes: own,
  }));
}

function requestIn(t: Translate, { owner, isOwn, scopes }: OwnersShare, request: AccessRequest): string {
  const { name, number } = request.organisation;
  const organisation = name ?? number;
  const several = scopes.length > 1;
  const rows = [
    [t('Scope'), scopes.join('\n')],
    [t('Environment'), environmentWords(request.environment, t)],
    [t('Organisation'), name],
    [t('Organisation number'), number],
    [t('Client'), t('Maskinporten (server to server)')],
    [t('Purpose and legal basis'), ''],
    [t('Contact'), ''],
  ] as const;
  return [
    t('Subject: Access to {scope} in Maskinporten for {organisation}', {
      scope: several ? t('{count} scopes', { count: scopes.length }) : (scopes[0] ?? ''),
      organisation,
    }),
    '',
    owner === undefined ? t('Hello,') : t('Hello {owner},', { owner }),
    '',
    several
      ? t('{organisation} asks for access to these scopes in Maskinporten:', { organisation })
      : t('{organisation} asks for access to this scope in Maskinporten:', { organisation }),
    '',
    ...rows.flatMap(([label, value]) => (value === undefined ? [] : [rowOf(label, value)])),
    '',
    isOwn
      ? t(
          'The scope is exposed by one of our own workloads: {number} must be among its consumers in the manifest, which is then deployed.',
          { number },
        )
      : t('Please grant it to the organisation number. Each environment has grants of its own.'),
    '',
  ].join('\n');
}

/** Several scopes stand below each other. */
function rowOf(label: string, value: string): string {
  const lines = value.split('\n');
  return lines.length > 1 ? [`${label}:`, ...lines.map((line) => `  ${line}`)].join('\n') : `${label}: ${value}`;
}

function environmentWords(environment: RequestedEnvironment, t: Translate): string {
  switch (environment) {
    case 'test':
      return t('test (test.maskinporten.no)');
    case 'prod':
      return t('production (maskinporten.no)');
    case 'both':
      return t('test (test.maskinporten.no) and production (maskinporten.no)');
  }
}
