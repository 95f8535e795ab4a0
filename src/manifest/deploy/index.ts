export { givenVariables, targetsOf, verdictOf } from './targets';
export type { GivenVariables, ManifestTarget } from './targets';
export { literalOf } from './text';
export type { DeployText } from './text';
export { deploymentsIn } from './workflow';
export type { Deployment, WorkflowTexts } from './workflow';
