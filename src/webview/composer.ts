import '@vscode-elements/elements/dist/vscode-tabs/index.js';
import type { ComposeAction, FormFault, RequestContext } from '../shared/composeMessages';
import { impliedContentType } from '../shared/composedRequest';
import type { RequestForm } from '../shared/requestForm';
import { BodyEditor } from './bodyEditor';
import { Combobox, matching, type Suggestion } from './combobox';
import type { Words } from './connect';
import { el } from './dom';
import { FaultLine } from './faultLine';
import { HeadersEditor } from './headersEditor';
import { MethodField } from './methodField';
import { PodLineView } from './podLine';
import { QueryEditor } from './queryEditor';
import { TokenChoice } from './tokenChoice';

export interface ComposerEvents {
  onChange(): void;
  /** The user asked to send from within a field. */
  onSubmit(): void;
  onAction(action: ComposeAction): void;
  format(text: string): Promise<string | undefined>;
}

/** While somebody types, half a host is a host of its own: what the pod reaches is said when there is a pause. */
const PAUSE_MS = 400;

/** The form of a request. */
export class Composer {
  readonly element: HTMLElement;
  private readonly method: MethodField;
  private readonly url: Combobox;
  private readonly urlFault: FaultLine;
  private readonly pod: PodLineView;
  private readonly token: TokenChoice;
  private readonly query: QueryEditor;
  private readonly headers: HeadersEditor;
  private readonly body: BodyEditor;
  private readonly tabs;
  private readonly titles: readonly HTMLElement[];
  private context: RequestContext;
  private pause: number | undefined;
  /** What is still being typed in the URL may become right: it is judged when it is left, or sent. */
  private isUrlDone: boolean;

  constructor(
    form: RequestForm,
    context: RequestContext,
    private readonly words: Words,
    private readonly events: ComposerEvents,
  ) {
    const { t } = words;
    this.context = context;
    this.isUrlDone = form.url !== '';
    const url = form.url === '' ? (context.prefill ?? '') : form.url;
    this.method = new MethodField(form.method, words, this.changed);
    this.url = new Combobox({
      label: t('URL'),
      placeholder: 'https://',
      value: url,
      suggest: (typed) => matching(this.suggestions, typed),
      onInput: () => {
        this.isUrlDone = false;
        this.query.show({ url: this.url.value, unsentQuery: this.query.unsent });
        this.changed();
      },
      onSubmit: () => {
        events.onSubmit();
      },
      hasChevron: true,
      class: 'url mono',
    });
    this.url.input.addEventListener('blur', () => {
      this.isUrlDone = this.url.value !== '';
      this.drawFaults();
    });
    this.urlFault = new FaultLine(this.url.input);
    this.pod = new PodLineView(words, (action) => {
      events.onAction(action);
    });
    this.token = new TokenChoice(form.scopes, form.asAltinn, context, words, {
      onChange: this.changed,
      onAction: (action) => {
        events.onAction(action);
      },
    });
    this.query = new QueryEditor({ url, unsentQuery: form.unsentQuery }, words, () => {
      this.url.value = this.query.applied(this.url.value).url;
      this.changed();
    });
    this.headers = new HeadersEditor(form.headers, words, this.changed);
    this.body = new BodyEditor(form.body, words, {
      onChange: this.changed,
      format: (text) => events.format(text),
    });
    const panels = [this.query.element, this.headers.element, this.body.element];
    this.titles = panels.map(() => el('vscode-tab-header'));
    this.tabs = el(
      'vscode-tabs',
      { class: 'tabs form-tabs', attrs: { 'selected-index': form.body.kind === 'none' ? '0' : '2' } },
      ...panels.flatMap((panel, at) => [this.titles[at], el('vscode-tab-panel', {}, panel)]),
    );
    this.element = el(
      'section',
      { class: 'composer', attrs: { 'aria-label': t('Request') } },
      el(
        'div',
        { class: 'request-line' },
        el('div', { class: 'field' }, label(t('Method')), this.method.element),
        el('div', { class: 'field grow' }, label(t('URL')), this.url.element, this.urlFault.element, this.pod.element),
      ),
      this.token.element,
      this.tabs,
    );
    this.pod.show(context.pod);
    this.draw();
  }

  get value(): RequestForm {
    return {
      method: this.method.value,
      url: this.url.value,
      unsentQuery: this.query.unsent,
      headers: this.headers.value,
      body: this.body.value,
      scopes: this.token.scopes,
      asAltinn: this.token.asAltinn,
    };
  }

