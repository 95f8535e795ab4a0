export { provisioningCommand, resyncCommand } from './command';
export type { ProvisioningTarget } from './command';
export { explainProvisioning } from './explain';
export type { ManifestSide, ProvisioningFinding, ProvisioningReport, ProvisioningVerdict } from './explain';
export { provisioningFacts } from './facts';
export type { ProvisioningFacts } from './facts';
export type { Condition, ProvisioningProblem, ProvisioningReading, ProvisioningStatus } from './model';
export { readProvisioning } from './read';
