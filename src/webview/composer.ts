import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import '@vscode-elements/elements/dist/vscode-textarea/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { RequestPanelStart } from '../shared/messages';
import type { RequestContext, RequestForm, TokenOption } from '../shared/requestForm';
import type { Words } from './connect';
import { el } from './dom';
import { HeadersEditor } from './headersEditor';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const WITHOUT_BODY: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** The choice "without token"; the others are places in the list of options. */
const WITHOUT_TOKEN = 'none';

export interface ComposerEvents {
  onChange(): void;
  /** The user asked to send from within a field. */
  onSubmit(): void;
}

/** The form of a request. */
export class Composer {
  readonly element: HTMLElement;
  private readonly method;
  private readonly url;
  private readonly token;
  private readonly headers: HeadersEditor;
  private readonly body;
  private readonly bodyField: HTMLElement;
  private options: readonly TokenOption[];
  /** Kept here: a select knows its value only once its options have been drawn. */
  private chosenMethod: string;
  private chosenScopes: readonly string[];
  private sampleUrl: string | undefined;

  constructor(
    { form, context }: RequestPanelStart,
    private readonly words: Words,
    private readonly events: ComposerEvents,
  ) {
    const { t } = words;
    this.options = withOption(context.options, form.scopes);
    this.chosenMethod = form.method;
    this.chosenScopes = form.scopes;
    this.sampleUrl = context.sampleUrl;
    this.method = this.makeMethodSelect(form.method);
    this.url = el('vscode-textfield', {
      class: 'url',
      props: {
        value: form.url === '' ? (context.sampleUrl ?? '') : form.url,
        label: t('URL'),
        placeholder: 'https://',
      },
      on: {
        input: this.changed,
        keydown: (event) => {
          if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) events.onSubmit();
        },
      },
    });
    this.token = el('vscode-single-select', {
      props: { label: t('Token') },
      on: {
        change: () => {
          this.chosenScopes = this.options[Number(this.token.value)]?.scopes ?? [];
          this.changed();
        },
      },
    });
    this.drawOptions();
    this.headers = new HeadersEditor(form.headers, words, this.changed);
    this.body = el('vscode-textarea', {
      props: { value: form.body, label: t('Body'), rows: 8, resize: 'vertical', monospace: true, spellcheck: false },
      on: { input: this.changed },
    });
    this.bodyField = el('div', { class: 'field' }, label(t('Body')), this.body);
    this.element = el(
      'div',
      { class: 'composer' },
      el(
        'div',
        { class: 'request-line' },
        el('div', { class: 'field' }, label(t('Method')), this.method),
        el('div', { class: 'field grow' }, label(t('URL')), this.url),
      ),
      el('div', { class: 'field' }, label(t('Token')), this.token),
      this.headers.element,
      this.bodyField,
    );
    this.showBodyField();
  }

  get value(): RequestForm {
    return {
      method: this.chosenMethod,
      url: this.url.value.trim(),
      headers: this.headers.value,
      body: WITHOUT_BODY.has(this.chosenMethod) ? '' : this.body.value,
      scopes: this.chosenScopes,
    };
  }

  /** Empty: without a token. */
  get scopes(): readonly string[] {
    return this.chosenScopes;
  }

  /** Takes another token; the host changes nothing else of a form. */
  setForm({ scopes }: RequestForm): void {
    this.chosenScopes = scopes;
    this.options = withOption(this.options, scopes);
    this.drawOptions();
  }

  /** Follows the manifest's scopes and the environment; what the user chose and typed stays. */
  setContext({ options, sampleUrl }: RequestContext): void {
    this.options = withOption(options, this.chosenScopes);
    this.drawOptions();
    const untouched = this.url.value === '' || this.url.value === this.sampleUrl;
    if (sampleUrl !== this.sampleUrl && untouched) this.url.value = sampleUrl ?? '';
    this.sampleUrl = sampleUrl;
  }

  private makeMethodSelect(method: string) {
    const methods = METHODS.includes(method) ? METHODS : [...METHODS, method];
    return el(
      'vscode-single-select',
      {
        class: 'method',
        props: { label: this.words.t('Method') },
        on: {
          change: () => {
            this.chosenMethod = this.method.value;
            this.showBodyField();
            this.changed();
          },
        },
      },
      ...methods.map((name) => el('vscode-option', { props: { value: name, selected: name === method } }, name)),
    );
  }

  private drawOptions(): void {
    const selected = this.options.findIndex((option) => sameScopes(option.scopes, this.chosenScopes));
    const labels = this.options.map(({ scopes }) => scopes.join(' '));
    const drawn = [...this.token.children].map((option) => option.textContent);
    const wanted = [...labels, this.words.t('Without token')];
    if (drawn.join('\n') === wanted.join('\n')) return;
    this.token.replaceChildren(
      ...wanted.map((text, index) => {
        const isToken = index < labels.length;
        const value = isToken ? String(index) : WITHOUT_TOKEN;
        return el('vscode-option', { props: { value, selected: isToken ? index === selected : selected < 0 } }, text);
      }),
    );
  }

  private showBodyField(): void {
    this.bodyField.hidden = WITHOUT_BODY.has(this.chosenMethod);
  }

  private readonly changed = (): void => {
    this.events.onChange();
  };
}

/** For the eye alone: each control carries its own label. */
function label(text: string): HTMLElement {
  return el('div', { class: 'label', attrs: { 'aria-hidden': 'true' } }, text);
}

/** A scope that was chosen stays on offer when the manifest no longer names it. */
function withOption(options: readonly TokenOption[], scopes: readonly string[]): readonly TokenOption[] {
  const known = scopes.length === 0 || options.some((option) => sameScopes(option.scopes, scopes));
  return known ? options : [...options, { scopes, expiresAtMs: undefined }];
}

function sameScopes(a: readonly string[], b: readonly string[]): boolean {
  return a.join(' ') === b.join(' ');
}
