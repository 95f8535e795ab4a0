export type PanelName = 'token' | 'request' | 'decode';

/** Tokens look the same wherever they are shown. */
const STYLES: Readonly<Record<PanelName, string>> = { token: 'token', request: 'request', decode: 'token' };

export interface WebviewHtmlOptions {
  readonly name: PanelName;
  /** BCP 47: the language of the texts, for screen readers. */
  readonly locale: string;
  readonly title: string;
  /** `webview.cspSource`. */
  readonly cspSource: string;
  /** New for each page. */
  readonly nonce: string;
  /** The webview's address of a file of the extension. */
  readonly resource: (path: string) => string;
}

/**
 * The shell of a panel. It holds nothing that came from outside: data arrives by postMessage and is shown as text.
 * Without `default-src` nothing is reachable but our own styles, font and script, so not even a flaw in the script
 * could send a claim anywhere. `vscode-icon` finds the codicons by the id and the nonce of their link.
 */
export function webviewHtml({ name, locale, title, cspSource, nonce, resource }: WebviewHtmlOptions): string {
  const policy = [
    `default-src 'none'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src data:`, // the grip of vscode-textarea
    `script-src 'nonce-${nonce}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!doctype html>
<html lang="${escapeHtml(locale)}">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${escapeHtml(title)}</title>
    <link rel="stylesheet" href="${escapeHtml(resource('dist/webview/codicon.css'))}" id="vscode-codicon-stylesheet" nonce="${nonce}" />
    <link rel="stylesheet" href="${escapeHtml(resource('media/panel.css'))}" />
    <link rel="stylesheet" href="${escapeHtml(resource(`media/${STYLES[name]}.css`))}" />
  </head>
  <body>
    <script nonce="${nonce}" src="${escapeHtml(resource(`dist/webview/${name}.js`))}"></script>
  </body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
