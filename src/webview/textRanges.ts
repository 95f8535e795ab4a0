interface TextPlace {
  readonly start: number;
  readonly end: number;
}

/** The ranges of the document that stretches of an element's text are. */
export class TextRanges {
  constructor(private readonly element: HTMLElement) {}

  /**
   * Of `places`, which are in order and do not overlap, by offsets in the text of the element. They hold until a part of
   * the text is painted anew. Static ones: thousands that follow each change of the document would slow all of them.
   */
  of(places: readonly TextPlace[]): StaticRange[] {
    const nodes = document.createTreeWalker(this.element, NodeFilter.SHOW_TEXT);
    let node = nodes.nextNode() as Text | null;
    let start = 0;
    const nodeAt = (offset: number): Text | null => {
      while (node && offset > start + node.length) {
        start += node.length;
        node = nodes.nextNode() as Text | null;
      }
      return node;
    };
    const ranges: StaticRange[] = [];
    for (const place of places) {
      const startContainer = nodeAt(place.start + 1);
      const startOffset = place.start - start;
      const endContainer = nodeAt(place.end);
      if (!startContainer || !endContainer) break;
      ranges.push(new StaticRange({ startContainer, startOffset, endContainer, endOffset: place.end - start }));
    }
    return ranges;
  }
}