  /** Shows another form in place of what was typed. */
  set value(form: RequestForm) {
    this.method.value = form.method;
    this.url.value = form.url;
    this.isUrlDone = form.url !== '';
    this.query.show({ url: form.url, unsentQuery: form.unsentQuery });
    this.headers.value = form.headers;
    this.body.value = form.body;
    this.token.take(form.scopes, form.asAltinn);
  }

  /** Follows manifest, environment and tokens; what the user chose and typed stays. Gives whether the form has changed. */
  setContext(context: RequestContext): boolean {
    const { prefill } = this.context;
    const isUntouched = this.url.value === '' || this.url.value === prefill;
    const isFilled = context.prefill !== prefill && isUntouched && this.url.value !== (context.prefill ?? '');
    if (isFilled) {
      this.url.value = context.prefill ?? '';
      this.query.show({ url: this.url.value, unsentQuery: this.query.unsent });
    }
    this.context = context;
    window.clearTimeout(this.pause);
    const isTyping = document.activeElement === this.url.input && !this.isUrlDone;
    this.pause = window.setTimeout(
      () => {
        this.pod.show(this.context.pod);
      },
      isTyping ? PAUSE_MS : 0,
    );
    this.draw();
    return isFilled;
  }

  /** The body is more than the host takes: then it is told nothing, and the user is led there. */
  get isTooLong(): boolean {
    return this.body.isTooLong;
  }

  /** Says all that keeps the form from being sent, and goes to the first of it; undefined where nothing does. */
  showRefusal(): FormFault | undefined {
    this.isUrlDone = true;
    this.drawFaults();
    const [first] = this.context.faults;
    if (first) this.goTo(first);
    return first;
  }

  /** Where a request begins. */
  focus(): void {
    this.url.input.focus();
    this.url.input.select();
  }

  focusBody(): void {
    this.goTo({ field: { kind: 'body' } });
  }

  private goTo({ field }: Pick<FormFault, 'field'>): void {
    switch (field.kind) {
      case 'method':
        this.method.focus();
        break;
      case 'url':
        this.url.input.focus();
        break;
      case 'token':
        this.token.focus();
        break;
      case 'header':
        this.tabs.selectedIndex = 1;
        this.headers.focusOn(field.at);
        break;
      case 'body':
        this.tabs.selectedIndex = 2;
        this.body.focus();
        break;
      case 'workspace':
        break; // it is said beside the button that was pressed
    }
  }

  private get suggestions(): readonly Suggestion[] {
    return this.context.suggestions.map(({ url, source }) => ({ value: url, note: source }));
  }

  private draw(): void {
    const { value } = this;
    this.token.show(this.context.options, this.context.chosen);
    this.headers.showImplied(impliedContentType(value));
    this.body.showMethod(value.method);
    this.drawFaults();
  }

  private drawFaults(): void {
    const { t } = this.words;
    const faults = this.context.faults.filter(({ isIncomplete }) => !isIncomplete || this.isUrlDone);
    const textOf = (kind: FormFault['field']['kind']) => faults.find(({ field }) => field.kind === kind)?.text;
    this.method.showFault(textOf('method'));
    this.urlFault.show(textOf('url'));
    const badHeaders = this.headers.showFaults(faults) > 0;
    const badBody = this.body.showFaults(faults);
    const headers = this.headers.value.filter(({ name, value, enabled }) => enabled && (name !== '' || value !== ''));
    this.entitle(0, t('Query ({count})', { count: this.query.count }), false);
    this.entitle(1, t('Headers ({count})', { count: headers.length }), badHeaders);
    this.entitle(2, this.body.title(this.method.value), badBody);
  }

  /** A fault in a tab that is not shown must be seen on its title, by everyone. */
  private entitle(at: number, title: string, isFaulty: boolean): void {
    const header = this.titles[at];
    const text = isFaulty ? this.words.t('{title}: has a fault', { title }) : title;
    if (!header || header.textContent === text) return;
    header.textContent = text;
    header.classList.toggle('faulty', isFaulty);
  }

  private readonly changed = (): void => {
    this.draw();
    this.events.onChange();
  };
}

/** For the eye alone: each control carries its own label. */
function label(text: string): HTMLElement {
  return el('div', { class: 'label', attrs: { 'aria-hidden': 'true' } }, text);
}
