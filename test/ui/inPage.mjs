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
  // The page lies on VS Code's own background, which axe cannot see from within.
  const { style } = globalThis.document.documentElement;
  style.backgroundColor = 'var(--vscode-editor-background)';
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await globalThis.axe.run(globalThis.document, { runOnly: { type: 'tag', values: tags } });
  style.backgroundColor = '';
  return violations.map(({ id, help, nodes }) => {
    const places = nodes.map(({ target, any }) => `${target.join(' ')} ${any.map(({ message }) => message).join(' ')}`);
    return `${id}: ${help} (${places.slice(0, 3).join('; ')})`;
  });
}

/**
 * Every entry that the page's address keeps in the browser, by the name of its place.
 *
 * @returns {Promise<{place: string, text: string}[]>}
 */
export async function storedTexts() {
  const { indexedDB, localStorage, sessionStorage, TextDecoder } = globalThis;
  // A method, since a loader gives functions that stand alone their names by a helper that the page has not got.
  const requests = {
    done(request) {
      return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    },
  };
  const found = [];
  for (const [name, storage] of Object.entries({ localStorage, sessionStorage })) {
    for (const [key, text] of Object.entries(storage)) found.push({ place: `${name} ${key}`, text });
  }
  for (const { name } of await indexedDB.databases()) {
    const database = await requests.done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const entries = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([requests.done(entries.getAllKeys()), requests.done(entries.getAll())]);
      for (const [index, key] of keys.entries()) {
        const value = values[index];
        // VS Code keeps files as bytes, and states as texts.
        const text = value instanceof Uint8Array ? new TextDecoder().decode(value) : JSON.stringify(value);
        found.push({ place: `${name} ${store} ${JSON.stringify(key)}`, text });
      }
    }
    database.close();
  }
  return found;
}

/**
 * Puts `text` where the page keeps and sends things: into both of its stores, and into a message as webviews get them.
 *
 * @param {string} text
 * @returns {Promise<void>}
 */
export function plantText(text) {
  const { indexedDB, localStorage, MessageChannel } = globalThis;
  localStorage.setItem('canary', text);
  new MessageChannel().port1.postMessage({ channel: 'canary', text });
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('canary', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('texts').put(text, 'canary');
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
  });
}

/** Takes away what `plantText` put into the stores. */
export function removePlanted() {
  globalThis.localStorage.removeItem('canary');
  globalThis.indexedDB.deleteDatabase('canary');
}

/**
 * Puts into the page what an attacker would like to, and waits until the policy has refused each. A page that lets
 * something through waits for ever.
 *
 * @param {HTMLElement | SVGElement} body
 * @param {{address: string, refusals: string[]}} wanted where nothing may be asked for, and the directives that must refuse
 * @returns {Promise<{ran: string[], isHidden: boolean, results: string[]}>}
 */
export async function tryEverything(body, { address, refusals }) {
  const { document, getComputedStyle } = globalThis;
  const ran = (globalThis.ran = []);
  const left = new Set(refusals);
  const allRefused = new Promise((resolve) => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      left.delete(effectiveDirective);
      if (left.size === 0) resolve();
    });
  });
  const added = [
    ['button', { onclick: 'ran.push("handler")' }, ''],
    ['script', {}, 'ran.push("inline script")'],
    ['script', { src: `${address}/script.js` }, ''],
    ['img', { src: `${address}/image.png` }, ''],
    ['style', {}, 'body { visibility: hidden }'],
    ['iframe', { src: `${address}/frame` }, ''],
  ].map(([tag, attributes, text]) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = text;
    body.append(element);
    return element;
  });
  added[0].click();
  // By a timer of the page's own: what the debugger runs at once may use eval in spite of the policy.
  const results = await Promise.allSettled(
    [() => globalThis.fetch(`${address}/fetch`), () => globalThis.eval('ran.push("eval")')].map(
      (attempt) =>
        new Promise((resolve, reject) => {
          globalThis.setTimeout(() => Promise.resolve().then(attempt).then(resolve, reject));
        }),
    ),
  );
  await allRefused;
  const isHidden = getComputedStyle(body).visibility === 'hidden';
  for (const element of added) element.remove();
  return { ran, isHidden, results: results.map(({ status }) => status) };
}

/**
 * What a picture shows, row by row, each pixel as 0xRRGGBB.
 *
 * @param {string} png in base64
 * @returns {Promise<{width: number, colours: number[]}>}
 */
export async function pixelsOf(png) {
  const { atob, Blob, createImageBitmap, OffscreenCanvas } = globalThis;
  const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const { width, height } = image;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const starts = Array.from({ length: width * height }, (_, pixel) => pixel * 4);
  return { width, colours: starts.map((at) => (data[at] << 16) | (data[at + 1] << 8) | data[at + 2]) };
}

/**
 * Waits until what moves or fades in the workbench has come to its end; what moves for ever is left alone.
 *
 * @returns {Promise<void>}
 */
export async function movementsEnd() {
  const running = globalThis.document.getAnimations().filter(({ playState }) => playState === 'running');
  const ending = running.filter(({ effect }) => Number.isFinite(effect.getComputedTiming().endTime));
  await Promise.allSettled(ending.map(({ finished }) => finished));
}
