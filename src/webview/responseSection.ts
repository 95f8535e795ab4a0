import '@vscode-elements/elements/dist/vscode-tab-header/index.js';
import '@vscode-elements/elements/dist/vscode-tab-panel/index.js';
import '@vscode-elements/elements/dist/vscode-tabs/index.js';
import type { NamedText } from '../shared/messages';
import type { ResponseView } from '../shared/responseMessages';
import type { Words } from './connect';
import { el, icon, section } from './dom';
import { jsonText } from './json';
import { timing } from './timing';

/** What came back: status and its meaning first, then what deserves a word, then numbers, then the body. */
export function responseSection(response: ResponseView, words: Words): HTMLElement {
  const { t } = words;
  return section(
    'response',
    t('Response'),
    el(
      'div',
      { class: `status status-${statusClass(response.status)}` },
      icon(statusIcon(response.status)),
      el('strong', { class: 'mono' }, `${response.status} ${response.statusText}`.trim()),
      el('span', {}, response.meaning),
    ),
    response.notes.length > 0 &&
      el('ul', { class: 'notes' }, ...response.notes.map((note) => el('li', {}, icon('info'), el('span', {}, note)))),
    timing(response, words),
    bodyTabs(response, words),
    el(
      'p',
      { class: 'quiet sent' },
      icon('arrow-right'),
      el(
        'span',
        {},
        el('span', { class: 'mono' }, `${response.method} ${response.url}`),
        ' · ',
        response.authorization,
      ),
    ),
  );
}

/** The first digit of the status tells what kind of answer it is (RFC 9110 section 15). */
function statusClass(status: number): 'ok' | 'redirect' | 'refused' | 'failed' {
  if (status >= 500) return 'failed';
  if (status >= 400) return 'refused';
  return status >= 300 ? 'redirect' : 'ok';
}

function statusIcon(status: number): string {
  const icons = { ok: 'pass-filled', redirect: 'arrow-right', refused: 'circle-slash', failed: 'error' };
  return icons[statusClass(status)];
}

function bodyTabs({ body, headers }: ResponseView, { t }: Words): HTMLElement {
  const tabs: [title: string, content: HTMLElement][] = [];
  switch (body.kind) {
    case 'empty':
      tabs.push([t('Body'), el('p', { class: 'muted' }, t('The answer has no body.'))]);
      break;
    case 'binary':
      tabs.push([t('Body'), el('p', { class: 'muted' }, body.description)]);
      break;
    default:
      if (body.pretty !== undefined) {
        tabs.push([t('Pretty'), code(body.kind === 'json' ? jsonText(body.pretty) : el('code', {}, body.pretty), t)]);
      }
      tabs.push([body.pretty === undefined ? t('Body') : t('Raw'), code(el('code', {}, body.raw), t)]);
  }
  tabs.push([t('Headers ({count})', { count: headers.length }), headerTable(headers, t)]);
  return el(
    'vscode-tabs',
    { class: 'tabs' },
    ...tabs.flatMap(([title, content]) => [el('vscode-tab-header', {}, title), el('vscode-tab-panel', {}, content)]),
  );
}

/** Scrolls by itself, so it must be reachable by keyboard. */
function code(content: HTMLElement, t: Words['t']): HTMLElement {
  return el('pre', { class: 'body', attrs: { tabindex: '0', role: 'region', 'aria-label': t('Body') } }, content);
}

function headerTable(headers: readonly NamedText[], t: Words['t']): HTMLElement {
  return el(
    'table',
    { class: 'claims headers' },
    el(
      'thead',
      { class: 'visually-hidden' },
      el('tr', {}, el('th', { attrs: { scope: 'col' } }, t('Name')), el('th', { attrs: { scope: 'col' } }, t('Value'))),
    ),
    el(
      'tbody',
      {},
      ...headers.map(({ name, value }) =>
        el('tr', {}, el('th', { class: 'mono', attrs: { scope: 'row' } }, name), el('td', { class: 'mono' }, value)),
      ),
    ),
  );
}
