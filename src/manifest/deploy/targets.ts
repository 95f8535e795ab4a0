import type { Target, TargetGuess } from '../target';
import { guessTarget } from '../target';
import type { Deployment } from './workflow';
import { literalOf, mayBePath, normalPath } from './text';

/** One place that a manifest is deployed to. */
export interface ManifestTarget extends TargetGuess {
  /** As `dev-gcp`, where a workflow says so. */
  readonly cluster: string | undefined;
  /** How it is known: by a deploy workflow, or by the file's own name. */
  readonly origin: 'workflow' | 'name';
  /** The variables file that is used there, as a path from the root of the repository. */
  readonly variables: string | undefined;
  /** The step of the workflow. */
  readonly deployment: Deployment | undefined;
}

/**
 * Everywhere that a manifest goes to. A deploy workflow's CLUSTER decides; without one the file's name does.
 * `path` is from the root of the repository, `name` as far as names may tell something, with the folders of the workspace.
 */
export function targetsOf(path: string, name: string, deployments: readonly Deployment[]): readonly ManifestTarget[] {
  const guess = guessTarget(name);
  const targets = deployments.flatMap((deployment) => targetOf(path, guess, deployment));
  if (targets.length > 0) {
    return distinct(targets);
  }
  return guess.target === 'unknown' && !guess.onPrem
    ? []
    : [{ ...guess, cluster: undefined, origin: 'name', variables: undefined, deployment: undefined }];
}

function targetOf(path: string, guess: TargetGuess, deployment: Deployment): readonly ManifestTarget[] {
  const resource =
    deployment.resources.find((each) => literalOf(each) !== undefined && mayBePath(each, path)) ??
    deployment.resources.find((each) => mayBePath(each, path));
  if (resource === undefined) {
    return [];
  }
  const { cluster, vars } = deployment;
  const ofCluster = cluster === undefined ? guess : clusterTarget(cluster);
  // With a gap in the path it may be another file that goes to this cluster: the name must not say otherwise.
  if (literalOf(resource) === undefined && contradict(ofCluster.target, guess.target)) {
    return [];
  }
  const variables = vars && literalOf(vars);
  return [
    {
      ...ofCluster,
      cluster,
      origin: 'workflow',
      variables: variables === undefined ? undefined : normalPath(variables),
      deployment,
    },
  ];
}

/** What the name of a cluster says: `dev-gcp`, `prod-fss`. */
export function clusterTarget(cluster: string): TargetGuess {
  return guessTarget(cluster.replaceAll('.', '-'));
}

/** The same cluster with the same variables is one target, however many branches deploy to it. */
function distinct(targets: readonly ManifestTarget[]): readonly ManifestTarget[] {
  const seen = new Map(targets.map((target) => [`${target.cluster ?? ''}\n${target.variables ?? ''}`, target]));
  return [...seen.values()];
}

function contradict(a: Target, b: Target): boolean {
  return a !== b && a !== 'unknown' && b !== 'unknown';
}

/**
 * The one answer for rules. With a variables file, the deployments that use it decide; where several do not agree, the
 * target is not known, and on-prem is only what is on-prem everywhere. Where nothing else tells, the name of the variables
 * file does.
 */
export function verdictOf(targets: readonly ManifestTarget[], variables?: string): TargetGuess {
  const chosen = targets.filter((target) => variables !== undefined && target.variables === variables);
  const deciding = chosen.length > 0 ? chosen : targets;
  const [first] = deciding;
  if (first === undefined && variables !== undefined) {
    return guessTarget(variables);
  }
  return {
    target: first !== undefined && deciding.every(({ target }) => target === first.target) ? first.target : 'unknown',
    onPrem: first !== undefined && deciding.every(({ onPrem }) => onPrem),
  };
}

/** What the workflow gives beside a variables file. Where several deployments with that file differ, nothing is known. */
export interface GivenVariables {
  readonly assignments: Deployment['var'];
  readonly mayBeMore: boolean;
}

/** The variables that the workflow gives a manifest with this variables file: `VAR`, and `image` where `IMAGE` is set; nothing where no
 * workflow is known to use the file. */
export function givenVariables(
  targets: readonly ManifestTarget[],
  variables: string | undefined,
): GivenVariables | undefined {
  const deployments = targets.flatMap((target) =>
    variables !== undefined && target.variables === variables ? (target.deployment ?? []) : [],
  );
  if (deployments.length === 0) {
    return undefined;
  }
  const names = new Set(
    deployments.flatMap((each) => [...each.var.map(({ name }) => name), ...(each.image ? ['image'] : [])]),
  );
  const assignments = [...names].map((name) => {
    const values = deployments.map((each) => each.var.findLast((item) => item.name === name)?.value);
    return { name, value: values.every((value) => value === values[0]) ? values[0] : undefined };
  });
  return { assignments, mayBeMore: deployments.some(({ mayHaveMore }) => mayHaveMore) };
}
