import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';

type Child = Node | string | false | undefined;

interface Options<K extends keyof HTMLElementTagNameMap> {
  readonly class?: string;
  /** Attributes; undefined leaves one out. */
  readonly attrs?: Readonly<Record<string, string | undefined>>;
  /** Properties of the element: what custom elements take beyond strings. */
  readonly props?: Partial<HTMLElementTagNameMap[K]>;
  readonly on?: { readonly [E in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[E]) => void };
}

/** Makes an element. Children are nodes or text, never markup: nothing that came from outside is parsed as HTML. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  options: Options<K> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (options.class) element.className = options.class;
  for (const [name, value] of Object.entries(options.attrs ?? {})) {
    if (value !== undefined) element.setAttribute(name, value);
  }
  Object.assign(element, options.props);
  for (const [type, listener] of Object.entries(options.on ?? {})) {
    element.addEventListener(type, listener as EventListener);
  }
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/** A codicon beside words that say the same: it is hidden from screen readers. */
export function icon(name: string, className = ''): HTMLElement {
  return el('span', { class: `codicon codicon-${name} ${className}`.trim(), attrs: { 'aria-hidden': 'true' } });
}

export interface ButtonOptions {
  readonly icon?: string;
  readonly secondary?: boolean;
  /** Keeps the focus here when the surrounding section is drawn anew. */
  readonly focusKey?: string;
}

export function button(label: string, onClick: () => void, options: ButtonOptions = {}): HTMLElement {
  return el(
    'vscode-button',
    {
      attrs: { 'data-focus': options.focusKey },
      props: { secondary: options.secondary ?? false, icon: options.icon ?? '' },
      on: { click: onClick },
    },
    label,
  );
}

/** A button that reads as a part of the line that it stands in. */
export function link(text: string, onClick: () => void, focusKey?: string): HTMLElement {
  return el(
    'button',
    { class: 'link', attrs: { type: 'button', 'data-focus': focusKey }, on: { click: onClick } },
    text,
  );
}

/** A button that is an icon alone; `label` is its name and its tooltip. */
export function iconButton(iconName: string, label: string, onClick: () => void, focusKey?: string): HTMLElement {
  return el('vscode-toolbar-button', {
    class: 'icon-button',
    attrs: { 'data-focus': focusKey, title: label },
    props: { icon: iconName, label },
    on: { click: onClick },
  });
}

/** A part of the page that screen readers can jump to, named by its heading. */
export function section(id: string, heading: string, ...children: readonly Child[]): HTMLElement {
  return el(
    'section',
    { class: 'section', attrs: { 'aria-labelledby': id } },
    el('h2', { attrs: { id } }, heading),
    ...children,
  );
}

/** Draws `root` anew and gives the focus back to the control that had it, known by its `data-focus`. */
export function redraw(root: HTMLElement, ...children: readonly Child[]): void {
  const active = document.activeElement;
  const key = active && root.contains(active) ? active.getAttribute('data-focus') : null;
  root.replaceChildren(...children.filter((child) => child !== undefined && child !== false));
  const successor = key === null ? null : root.querySelector<HTMLElement>(`[data-focus="${CSS.escape(key)}"]`);
  if (successor) void focusOn(successor);
}

/** Custom elements can be focused once they have drawn themselves; some only by the control within. */
async function focusOn(element: HTMLElement): Promise<void> {
  if ('updateComplete' in element) await element.updateComplete;
  element.focus();
  if (document.activeElement !== element) element.shadowRoot?.querySelector<HTMLElement>('button, input')?.focus();
}

/** Tells screen readers what changed, when it is worth an interruption. */
export class Announcer {
  readonly element = el('div', { class: 'visually-hidden', attrs: { role: 'status', 'aria-live': 'polite' } });

  say(text: string): void {
    if (this.element.textContent !== text) this.element.textContent = text;
  }
}
