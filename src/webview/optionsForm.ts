import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import '@vscode-elements/elements/dist/vscode-textarea/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { DetailsForm, OptionsVerdict, TokenOptions, TokenOptionsForm } from '../shared/tokenMessages';
import type { Words } from './connect';
import { button, el, icon } from './dom';

export interface OptionsFormEvents {
  onCheck(form: TokenOptionsForm): void;
  onSubmit(form: TokenOptionsForm): void;
  onClose(): void;
}

interface FieldOptions {
  readonly value: string;
  readonly claim: string;
  readonly label: string;
  readonly hint?: string;
  readonly placeholder?: string;
}

const KINDS: readonly DetailsForm['kind'][] = ['none', 'system-user', 'consent', 'json'];

/**
 * The options of a token in one form. It is drawn once, and what is typed stays in it: nothing is kept of it when it
 * closes but what the host was told.
 */
export class OptionsForm {
  readonly element: HTMLElement;
  private readonly scopes: readonly { readonly name: string; readonly box: HTMLElementTagNameMap['vscode-checkbox'] }[];
  private readonly otherScopes;
  private readonly resource;
  private readonly consumerOrg;
  private readonly pid;
  private readonly details: Readonly<Record<'orgno' | 'externalRef' | 'id' | 'from' | 'json', Control>>;
  private readonly detailParts: Readonly<Partial<Record<DetailsForm['kind'], HTMLElement>>>;
  private readonly skipCache;
  private readonly hints = el('div', { class: 'hints', attrs: { 'aria-live': 'polite' } });
  private readonly messages = new Map</* claim */ string, { control: Control | undefined; message: HTMLElement }>();
  private kind: DetailsForm['kind'];

  constructor(
    { form, declared, limits, focus }: TokenOptions,
    private readonly words: Words,
    private readonly events: OptionsFormEvents,
  ) {
    const { t } = words;
    const limitOf = (claim: string) => limits.find((limit) => limit.claim === claim)?.reason;
    this.scopes = declared.map((name) => ({
      name,
      box: el('vscode-checkbox', {
        props: { label: name, checked: form.scopes.includes(name) },
        on: { change: this.check },
      }),
    }));
    this.otherScopes = this.textField({
      value: form.scopes.filter((scope) => !declared.includes(scope)).join(' '),
      claim: 'scope',
      label: declared.length > 0 ? t('Other scopes') : t('Scopes'),
      hint: t('With a space between them. Digdir advises one scope for each token.'),
    });
    this.resource = this.textField({
      value: form.resource,
      claim: 'resource',
      label: t('Resource (resource)'),
      hint: t('The API that the token is restricted to, as its owner writes it.'),
      placeholder: 'https://',
    });
    this.consumerOrg = this.textField({
      value: form.consumerOrg,
      claim: 'consumer_org',
      label: t('On behalf of (consumer_org)'),
      hint: limitOf('consumer_org') ?? t('Organisation number of a customer that delegated the scope to you.'),
    });
    this.pid = this.textField({
      value: form.pid,
      claim: 'pid',
      label: t('Person (pid)'),
      hint: limitOf('pid') ?? t('National identity number, for the few APIs that want it. It is never written down.'),
    });
    this.pid.field.autocomplete = 'off';
    this.consumerOrg.field.disabled = limitOf('consumer_org') !== undefined;
    this.pid.field.disabled = limitOf('pid') !== undefined;
    const { details } = form;
    this.kind = details.kind;
    const orgno = this.textField({
      value: details.kind === 'system-user' ? details.orgno : '',
      claim: 'authorization_details',
      label: t('Organisation number of the system user’s owner'),
    });
    const externalRef = this.textField({
      value: details.kind === 'system-user' ? details.externalRef : '',
      claim: 'externalRef',
      label: t('External reference, where there are several'),
    });
    const id = this.textField({
      value: details.kind === 'consent' ? details.id : '',
      claim: 'authorization_details',
      label: t('Id of the consent'),
    });
    const from = this.textField({
      value: details.kind === 'consent' ? details.from : '',
      claim: 'from',
      label: t('Who consented'),
      hint: t('Eleven digits of a person or nine of an organisation, or Altinn’s URN.'),
    });
    const json = el('vscode-textarea', {
      props: {
        value: details.kind === 'json' ? details.text : '',
        label: 'JSON',
        rows: 6,
        resize: 'vertical',
        monospace: true,
        spellcheck: false,
      },
      on: { change: this.check },
    });
    this.details = { orgno: orgno.field, externalRef: externalRef.field, id: id.field, from: from.field, json };
    this.detailParts = {
      'system-user': el('div', { class: 'pair' }, orgno.element, externalRef.element),
      consent: el('div', { class: 'pair' }, id.element, from.element),
      json: el('div', { class: 'field' }, json),
    };
    this.skipCache = el('vscode-checkbox', {
      props: { label: t('Ask anew even if a token is in memory'), checked: form.skipCache },
    });
    this.element = el(
      'section',
      {
        class: 'options',
        attrs: { 'aria-labelledby': 'options-title' },
        on: {
          keydown: (event) => {
            if (event.key === 'Escape') events.onClose();
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.submit();
          },
        },
      },
      el('h2', { attrs: { id: 'options-title' } }, t('Options')),
      this.scopes.length > 0 &&
        el(
          'div',
          { class: 'field', attrs: { role: 'group', 'aria-label': t('Scopes of the manifest') } },
          el('div', { class: 'label' }, t('Scopes of the manifest')),
          ...this.scopes.map(({ box }) => el('div', {}, box)),
        ),
      this.otherScopes.element,
      el('div', { class: 'pair' }, this.resource.element, this.consumerOrg.element),
      el('div', { class: 'field' }, label(t('For whom (authorization_details)')), this.kindSelect()),
      ...Object.values(this.detailParts),
      this.messageFor('authorization_details', undefined),
      this.pid.element,
      this.skipCache,
      this.hints,
      el(
        'div',
        { class: 'buttons' },
        button(t('Get Token'), this.submit, { icon: 'key' }),
        button(t('Close'), this.close, { secondary: true }),
      ),
    );
    this.showDetails();
    this.focusOn(focus);
  }

