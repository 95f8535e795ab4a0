import * as vscode from 'vscode';
import type { Confirmations } from '../platform/confirmations';
import type { Language } from '../platform/language';
import type { Log } from '../platform/log';
import type { Organisation } from '../platform/organisation';
import type { AltinnTokens } from '../state/altinnTokens';
import type { Credentials } from '../state/credentials';
import type { Environments } from '../state/environments';
import type { FolderDefaults } from '../state/folderDefaults';
import type { LocalTokenEndpoint } from '../state/localTokenEndpoint';
import type { ProvisioningReadings } from '../state/provisioning';
import type { RegistryOfScopes } from '../state/publicScopes';
import type { RequestHistory } from '../state/requestHistory';
import type { RequestSecrets } from '../state/requestSecrets';
import type { RequestWish } from '../state/requests';
import type { SavedRequests } from '../state/savedRequests';
import type { SandboxHost } from '../state/sandboxHost';
import type { SandboxScenarios } from '../state/sandboxScenarios';
import type { TerminalEnvironment } from '../state/terminalEnvironment';
import type { TokenAsk, Tokens } from '../state/tokens';
import type { TreeOptions } from '../state/treeOptions';
import type { Manifests } from '../workspace/manifests';
import type { Targets } from '../workspace/targets';
import type { Variables } from '../workspace/variables';
import type { WorkloadReadings } from '../workspace/workloadReadings';
import { AddCredential } from './addCredential';
import { CheckProvisioning } from './checkProvisioning';
import { registerCopyAccessRequest } from './copyAccessRequest';
import { CopyRequest } from './copyRequest';
import { DecodeToken, type FoundToken } from './decodeToken';
import { registerFilter } from './filterScopes';
import { registerGetToken } from './getToken';
import { registerGetTokenWithOptions } from './getTokenWithOptions';
import { registerInsertBlock } from './insertBlock';
import { ManageCredentials } from './manageCredentials';
import { registerOpenManifest } from './openManifest';
import { registerRefreshPublicScopes } from './refreshPublicScopes';
import { ShowRequestHistory } from './requestHistory';
import { registerReveal } from './reveal';
import { registerRowCommands, type TreeRows } from './rows';
import { registerReportIssue, type Described } from './reportIssue';
import { registerResolveVariables } from './resolveVariables';
import { SaveAndOpenRequests } from './savedRequests';
import { registerSelectEnvironment } from './selectEnvironment';
import { SandboxScenarioCommands } from './sandboxScenario';
import { registerSandboxTools } from './sandboxTools';
import { registerSendRequest } from './sendRequest';
import { ShowCommand } from './showCommand';
import { registerSimpleCommands } from './simple';
import { TokenEndpointCommands } from './tokenEndpoint';
import { registerTreeScope } from './treeScope';

export interface CommandServices {
  readonly extension: Described;
  readonly extensionUri: vscode.Uri;
  readonly manifests: Manifests;
  readonly credentials: Credentials;
  readonly environments: Environments;
  readonly folderDefaults: FolderDefaults;
  readonly targets: Targets;
  readonly tokens: Tokens;
  readonly altinnTokens: AltinnTokens;
  readonly treeOptions: TreeOptions;
  readonly organisation: Organisation;
  readonly provisioning: ProvisioningReadings;
  readonly registry: RegistryOfScopes;
  readonly variables: Variables;
  readonly readings: WorkloadReadings;
  readonly requestSecrets: RequestSecrets;
  readonly history: RequestHistory;
  readonly savedRequests: SavedRequests;
  readonly confirmations: Confirmations;
  readonly sandbox: SandboxHost;
  readonly scenarios: SandboxScenarios;
  readonly endpoint: LocalTokenEndpoint;
  readonly terminals: TerminalEnvironment;
  readonly language: Language;
  readonly log: Log;
}

/** What commands open, and others own. */
export interface CommandViews {
  showToken(ask: TokenAsk): void;
  showTokenOptions(ask: TokenAsk, claim: string | undefined): void;
  showDecoded(found: FoundToken): void;
  readonly onDidWantDecoding: vscode.Event<void>;
  openRequest(ask: TokenAsk | undefined): void;
  /** With a request that was kept. */
  openFilledRequest(wish: RequestWish): void;
  /** The request of the panel that the user looks at. */
  requestAtHand(): RequestWish | undefined;
  showAskLog(): void;
  readonly tree: TreeRows;
}

/** Every command that package.json names. */
export function registerCommands(services: CommandServices, views: CommandViews): vscode.Disposable {
  const { manifests, credentials, environments, tokens, treeOptions, targets, language, log } = services;
  const { organisation, readings, registry } = services;
  const decodeToken = new DecodeToken(language, (found) => {
    views.showDecoded(found);
  });
  const atHand = () => views.requestAtHand();
  const openFilled = (wish: RequestWish) => {
    views.openFilledRequest(wish);
  };
  const adding = new AddCredential(credentials, environments, tokens, log, language);
  const showing = new ShowCommand(manifests, readings, targets, adding, language);
  return vscode.Disposable.from(
    registerGetToken(readings, tokens, language, (ask) => {
      views.showToken(ask);
    }),
    registerGetTokenWithOptions(readings, language, (ask, claim) => {
      views.showTokenOptions(ask, claim);
    }),
    decodeToken.register(),
    views.onDidWantDecoding(() => decodeToken.chooseAndShow()),
    registerSendRequest((ask) => {
      views.openRequest(ask);
    }),
    new CopyRequest(services, atHand).register(),
    new SaveAndOpenRequests(services, atHand, openFilled).register(),
    new ShowRequestHistory(services.history, language, openFilled).register(),
    adding,
    showing,
    new ManageCredentials(services, adding, showing),
    registerSelectEnvironment(environments, language),
    new SandboxScenarioCommands(services),
    registerSandboxTools(services),
    new TokenEndpointCommands(services, () => {
      views.showAskLog();
    }),
    new CheckProvisioning(manifests, readings, services.provisioning, language),
    registerCopyAccessRequest(readings, targets, organisation, language),
    registerRefreshPublicScopes(registry, language, log),
    registerResolveVariables(services),
    registerReveal(),
    registerRowCommands(views.tree, language),
    registerOpenManifest(manifests, language),
    registerInsertBlock(manifests, language),
    registerFilter(treeOptions, language),
    registerTreeScope(treeOptions),
    registerReportIssue(services),
    registerSimpleCommands(manifests, log),
  );
}
