/** Which of Digdir's environments a manifest is for: clusters for development use test, the others production. */
export type Target = 'dev' | 'prod' | 'unknown';

export interface TargetGuess {
  readonly target: Target;
  /** It names an on-prem cluster (`dev-fss`, `prod-fss`), where no outbound rules apply. */
  readonly onPrem: boolean;
}

const PROD_WORDS: ReadonlySet<string> = new Set(['prod', 'production']);
const DEV_WORDS = /^(?:dev|development|preprod|test|staging|q\d?|t\d)$/;

/**
 * Guesses the target from a path within the workspace, as people name their manifests: `.nais/nais-dev.yaml`, `nais/prod/app.yaml`,
 * `deploy-q1.yml`. The nearest part of the path that names one decides; a part that names both says nothing.
 */
export function guessTarget(path: string): TargetGuess {
  const [name = '', ...folders] = path.split(/[\\/]/).reverse();
  const parts = [wordsOf(name.replace(/\.[^.]*$/, '')), ...folders.slice(0, 3).map(wordsOf)];
  const onPrem = parts.some((words) => words.includes('fss'));
  for (const words of parts) {
    const isProd = words.some((word) => PROD_WORDS.has(word));
    const isDev = words.some((word) => DEV_WORDS.test(word));
    if (isProd || isDev) {
      return { target: isProd && isDev ? 'unknown' : isProd ? 'prod' : 'dev', onPrem };
    }
  }
  return { target: 'unknown', onPrem };
}

function wordsOf(part: string): readonly string[] {
  return part.toLowerCase().split(/[^a-z0-9]+/);
}
