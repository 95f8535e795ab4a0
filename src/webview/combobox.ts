import { MOST } from '../shared/fields';
import { el, icon } from './dom';

/** One thing that may be meant. */
export interface Suggestion {
  readonly value: string;
  /** Why it is offered. */
  readonly note?: string | undefined;
}

export interface ComboboxOptions {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string | undefined;
  readonly class?: string | undefined;
  /** What may be meant by what is typed so far. */
  readonly suggest: (typed: string) => readonly Suggestion[];
  readonly onInput: () => void;
  /** Shows that there is a list, for those who would click for it. */
  readonly hasChevron?: boolean;
  /** Enter, where it does not take a suggestion. */
  readonly onSubmit?: (() => void) | undefined;
}

const MOST_SHOWN = 12;

/**
 * A text field with suggestions: an editable combobox with a listbox (WAI-ARIA 1.2). The focus stays in the field; arrows
 * walk through the list, Enter takes, Escape closes. What is typed need not be among the suggestions.
 */
export class Combobox {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  private readonly list: HTMLElement;
  private shown: readonly Suggestion[] = [];
  private active = -1;

  constructor(private readonly options: ComboboxOptions) {
    const id = crypto.randomUUID();
    this.list = el('ul', {
      class: 'suggestions',
      attrs: { id, role: 'listbox', 'aria-label': options.label },
      props: { hidden: true },
    });
    this.input = el('input', {
      class: 'input',
      attrs: {
        role: 'combobox',
        'aria-label': options.label,
        'aria-autocomplete': 'list',
        'aria-expanded': 'false',
        'aria-controls': id,
        placeholder: options.placeholder,
        spellcheck: 'false',
        autocapitalize: 'off',
        autocomplete: 'off',
      },
      props: { value: options.value, maxLength: MOST.url },
      on: {
        input: () => {
          this.open(options.suggest(this.input.value));
          options.onInput();
        },
        keydown: (event) => {
          this.onKey(event);
        },
        blur: () => {
          this.close();
        },
      },
    });
    this.element = el(
      'div',
      { class: `combobox ${options.class ?? ''}`.trim() },
      this.input,
      options.hasChevron === true && this.chevron(),
      this.list,
    );
  }

  get value(): string {
    return this.input.value;
  }

  set value(value: string) {
    if (this.input.value !== value) this.input.value = value;
  }

  private get isOpen(): boolean {
    return !this.list.hidden;
  }

  /** For the mouse alone: arrows open the list, and it is the field that says so. */
  private chevron(): HTMLElement {
    const element = icon('chevron-down', 'combobox-chevron');
    element.addEventListener('mousedown', (event) => {
      event.preventDefault();
      this.input.focus();
      this.open(this.isOpen ? [] : this.options.suggest(''));
    });
    return element;
  }

  private onKey(event: KeyboardEvent): void {
    const { key } = event;
    if (event.ctrlKey || event.metaKey) return;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      if (this.isOpen) this.move(key === 'ArrowDown' ? 1 : -1);
      // What stands there already says nothing about what else may be meant.
      else this.open(this.options.suggest(''), key === 'ArrowDown' && !event.altKey ? 0 : -1);
    } else if (key === 'Enter') {
      const suggestion = this.shown[this.active];
      if (this.isOpen && suggestion) {
        event.preventDefault();
        this.take(suggestion);
      } else {
        this.close();
        this.options.onSubmit?.();
      }
    } else if (key === 'Escape' && this.isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }

  private open(suggestions: readonly Suggestion[], active = -1): void {
    this.shown = suggestions.slice(0, MOST_SHOWN);
    const isOpen = this.shown.length > 0;
    this.list.hidden = !isOpen;
    this.input.setAttribute('aria-expanded', String(isOpen));
    this.list.replaceChildren(...this.shown.map((suggestion, index) => this.row(suggestion, index)));
    this.activate(isOpen ? active : -1);
  }

  private row(suggestion: Suggestion, index: number): HTMLElement {
    const { value, note } = suggestion;
    return el(
      'li',
      {
        class: 'suggestion',
        attrs: { id: `${this.list.id}-${index}`, role: 'option', 'aria-selected': 'false' },
        on: {
          // Before the field loses the focus, which closes the list.
          mousedown: (event) => {
            event.preventDefault();
            this.take(suggestion);
          },
        },
      },
      el('span', { class: 'suggestion-value' }, value),
      note !== undefined && el('span', { class: 'suggestion-note' }, note),
    );
  }

  private move(step: 1 | -1): void {
    const { length } = this.shown;
    this.activate(this.active < 0 && step < 0 ? length - 1 : (this.active + step + length) % length);
  }

  private activate(index: number): void {
    this.active = index;
    for (const [at, row] of [...this.list.children].entries()) {
      row.setAttribute('aria-selected', String(at === index));
      if (at === index) row.scrollIntoView({ block: 'nearest' });
    }
    const row = this.list.children[index];
    if (row) this.input.setAttribute('aria-activedescendant', row.id);
    else this.input.removeAttribute('aria-activedescendant');
  }

  private take({ value }: Suggestion): void {
    this.input.value = value;
    this.input.setSelectionRange(value.length, value.length);
    this.close();
    this.options.onInput();
  }

  private close(): void {
    this.open([]);
  }
}

/** Those whose value or note has what is typed, the ones that begin with it first; none for what is typed out already. */
export function matching(suggestions: readonly Suggestion[], typed: string): readonly Suggestion[] {
  const wanted = typed.trim().toLowerCase();
  const place = ({ value, note = '' }: Suggestion) => {
    const at = value.toLowerCase().indexOf(wanted);
    return at === 0 ? 0 : at > 0 ? 1 : note.toLowerCase().includes(wanted) ? 2 : 3;
  };
  const found = suggestions.filter((suggestion) => place(suggestion) < 3).sort((a, b) => place(a) - place(b));
  const [only, other] = found;
  return only && !other && only.value.toLowerCase() === wanted ? [] : found;
}
