export { startSandbox } from './sandbox';
export { startTexas } from './texasServer';
export type { TexasServer, TexasServerOptions } from './texasServer';
export type { TrustedIssuer } from './texas/introspection';
export type { RefusalName } from './refusals';
export type { Disruption, Scenario, ScenarioKind } from './scenarios';
export type {
  Sandbox,
  SandboxClient,
  SandboxConsent,
  SandboxDelegation,
  SandboxEvent,
  SandboxExposedScope,
  SandboxLimits,
  SandboxListener,
  SandboxOptions,
  SandboxSystemUser,
  TexasAddresses,
} from './model';
