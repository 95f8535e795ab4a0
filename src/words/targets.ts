import type { Target } from '../manifest';
import type { Translate } from '../shared/localize';

/** As much of a target as is told. */
export interface ToldTarget {
  /** As `dev-gcp`. */
  readonly cluster: string | undefined;
  readonly target: Target;
  readonly onPrem: boolean;
  readonly origin: 'workflow' | 'name';
}

/** Where a manifest is deployed to, a line for each target; none where nothing is known. */
export function wordTargets(targets: readonly ToldTarget[], t: Translate): readonly string[] {
  return targets.map(({ cluster, target, onPrem, origin }) => {
    const environment = wordEnvironment(target, t);
    const where =
      cluster !== undefined
        ? t('Deployed to {cluster}: {environment}', { cluster, environment })
        : origin === 'workflow'
          ? t('Deployed to a cluster that only the workflow knows: {environment}', { environment })
          : t('By the name of the file: {environment}', { environment });
    return onPrem ? t('{target}, on-prem, where outbound rules do not apply', { target: where }) : where;
  });
}

function wordEnvironment(target: Target, t: Translate): string {
  switch (target) {
    case 'dev':
      return t('Digdir’s test environment');
    case 'prod':
      return t('production');
    case 'unknown':
      return t('test or production');
  }
}
