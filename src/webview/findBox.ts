import { findText, type TextMatches } from '../shared/findText';
import type { Words } from './connect';
import { el, iconButton } from './dom';
import { TEXT_PAINTED } from './longText';
import { TextRanges } from './textRanges';

/** The names by which the style sheet knows what was found: CSS Custom Highlight API. */
const FOUND = 'found';
const FOUND_CURRENT = 'found-current';

/**
 * Finds text in `body`, which scrolls by itself: all of it, whether laid out or not. Highlights mark what is found, so
 * that neither its colours nor a selection are touched.
 */
export class FindBox {
  readonly element: HTMLElement;
  private readonly field: HTMLInputElement;
  private readonly count = el('span', { class: 'find-count', attrs: { role: 'status' } });
  private readonly ranges: TextRanges;
  private readonly text: string;
  private matches: TextMatches = { found: [], isCut: false };
  private current = -1;
  /** Whether the match stays in sight, until the user scrolls away from it. */
  private isHeld = false;
  /** What comes into sight is laid out then, and no longer as high as was estimated. */
  private readonly heights = new ResizeObserver(() => {
    if (this.isHeld) this.reveal();
  });

  constructor(
    private readonly body: HTMLElement,
    private readonly words: Words,
  ) {
    const { t } = words;
    this.ranges = new TextRanges(body);
    this.text = body.textContent;
    this.field = el('input', {
      class: 'input find-field',
      attrs: {
        type: 'text',
        'aria-label': t('Find in the body'),
        placeholder: t('Find'),
        spellcheck: 'false',
        autocomplete: 'off',
      },
      on: {
        input: () => {
          this.search();
        },
      },
    });
    this.element = el(
      'div',
      {
        class: 'find-box',
        attrs: { role: 'search', 'aria-label': t('Find in the body') },
        on: { keydown: this.onKey },
      },
      this.field,
      this.count,
      iconButton('arrow-up', t('Previous Match (Shift+Enter)'), () => {
        this.step(-1);
      }),
      iconButton('arrow-down', t('Next Match (Enter)'), () => {
        this.step(1);
      }),
      iconButton('close', t('Close (Escape)'), () => {
        this.close();
      }),
    );
    this.element.hidden = true;
    for (const type of ['wheel', 'pointerdown', 'keydown']) {
      body.addEventListener(type, () => (this.isHeld = false), { passive: true });
    }
    body.addEventListener(TEXT_PAINTED, () => {
      if (!this.element.hidden) this.mark();
    });
  }

  /** Whether its text is what the page shows, and not that of another tab. */
  get isReachable(): boolean {
    return this.body.checkVisibility();
  }

  /** Opens, with what is selected in the body as what is sought. */
  open(): void {
    const selection = document.getSelection();
    const selected = selection && this.body.contains(selection.anchorNode) ? selection.toString() : '';
    if (selected !== '' && !selected.includes('\n')) this.field.value = selected;
    this.element.hidden = false;
    for (const part of this.body.querySelectorAll('.text-part')) this.heights.observe(part);
    this.field.focus();
    this.field.select();
    this.search();
  }

  private close(): void {
    const found = this.currentRange();
    this.element.hidden = true;
    this.heights.disconnect();
    CSS.highlights.delete(FOUND);
    CSS.highlights.delete(FOUND_CURRENT);
    this.body.focus({ preventScroll: true });
    // Reading goes on, and copying begins, where the match is.
    const selection = document.getSelection();
    selection?.removeAllRanges();
    if (found) selection?.addRange(found);
  }

  /** Stays at the match where one is, as long as what is typed still matches there. */
  private search(): void {
    const from = this.matches.found[this.current]?.start ?? 0;
    this.matches = findText(this.text, this.field.value);
    const { found } = this.matches;
    const next = found.findIndex(({ start }) => start >= from);
    this.current = next < 0 && found.length > 0 ? 0 : next;
    this.show();
  }

  /** After the last comes the first. */
  private step(by: 1 | -1): void {
    const { length } = this.matches.found;
    if (length === 0) return;
    this.current = (this.current + by + length) % length;
    this.show();
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.close();
    else if (event.key === 'Enter' && event.target === this.field && !event.ctrlKey && !event.metaKey) {
      this.step(event.shiftKey ? -1 : 1);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private show(): void {
    this.count.textContent = this.countText();
    this.element.classList.toggle('find-none', this.field.value !== '' && this.current < 0);
    this.mark();
    this.isHeld = true;
    this.reveal();
  }

  private countText(): string {
    const { t } = this.words;
    const { found, isCut } = this.matches;
    if (this.field.value === '') return '';
    if (this.current < 0) return t('No matches');
    const number = this.current + 1;
    return isCut
      ? t('{number} of more than {count}', { number, count: found.length })
      : t('{number} of {count}', { number, count: found.length });
  }

  private mark(): void {
    const { found } = this.matches;
    const current = this.currentRange();
    CSS.highlights.set(FOUND, new Highlight(...this.ranges.of(found)));
    CSS.highlights.set(FOUND_CURRENT, new Highlight(...(current ? [current] : [])));
  }

  private currentRange(): Range | undefined {
    const match = this.matches.found[this.current];
    const [ends] = match ? this.ranges.of([match]) : [];
    if (!ends) return undefined;
    const range = document.createRange();
    range.setStart(ends.startContainer, ends.startOffset);
    range.setEnd(ends.endContainer, ends.endOffset);
    return range;
  }

  private reveal(): void {
    const range = this.currentRange();
    if (!range || this.element.hidden) return;
    this.body.scrollIntoView({ block: 'nearest' });
    const place = range.getBoundingClientRect();
    const frame = this.body.getBoundingClientRect();
    if (place.top < frame.top || place.bottom > frame.bottom) {
      this.body.scrollTop += (place.top + place.bottom - frame.top - frame.bottom) / 2;
    }
    if (place.left < frame.left || place.right > frame.right) {
      this.body.scrollLeft += (place.left + place.right - frame.left - frame.right) / 2;
    }
  }
}
