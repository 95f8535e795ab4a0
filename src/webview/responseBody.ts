import '@vscode-elements/elements/dist/vscode-tab-header/index.js';
import '@vscode-elements/elements/dist/vscode-tab-panel/index.js';
import '@vscode-elements/elements/dist/vscode-tabs/index.js';
import type { NamedText } from '../shared/messages';
import type { ResponseCommand, ResponseView, ShownBody, ShownText } from '../shared/responseMessages';
import type { Words } from './connect';
import { button, el, icon } from './dom';
import { FindBox } from './findBox';
import { paintJson } from './json';
import { copiesAsWritten, longText } from './longText';

type Do = (command: ResponseCommand) => void;

/** The body in each of its forms, and the headers, behind tabs. */
export class ResponseBody {
  readonly element: HTMLElement;
  private readonly findBoxes: FindBox[] = [];

  constructor(
    response: ResponseView,
    private readonly words: Words,
    private readonly onCommand: Do,
  ) {
    const tabs = [...this.bodyTabs(response), headersTab(response, words.t, onCommand)];
    this.element = el(
      'vscode-tabs',
      { class: 'tabs' },
      ...tabs.flatMap(([title, ...content]) => [
        el('vscode-tab-header', {}, title),
        el('vscode-tab-panel', {}, ...content),
      ]),
    );
  }

  /** Opens the find box of the text that is shown; false where none is, as behind the tab of the headers. */
  find(): boolean {
    const box = this.findBoxes.find(({ isReachable }) => isReachable);
    box?.open();
    return box !== undefined;
  }

  private bodyTabs({ body }: ResponseView): Tab[] {
    const { t } = this.words;
    switch (body.kind) {
      case 'empty':
        return [[t('Body'), el('p', { class: 'muted' }, t('The answer has no body.'))]];
      case 'binary':
        return [
          [
            t('Hex'),
            el('p', { class: 'muted' }, body.description),
            ...this.code(el('code', {}, body.hex), t('Hex'), 'hex'),
            toolbar([save(t, this.onCommand)]),
          ],
        ];
      case 'form':
        return [
          [t('Form'), table(body.fields, t('Form'), t)],
          [t('Raw'), ...this.text(body.raw, body.kind, 'raw')],
        ];
      default: {
        const raw: Tab = [
          body.pretty ? t('Raw') : t('Body'),
          ...this.text(body.raw, body.pretty ? 'text' : body.kind, 'raw'),
        ];
        return body.pretty ? [[t('Pretty'), ...this.text(body.pretty, body.kind, 'pretty')], raw] : [raw];
      }
    }
  }

  private text(
    { text: shown, cut }: ShownText,
    kind: ShownBody['kind'],
    form: 'pretty' | 'raw',
  ): (HTMLElement | undefined)[] {
    const { t } = this.words;
    const act = (command: ResponseCommand) => () => {
      this.onCommand(command);
    };
    return [
      toolbar([
        button(t('Open in Editor'), act(`open-${form}`), { icon: 'go-to-file', secondary: true }),
        button(t('Copy'), act(`copy-${form}`), { icon: 'copy', secondary: true }),
        save(t, this.onCommand),
        button(t('Find'), () => this.find(), { icon: 'search', secondary: true }),
      ]),
      ...this.code(longText(shown, kind === 'json' ? paintJson : undefined), t('Body')),
      cut === undefined ? undefined : el('p', { class: 'quiet' }, icon('info'), cut),
    ];
  }

  /** Scrolls by itself, so it must be reachable by keyboard. */
  private code(content: HTMLElement, label: string, className = ''): HTMLElement[] {
    const element = el(
      'pre',
      { class: `body ${className}`.trim(), attrs: { tabindex: '0', role: 'region', 'aria-label': label } },
      content,
    );
    copiesAsWritten(element);
    const findBox = new FindBox(element, this.words);
    this.findBoxes.push(findBox);
    return [findBox.element, element];
  }
}

type Tab = readonly [title: string, ...content: readonly (HTMLElement | undefined)[]];

function save(t: Words['t'], onCommand: Do): HTMLElement {
  return button(
    t('Save…'),
    () => {
      onCommand('save');
    },
    { icon: 'save', secondary: true },
  );
}

function toolbar(buttons: readonly HTMLElement[]): HTMLElement {
  return el('div', { class: 'buttons body-buttons' }, ...buttons);
}

function headersTab({ headers, headerNotes }: ResponseView, t: Words['t'], onCommand: Do): Tab {
  const copy = button(
    t('Copy'),
    () => {
      onCommand('copy-headers');
    },
    { icon: 'copy', secondary: true },
  );
  return [
    t('Headers ({count})', { count: headers.length }),
    toolbar([copy]),
    table(headers, t('Headers'), t),
    ...headerNotes.map((note) => el('p', { class: 'quiet' }, icon('info'), el('span', {}, note))),
  ];
}

function table(rows: readonly NamedText[], caption: string, t: Words['t']): HTMLElement {
  return el(
    'table',
    { class: 'claims headers' },
    el('caption', { class: 'visually-hidden' }, caption),
    el(
      'thead',
      { class: 'visually-hidden' },
      el('tr', {}, el('th', { attrs: { scope: 'col' } }, t('Name')), el('th', { attrs: { scope: 'col' } }, t('Value'))),
    ),
    el(
      'tbody',
      {},
      ...rows.map(({ name, value }) =>
        el('tr', {}, el('th', { class: 'mono', attrs: { scope: 'row' } }, name), el('td', { class: 'mono' }, value)),
      ),
    ),
  );
}
