import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import type { ChosenToken, ComposeAction, RequestContext, TokenOption } from '../shared/composeMessages';
import { Combobox, matching, type Suggestion } from './combobox';
import type { Words } from './connect';
import { el, link, redraw } from './dom';

/** The choices that are no place in the list of options. */
const WITHOUT_TOKEN = 'none';
const TYPED = 'typed';

export interface TokenChoiceEvents {
  onChange(): void;
  onAction(action: ComposeAction): void;
}

/** Which token a request carries: for a scope of the manifest, for several, for one that is typed in, or none. */
export class TokenChoice {
  readonly element: HTMLElement;
  private readonly select;
  private readonly typed: Combobox;
  private readonly typedPart: HTMLElement;
  private readonly altinn;
  private readonly details = el('div', { class: 'token-details' });
  private options: readonly TokenOption[] = [];
  private shown = '';
  /** Kept here: a select knows its value only once its options have been drawn. */
  private chosen: readonly string[];
  private isTyped = false;

  constructor(
    scopes: readonly string[],
    asAltinn: boolean,
    { options, chosen }: RequestContext,
    private readonly words: Words,
    private readonly events: TokenChoiceEvents,
  ) {
    const { t } = words;
    this.chosen = scopes;
    this.select = el('vscode-single-select', {
      class: 'token-select',
      props: { label: t('Token') },
      on: {
        change: () => {
          this.choose(this.select.value);
        },
      },
    });
    this.typed = new Combobox({
      label: t('Scopes'),
      placeholder: t('With a space between them'),
      value: '',
      suggest: (typed) => this.suggest(typed),
      onInput: () => {
        this.chosen = scopesIn(this.typed.value);
        events.onChange();
      },
      class: 'typed-scopes mono',
    });
    this.typedPart = el('div', { class: 'typed-part', props: { hidden: true } }, this.typed.element);
    this.altinn = el('vscode-checkbox', {
      class: 'altinn',
      props: { label: t('Exchange it for an Altinn token'), checked: asAltinn },
      on: {
        change: () => {
          events.onChange();
        },
      },
    });
    this.element = el(
      'div',
      { class: 'field token-field' },
      el('div', { class: 'label', attrs: { 'aria-hidden': 'true' } }, t('Token')),
      this.select,
      this.typedPart,
      this.altinn,
      this.details,
    );
    this.show(options, chosen);
  }

  get scopes(): readonly string[] {
    return this.chosen;
  }

  get asAltinn(): boolean {
    return this.chosen.length > 0 && this.altinn.checked;
  }

  /** Another wish is in the form now. */
  take(scopes: readonly string[], asAltinn: boolean): void {
    this.chosen = scopes;
    this.isTyped = false;
    this.altinn.checked = asAltinn;
    this.shown = '';
  }

  /** Follows the manifest and the environment; what the user chose stays. */
  show(options: readonly TokenOption[], chosen: ChosenToken | undefined): void {
    const known = this.chosen.length === 0 || options.some(({ scopes }) => isSame(scopes, this.chosen));
    this.options = known ? options : [...options, { scopes: this.chosen, expiresAtMs: undefined }];
    this.drawSelect();
    const isAltinn = this.chosen.length > 0 && (chosen?.altinn === 'likely' || this.altinn.checked);
    this.altinn.hidden = !isAltinn;
    this.drawDetails(chosen);
  }

  focus(): void {
    if (this.isTyped) this.typed.input.focus();
    else this.select.focus();
  }

  private choose(value: string): void {
    this.isTyped = value === TYPED;
    if (this.isTyped) this.typed.value = this.chosen.join(' ');
    else this.chosen = this.options[Number(value)]?.scopes ?? [];
    this.typedPart.hidden = !this.isTyped;
    if (this.isTyped) this.typed.input.focus();
    this.events.onChange();
  }

  private drawSelect(): void {
    const { t } = this.words;
    // While scopes are typed, each half of one would be an option of its own.
    const options = this.isTyped ? this.options.filter(({ scopes }) => !isSame(scopes, this.chosen)) : this.options;
    const selected = this.isTyped
      ? TYPED
      : this.chosen.length === 0
        ? WITHOUT_TOKEN
        : String(this.options.findIndex(({ scopes }) => isSame(scopes, this.chosen)));
    const choices: readonly (readonly [value: string, text: string])[] = [
      ...options.map(
        ({ scopes }) => [String(this.options.findIndex((o) => o.scopes === scopes)), scopes.join(' ')] as const,
      ),
      [TYPED, t('Several scopes, or another one…')],
      [WITHOUT_TOKEN, t('Without token')],
    ];
    const shown = JSON.stringify([selected, choices]);
    this.typedPart.hidden = !this.isTyped;
    if (shown === this.shown) return;
    this.shown = shown;
    this.select.replaceChildren(
      ...choices.map(([value, text]) => el('vscode-option', { props: { value, selected: value === selected } }, text)),
    );
  }

  private drawDetails(chosen: ChosenToken | undefined): void {
    const { t } = this.words;
    if (!chosen) {
      this.details.replaceChildren();
      return;
    }
    redraw(
      this.details,
      ...chosen.options.map(({ name, value }) =>
        el('span', { class: 'token-option' }, el('span', { class: 'mono' }, name), ` ${value}`),
      ),
      this.action(t('Options…'), 'token-options'),
      chosen.options.length > 0 && this.action(t('Without options'), 'drop-token-options'),
    );
  }

  private action(text: string, action: ComposeAction): HTMLElement {
    return link(
      text,
      () => {
        this.events.onAction(action);
      },
      action,
    );
  }

  /** Completes the scope that is typed last, with those that are not there yet. */
  private suggest(typed: string): readonly Suggestion[] {
    const { before = '', last = '' } = /^(?<before>.*\s)?(?<last>\S*)$/s.exec(typed)?.groups ?? {};
    const there = new Set(scopesIn(before));
    const names = [...new Set(this.options.flatMap(({ scopes }) => scopes))].filter(
      (name) => !there.has(name) && name !== last,
    );
    return matching(
      names.map((value) => ({ value })),
      last,
    ).map(({ value }) => ({ value: before + value }));
  }
}

function scopesIn(text: string): readonly string[] {
  return [...new Set(text.split(/\s+/).filter((scope) => scope !== ''))];
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.join(' ') === b.join(' ');
}
