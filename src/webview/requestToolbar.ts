import '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';
import type { RequestTool } from '../shared/requestTools';
import type { Words } from './connect';
import { el } from './dom';

/** Names the menu that package.json puts under `webview/context`. */
const COPY_MENU = JSON.stringify({ webviewSection: 'copyRequestAs', preventDefaultContextMenuItems: true });

/** What can be done with the request as a whole: each button hands on to a command of VS Code. */
export function requestToolbar({ t }: Words, use: (tool: RequestTool) => void): HTMLElement {
  const copyAs = tool('copy', t('Copy as…'), () => {
    openMenu(copyAs);
  });
  copyAs.setAttribute('data-vscode-context', COPY_MENU);
  copyAs.setAttribute('aria-haspopup', 'menu');
  return el(
    'div',
    { class: 'request-tools', attrs: { role: 'toolbar', 'aria-label': t('Copies, saved requests and history') } },
    copyAs,
    tool('save', t('Save…'), () => {
      use('save');
    }),
    tool('folder-opened', t('Open Saved…'), () => {
      use('open-saved');
    }),
    tool('history', t('History'), () => {
      use('history');
    }),
  );
}

function tool(iconName: string, label: string, onClick: () => void): HTMLElement {
  return el('vscode-toolbar-button', { props: { icon: iconName }, on: { click: onClick } }, label);
}

/** VS Code's own menu, below the button: it opens wherever the page says that a context menu is wanted. */
function openMenu(button: HTMLElement): void {
  const { left, bottom } = button.getBoundingClientRect();
  button.dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: left, clientY: bottom }),
  );
}
