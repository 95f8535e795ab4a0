import type * as vscode from 'vscode';
import { manifestTool } from './assistant/manifestTool';
import { refusalTool } from './assistant/refusalTool';
import type { Tools } from './assistant/tools';
import { documentationUri } from './commands/documentation';
import { registerCommands } from './commands/register';
import { registerEditor } from './editor/register';
import { AskLog } from './explorer/askLog';
import { EndpointStatus } from './explorer/endpointStatus';
import type { LazyTree } from './explorer/lazyTree';
import { ScopeTree } from './explorer/scopeTree';
import { EnvironmentStatus } from './explorer/statusBar';
import { DecodePanels } from './panels/decodePanel';
import { Remedies } from './panels/remedies';
import { RequestPanels } from './panels/requestPanels';
import type { PanelRestorers } from './panels/restore';
import { ResponseDocuments } from './panels/responseDocuments';
import { TokenPanels } from './panels/tokenPanels';
import { TokenWaits } from './panels/tokenWaits';
import { Confirmations } from './platform/confirmations';
import { Language } from './platform/language';
import { Log } from './platform/log';
import { Organisation } from './platform/organisation';
import { AltinnTokens } from './state/altinnTokens';
import { Credentials } from './state/credentials';
import { Environments } from './state/environments';
import { FolderDefaults } from './state/folderDefaults';
import { HostTransport } from './state/hostTransport';
import { LocalTokenEndpoint } from './state/localTokenEndpoint';
import { ProvisioningReadings } from './state/provisioning';
import { RegistryOfScopes } from './state/publicScopes';
import { Requests } from './state/requests';
import { SandboxHost } from './state/sandboxHost';
import { SandboxKeys } from './state/sandboxKeys';
import { SandboxScenarios } from './state/sandboxScenarios';
import { TerminalEnvironment } from './state/terminalEnvironment';
import { Tokens } from './state/tokens';
import { TreeOptions } from './state/treeOptions';
import { Deployments } from './workspace/deployments';
import { Findings } from './workspace/findings';
import { KnownScopesSource } from './workspace/knownScopes';
import { Manifests } from './workspace/manifests';
import { Targets } from './workspace/targets';
import { Variables } from './workspace/variables';
import { WorkloadReadings } from './workspace/workloadReadings';
import { worldOf } from './workspace/world';

/** What was put up before, and is now behind it. */
export interface Main {
  readonly tree: ScopeTree;
  readonly panels: PanelRestorers;
  readonly tools: Tools;
}

/** Builds the services in the order in which they need each other, and registers what the user sees of them. */
export function start(context: vscode.ExtensionContext, lazyTree: LazyTree): Main {
  const { extensionUri, globalState, globalStorageUri, secrets, subscriptions, workspaceState } = context;
  const own = <T extends { dispose(): unknown }>(disposable: T): T => {
    subscriptions.push(disposable);
    return disposable;
  };
  const log = own(new Log());
  const language = own(new Language(context.extensionPath));
  const organisation = own(new Organisation());
  const confirmations = new Confirmations(language);
  const manifests = own(new Manifests(context.asAbsolutePath('dist/manifestWorker.js'), language, log));
  const deployments = own(new Deployments(log));
  const variables = own(new Variables(workspaceState, deployments, log));
  const readings = own(new WorkloadReadings(manifests, variables));
  const targets = own(new Targets(deployments, variables));
  const credentials = own(new Credentials(globalState, secrets, log));
  const folderDefaults = own(new FolderDefaults(globalState));
  const environments = own(new Environments(workspaceState, credentials, language.t, folderDefaults));
  const provisioning = own(new ProvisioningReadings(environments));
  const transport = own(new HostTransport(language, log));
  const registry = own(new RegistryOfScopes(transport, globalStorageUri, log));
  const knownScopes = own(new KnownScopesSource(registry, language, log));
  const findings = own(new Findings(organisation, manifests, targets, variables, knownScopes));
  const world = () => ({ organisation: organisation.number, ...worldOf(readings, organisation.scopePrefix) });
  const onDidChangeWorld = readings.onDidChange;
  const keys = new SandboxKeys(workspaceState, secrets, log);
  const sandbox = own(new SandboxHost({ world, onDidChangeWorld, keys, language, log }));
  const tokens = own(new Tokens(transport, environments, credentials, sandbox, confirmations, log));
  const scenarios = own(new SandboxScenarios(sandbox, tokens));
  const endpoint = own(new LocalTokenEndpoint({ tokens, credentials, scenarios, confirmations, log }));
  const terminals = own(new TerminalEnvironment(context.environmentVariableCollection, endpoint, sandbox, language));
  const altinnTokens = own(new AltinnTokens(transport, tokens, log));
  const waits = own(new TokenWaits({ tokens, environments, language, log }));
  const remedies = new Remedies(manifests, readings, waits, language, log);
  const treeOptions = own(new TreeOptions(workspaceState));
  const requests = own(new Requests(transport, tokens, altinnTokens, sandbox, environments, confirmations));
  const documents = own(new ResponseDocuments(language));
  const services = {
    extension: context.extension,
    extensionUri,
    log,
    language,
    organisation,
    manifests,
    findings,
    registry,
    knownScopes,
    targets,
    variables,
    readings,
    credentials,
    environments,
    folderDefaults,
    provisioning,
    sandbox,
    scenarios,
    endpoint,
    terminals,
    tokens,
    altinnTokens,
    waits,
    remedies,
    treeOptions,
    requests,
    documents,
  };

  own(registerEditor({ ...services, documentationUri }));
  const tree = own(new ScopeTree(lazyTree, services));
  own(new EnvironmentStatus(manifests, environments, tokens, scenarios, language));
  own(new EndpointStatus(endpoint, language));
  const askLog = own(new AskLog(endpoint, readings, language));
  const requestPanels = own(new RequestPanels(services));
  const tokenPanels = own(new TokenPanels(services));
  const showToken = tokenPanels.show.bind(tokenPanels);
  const openRequest = requestPanels.open.bind(requestPanels);
  const showTokenOptions = tokenPanels.showOptions.bind(tokenPanels);
  own(requestPanels.onDidWantToken(showToken));
  own(
    requestPanels.onDidWantOptions((ask) => {
      showTokenOptions(ask, undefined);
    }),
  );
  own(tokenPanels.onDidWantRequest(requestPanels.goOn.bind(requestPanels)));
  const decodePanels = own(new DecodePanels(services));
  const showDecoded = decodePanels.show.bind(decodePanels);
  own(requestPanels.onDidFindToken(showDecoded));
  const onDidWantDecoding = decodePanels.onDidWantAnother;
  const showAskLog = askLog.show.bind(askLog);
  const views = { showAskLog, showToken, showTokenOptions, showDecoded, onDidWantDecoding, openRequest, tree };
  own(registerCommands(services, views));
  void manifests.search();
  void deployments.search();
  const panels: PanelRestorers = {
    token: tokenPanels.restore.bind(tokenPanels),
    request: requestPanels.restore.bind(requestPanels),
  };
  const tools: Tools = { manifest: manifestTool(services), refusal: refusalTool(language) };
  return { tree, panels, tools };
}
