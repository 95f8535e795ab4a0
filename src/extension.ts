import * as vscode from 'vscode';
import { AddCredential } from './commands/addCredential';
import { documentationUri, registerDocumentation } from './commands/documentation';
import { registerGetToken } from './commands/getToken';
import { registerManageCredentials } from './commands/manageCredentials';
import { registerReveal } from './commands/reveal';
import { registerSelectEnvironment } from './commands/selectEnvironment';
import { registerSendRequest } from './commands/sendRequest';
import { registerSimpleCommands } from './commands/simple';
import { registerCodeActions } from './editor/codeActions';
import { ScopeCodeLenses } from './editor/codeLens';
import { Diagnostics } from './editor/diagnostics';
import { ScopeHovers } from './editor/hover';
import { ScopeTree } from './explorer/scopeTree';
import { EnvironmentStatus } from './explorer/statusBar';
import { UndiciTransport } from './http/transport';
import { RequestPanels } from './panels/requestPanel';
import { TokenPanels } from './panels/tokenPanel';
import { Confirmations } from './platform/confirmations';
import { Language } from './platform/language';
import { Log } from './platform/log';
import { Organisation } from './platform/organisation';
import { Credentials } from './state/credentials';
import { Environments } from './state/environments';
import { Requests } from './state/requests';
import { SandboxHost } from './state/sandboxHost';
import { Tokens } from './state/tokens';
import { Manifests } from './workspace/manifests';
import { worldOf } from './workspace/world';

/** Builds the services in the order in which they need each other, and registers what the user sees of them. */
export function activate({
  extensionPath,
  extensionUri,
  globalState,
  secrets,
  subscriptions,
  workspaceState,
}: vscode.ExtensionContext): void {
  const own = <T extends vscode.Disposable>(disposable: T): T => {
    subscriptions.push(disposable);
    return disposable;
  };
  const log = own(new Log());
  const language = own(new Language(extensionPath));
  const organisation = own(new Organisation());
  const manifests = own(new Manifests(log));
  const credentials = own(new Credentials(globalState, secrets, log));
  const environments = own(new Environments(workspaceState, credentials, language.t));
  const transport = new UndiciTransport();
  own(
    new vscode.Disposable(() => {
      transport.close();
    }),
  );
  const world = () => ({ organisation: organisation.number, ...worldOf(manifests, organisation.scopePrefix) });
  const sandbox = own(new SandboxHost(world, language, log));
  const confirmations = new Confirmations(language);
  const tokens = own(new Tokens(transport, environments, credentials, sandbox, confirmations, log));
  const requests = new Requests(transport, tokens, sandbox, confirmations);

  const diagnostics = own(new Diagnostics(manifests, language, documentationUri));
  own(registerCodeActions(diagnostics, language));
  own(new ScopeHovers(manifests, tokens, environments, language, organisation).register());
  own(new ScopeCodeLenses(manifests, tokens, language));
  own(new ScopeTree(manifests, environments, tokens, language, organisation));
  own(new EnvironmentStatus(manifests, environments, tokens, language));

  const services = { extensionUri, log, language, tokens, requests, environments, manifests };
  const requestPanels = own(new RequestPanels(services));
  const tokenPanels = own(new TokenPanels(services));
  const showToken = tokenPanels.show.bind(tokenPanels);
  const openRequest = requestPanels.open.bind(requestPanels);
  own(requestPanels.onDidWantToken(showToken));
  own(tokenPanels.onDidWantRequest(openRequest));

  own(registerGetToken(manifests, tokens, language, showToken));
  own(registerSendRequest(openRequest));
  own(new AddCredential(credentials, environments, tokens, log, language).register());
  own(registerSelectEnvironment(environments, language));
  own(registerManageCredentials(credentials, tokens, language));
  own(registerReveal());
  own(registerDocumentation(extensionUri));
  own(registerSimpleCommands(manifests, log));
  void manifests.search();
}
