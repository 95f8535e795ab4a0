import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import type { FormFault } from '../shared/composeMessages';
import { takesBody } from '../shared/composedRequest';
import { MOST } from '../shared/fields';
import { jsonFault, wordJsonFault } from '../shared/jsonFault';
import { BODY_KINDS, type BodyForm, type BodyKind } from '../shared/requestForm';
import type { Words } from './connect';
import { button, el } from './dom';
import { FaultLine } from './faultLine';
import { RowsEditor } from './rowsEditor';

export interface BodyEditorEvents {
  onChange(): void;
  /** Gives the text indented; undefined where it is no JSON. */
  format(text: string): Promise<string | undefined>;
}

/** A longer text is checked when it is sent, and not with every key. */
const MOST_CHECKED = 1_000_000;

/** The body of a request: its kind, and a text or a table. */
export class BodyEditor {
  readonly element: HTMLElement;
  private readonly select;
  private readonly text: HTMLTextAreaElement;
  private readonly fault: FaultLine;
  private readonly formatButton: HTMLElement;
  private readonly textPart: HTMLElement;
  private readonly fields: RowsEditor;
  private readonly note = el('p', { class: 'muted' });
  /** Kept here: a select knows its value only once its options have been drawn. */
  private kind: BodyKind;
  private refusal: string | undefined;

  constructor(
    body: BodyForm,
    private readonly words: Words,
    private readonly events: BodyEditorEvents,
  ) {
    const { t } = words;
    this.kind = body.kind;
    this.select = el(
      'vscode-single-select',
      {
        class: 'body-kind',
        props: { label: t('Kind of body') },
        on: {
          change: () => {
            this.kind = BODY_KINDS.find((kind) => kind === this.select.value) ?? 'none';
            this.draw();
            events.onChange();
          },
        },
      },
      ...BODY_KINDS.map((kind) =>
        el('vscode-option', { props: { value: kind, selected: kind === body.kind } }, kindWords(kind, t)),
      ),
    );
    this.text = el('textarea', {
      class: 'input mono body-text',
      attrs: { 'aria-label': t('Body'), rows: '8', spellcheck: 'false' },
      props: { value: body.text },
      on: {
        input: () => {
          this.judge();
          events.onChange();
        },
      },
    });
    this.fault = new FaultLine(this.text);
    this.formatButton = button(t('Format'), this.format, { secondary: true, icon: 'json' });
    this.textPart = el('div', {}, this.text, this.fault.element);
    this.fields = new RowsEditor(
      body.fields,
      {
        label: t('Form fields'),
        add: t('Add Field'),
        remove: t('Remove Field'),
        nameLabel: t('Field name'),
        valueLabel: t('Field value'),
        switchLabel: t('Send this field'),
      },
      words,
      events.onChange.bind(events),
    );
    const head = el('div', { class: 'buttons body-head' }, this.select, this.formatButton);
    this.element = el('div', {}, head, this.note, this.textPart, this.fields.element);
    this.draw();
  }

  get value(): BodyForm {
    return { kind: this.kind, text: this.text.value, fields: this.fields.value };
  }

  set value({ kind, text, fields }: BodyForm) {
    this.kind = kind;
    this.select.value = kind;
    if (this.text.value !== text) this.text.value = text;
    this.fields.value = fields;
    this.draw();
  }

  /** The host takes no more, and with every key it is told the whole form. */
  get isTooLong(): boolean {
    return this.text.value.length > MOST.body;
  }

  /** What the tab is called. */
  title(method: string): string {
    const { t } = this.words;
    return this.kind === 'none' || !takesBody(method)
      ? t('Body')
      : t('Body ({kind})', { kind: kindWords(this.kind, t) });
  }

  showMethod(method: string): void {
    this.note.hidden = takesBody(method) || this.kind === 'none';
    this.note.textContent = this.words.t('{method} has no body: this one is kept, and not sent.', { method });
  }

  /** Gives whether the body is at fault, JSON that is none included. */
  showFaults(faults: readonly FormFault[]): boolean {
    this.refusal = faults.find(({ field }) => field.kind === 'body')?.text;
    return this.judge();
  }

  focus(): void {
    if (this.textPart.hidden) this.select.focus();
    else this.text.focus();
  }

  private draw(): void {
    this.textPart.hidden = this.kind === 'none' || this.kind === 'form';
    this.fields.element.hidden = this.kind !== 'form';
    this.formatButton.hidden = this.kind !== 'json';
    this.judge();
  }

  private judge(): boolean {
    const { value: text } = this.text;
    const isChecked = this.kind === 'json' && text.trim() !== '' && text.length <= MOST_CHECKED;
    const fault = isChecked ? jsonFault(text) : undefined;
    const { t } = this.words;
    const tooLong = this.isTooLong ? t('The body is too long to be sent from here.') : undefined;
    const words = tooLong ?? this.refusal ?? (fault && wordJsonFault(fault, t));
    this.fault.show(words);
    return words !== undefined;
  }

  private readonly format = (): void => {
    const { value: text } = this.text;
    if (this.isTooLong) return;
    void this.events.format(text).then((formatted) => {
      if (formatted === undefined) this.text.focus(); // its fault stands below it
      if (formatted === undefined || formatted === text || this.text.value !== text) return;
      this.text.value = formatted;
      this.judge();
      this.events.onChange();
    });
  };
}

function kindWords(kind: BodyKind, t: Words['t']): string {
  switch (kind) {
    case 'none':
      return t('No body');
    case 'json':
      return 'JSON';
    case 'text':
      return t('Text');
    case 'xml':
      return 'XML';
    case 'form':
      return t('Form');
  }
}