  /** What the host thinks of the form; the field at fault says why. */
  show({ fault, hints }: OptionsVerdict): void {
    for (const [claim, { control, message }] of this.messages) {
      const text = claim === fault?.claim ? fault.text : '';
      message.textContent = text;
      message.hidden = text === '';
      if (control) control.invalid = text !== '';
    }
    this.hints.replaceChildren(
      ...hints.map((hint) => el('p', { class: 'quiet' }, icon('warning', 'warning-icon'), el('span', {}, hint))),
    );
  }

  focusOn(claim: string | undefined): void {
    const control = (claim === undefined ? undefined : this.messages.get(claim)?.control) ?? this.otherScopes.field;
    void control.updateComplete.then(() => {
      control.focus();
    });
  }

  private get value(): TokenOptionsForm {
    const chosen = this.scopes.filter(({ box }) => box.checked).map(({ name }) => name);
    return {
      scopes: [...chosen, ...this.otherScopes.field.value.split(/\s+/).filter((scope) => scope !== '')],
      resource: this.resource.field.value,
      consumerOrg: this.consumerOrg.field.disabled ? '' : this.consumerOrg.field.value,
      pid: this.pid.field.disabled ? '' : this.pid.field.value,
      details: this.detailsValue,
      skipCache: this.skipCache.checked,
    };
  }

  private get detailsValue(): DetailsForm {
    const { orgno, externalRef, id, from, json } = this.details;
    switch (this.kind) {
      case 'none':
        return { kind: 'none' };
      case 'system-user':
        return { kind: 'system-user', orgno: orgno.value, externalRef: externalRef.value };
      case 'consent':
        return { kind: 'consent', id: id.value, from: from.value };
      case 'json':
        return { kind: 'json', text: json.value };
    }
  }

  private kindSelect(): HTMLElement {
    const { t } = this.words;
    const names: Readonly<Record<DetailsForm['kind'], string>> = {
      none: t('Nobody in particular'),
      'system-user': t('A system user in Altinn'),
      consent: t('A consent in Altinn'),
      json: t('Written as JSON'),
    };
    const select = el(
      'vscode-single-select',
      {
        props: { label: t('For whom (authorization_details)') },
        on: {
          change: () => {
            this.kind = KINDS[select.selectedIndex] ?? 'none';
            this.showDetails();
            this.check();
          },
        },
      },
      ...KINDS.map((kind) =>
        el('vscode-option', { props: { value: kind, selected: kind === this.kind } }, names[kind]),
      ),
    );
    return select;
  }

  private showDetails(): void {
    for (const [kind, part] of Object.entries(this.detailParts)) part.hidden = kind !== this.kind;
  }

  private textField({ value, claim, label: text, hint, placeholder }: FieldOptions) {
    const field = el('vscode-textfield', {
      props: { value, label: text, placeholder: placeholder ?? '' },
      on: { change: this.check },
    });
    const message = claim === 'authorization_details' ? undefined : this.messageFor(claim, field);
    const element = el(
      'div',
      { class: 'field' },
      label(text),
      field,
      hint !== undefined && el('div', { class: 'explanation' }, hint),
      message,
    );
    return { field, element };
  }

  private messageFor(claim: string, control: Control | undefined): HTMLElement {
    const message = el('div', { class: 'fault', attrs: { role: 'alert' }, props: { hidden: true } });
    this.messages.set(claim, { control, message });
    return message;
  }

  private readonly check = (): void => {
    this.events.onCheck(this.value);
  };

  private readonly submit = (): void => {
    this.events.onSubmit(this.value);
  };

  private readonly close = (): void => {
    this.events.onClose();
  };
}

type Control = HTMLElementTagNameMap['vscode-textfield'] | HTMLElementTagNameMap['vscode-textarea'];

/** For the eye alone: each control carries its own label. */
function label(text: string): HTMLElement {
  return el('div', { class: 'label', attrs: { 'aria-hidden': 'true' } }, text);
}
