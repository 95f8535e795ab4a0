import { el } from './dom';

/** A page lays out so much at once, and searches it with Ctrl+F. What is left out of the layout is not found there. */
const WHOLE_LENGTH = 200_000;

/** Told, and bubbling, when a part has got its colours: its text is the same, in other nodes. */
export const TEXT_PAINTED = 'text-painted';

/** About as much as the page shows at once. */
const PART_LENGTH = 8_000;

const LINE_CHARACTERS = 100;

/**
 * Text of any length that a page can bear, for a `pre`: long texts in parts that the browser lays out, and `paint` paints,
 * when they come into sight. Parts end with lines where they can, so that no token is cut where lines are short.
 */
export function longText(text: string, paint: (part: string) => Node | string = (part) => part): HTMLElement {
  if (text.length <= WHOLE_LENGTH) return el('code', {}, paint(text));
  const whole = el('code', { class: 'long-text' });
  for (let start = 0; start < text.length;) {
    const end = partEnd(text, start);
    whole.append(part(text.slice(start, end), paint));
    start = end;
  }
  return whole;
}

function partEnd(text: string, start: number): number {
  const limit = start + PART_LENGTH;
  if (limit >= text.length) return text.length;
  const lineEnd = text.lastIndexOf('\n', limit);
  if (lineEnd > start) return lineEnd + 1;
  const isWithinPair = /[\ud800-\udbff]/.test(text.charAt(limit - 1));
  return isWithinPair ? limit - 1 : limit;
}

function part(text: string, paint: (part: string) => Node | string): HTMLElement {
  const element = el('span', { class: 'text-part' }, text);
  const lines = (text.match(/\n/g)?.length ?? 0) + Math.floor(text.length / LINE_CHARACTERS / 4) + 1;
  element.style.setProperty('--lines', String(lines));
  // The text is there from the start, so that it is found and copied; its colours come when it is seen.
  element.addEventListener(
    'contentvisibilityautostatechange',
    () => {
      element.replaceChildren(paint(text));
      element.dispatchEvent(new Event(TEXT_PAINTED, { bubbles: true }));
    },
    { once: true },
  );
  return element;
}

/** Copies a selection as the text that it is: parts are blocks, between which the browser would put line breaks. */
export function copiesAsWritten(element: HTMLElement): void {
  element.addEventListener('copy', (event) => {
    const selection = document.getSelection();
    if (!event.clipboardData || !selection || selection.rangeCount === 0) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', selection.getRangeAt(0).cloneContents().textContent);
  });
}
