// Functions that run in the workbench's page, and so know only their arguments. Playwright sends them there as text.

/**
 * Where `text` stands in the active editor, in the page's pixels: its occurrence number `nth`, counted from 0.
 * undefined while it is not to be seen. The editor renders a line as several spans, and spaces as no-break spaces.
 *
 * @param {{text: string, nth: number}} wanted
 * @returns {{left: number, right: number, middle: number} | undefined}
 */
export function placeInEditor({ text, nth }) {
  const { document, NodeFilter } = globalThis;
  const lines = [...document.querySelectorAll('.editor-group-container.active .monaco-editor[role="code"] .view-line')];
  lines.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
  let skipped = 0;
  for (const line of lines) {
    const content = line.textContent.replaceAll('\u00a0', ' ');
    for (let at = content.indexOf(text); at !== -1; at = content.indexOf(text, at + 1)) {
      skipped += 1;
      if (skipped <= nth) continue;
      const range = document.createRange();
      const spans = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      for (let start = 0; spans.nextNode(); start += spans.currentNode.length) {
        const { length } = spans.currentNode;
        if (at >= start && at < start + length) range.setStart(spans.currentNode, at - start);
        if (at + text.length > start && at + text.length <= start + length) {
          range.setEnd(spans.currentNode, at + text.length - start);
        }
      }
      const box = range.getBoundingClientRect();
      return { left: box.left, right: box.right, middle: box.top + box.height / 2 };
    }
  }
  return undefined;
}

/**
 * The name of the frame that shows the webview with this title; undefined while there is none.
 *
 * @param {string} title
 * @returns {string | undefined}
 */
export function webviewFrame(title) {
  const frames = [...globalThis.document.querySelectorAll('iframe.webview.ready')];
  return frames.find((frame) => frame.contentDocument?.querySelector('iframe#active-frame')?.title === title)?.name;
}

/**
 * What axe finds wrong with the page that it was put into, a line for each rule that is broken: its id, its words, where.
 *
 * @returns {Promise<string[]>}
 */
export async function axeFaults() {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await globalThis.axe.run(globalThis.document, { runOnly: { type: 'tag', values: tags } });
  return violations.map(({ id, help, nodes }) => {
    const places = nodes.map(({ target, any }) => `${target.join(' ')} ${any.map(({ message }) => message).join(' ')}`);
    return `${id}: ${help} (${places.slice(0, 3).join('; ')})`;
  });
}
