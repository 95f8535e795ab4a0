import * as vscode from 'vscode';

const EXTENSION_ID = 'nais-maskinporten.nais-maskinporten';

/** The link of a diagnostic: it opens our own page, so that it works offline and fits the installed version. */
export function documentationUri(code: string): vscode.Uri {
  return vscode.Uri.from({ scheme: vscode.env.uriScheme, authority: EXTENSION_ID, path: `/diagnostics/${code}` });
}

/** Opens docs/diagnostics.md at the section that a link names; any other link is left alone. */
export function registerDocumentation(extensionUri: vscode.Uri): vscode.Disposable {
  return vscode.window.registerUriHandler({
    handleUri: async ({ path }) => {
      const code = /^\/diagnostics\/(NM\d{3})$/.exec(path)?.[1];
      if (code === undefined) return;
      const page = vscode.Uri.joinPath(extensionUri, 'docs', 'diagnostics.md').with({ fragment: code.toLowerCase() });
      await vscode.commands.executeCommand('markdown.showPreview', page);
    },
  });
}
