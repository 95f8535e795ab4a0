import assert from 'node:assert/strict';
import { once } from 'node:events';
import { cp, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { inRoot } from '../../scripts/lib/places.mjs';
import { temporaryFolder } from '../../scripts/lib/temporary.mjs';
import { EVERY_THEME, Workbench } from './driver';

const SCOPE = 'skatteetaten:inntekt';
const TOKEN = `Token: ${SCOPE}`;
const REQUEST = 'Request';

/** What the policy of the page must have refused by the time that everything was tried. */
const REFUSED = ['script-src-elem', 'script-src-attr', 'style-src-elem', 'img-src', 'connect-src', 'frame-src'];

describe('the panels', () => {
  let workbench: Workbench;
  let elsewhere: Server;
  let asked: string[];
  let temporary: Awaited<ReturnType<typeof temporaryFolder>>;

  before(async () => {
    asked = [];
    elsewhere = createServer(({ url = '' }, response) => {
      asked.push(url);
      response.setHeader('Access-Control-Allow-Origin', '*').end();
    }).listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    temporary = await temporaryFolder('panels');
    const workspace = path.join(temporary.folder, 'app');
    await cp(inRoot('examples'), workspace, { recursive: true });
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { iss: 'https://issuer.invalid/', scope: 'a:b', iat: 1, exp: 2 };
    await writeFile(path.join(workspace, 'call.http'), `${part({ alg: 'RS256', kid: 'k' })}.${part(claims)}.c2ln`);
    workbench = await Workbench.start({ workspace });
    await workbench.openActivity('Maskinporten');
    await workbench.openFile('.nais/nais.yaml');
    await workbench.treeAction(SCOPE, 'Get Maskinporten Token');
    await (await workbench.webview(TOKEN)).getByText(/Signature verified with key/).waitFor();
  });
  after(async () => {
    await (workbench as Workbench | undefined)?.close();
    elsewhere.close();
    await temporary.remove();
  });

  async function isAccessible(title: string): Promise<void> {
    for (const theme of EVERY_THEME) {
      await workbench.setTheme(theme);
      assert.deepEqual(await workbench.accessibilityFaults(title), [], theme);
    }
    await workbench.setTheme('dark');
  }

  it('let nothing run that is put into the page, and reach nothing outside of it', async () => {
    const { port } = elsewhere.address() as AddressInfo;
    const body = (await workbench.webview(TOKEN)).locator('body');
    const outcome = await body.evaluate(tryEverything, {
      address: `http://127.0.0.1:${port}`,
      refusals: [...REFUSED],
    });
    assert.deepEqual(outcome.ran, []);
    assert.equal(outcome.isHidden, false);
    assert.deepEqual(outcome.results, ['rejected', 'rejected']);
    assert.deepEqual(asked, []);
  });

  it('are accessible in every theme: a token', async () => {
    await isAccessible(TOKEN);
  });

  it('are accessible in every theme: a token that is decoded', async () => {
    await workbench.openFile('call.http');
    await workbench.placeCursorAfter('eyJ');
    await workbench.page.keyboard.press('Control+A');
    await workbench.command('Maskinporten: Decode Token…');
    const view = await workbench.webview('Decoded Token');
    await view
      .getByText(/^Expired /)
      .first()
      .waitFor();
    await isAccessible('Decoded Token');
  });

  it('are accessible in every theme: a request before and after it is sent', async () => {
    await workbench.treeAction(SCOPE, 'Send Test Request');
    const view = await workbench.webview(REQUEST);
    const send = view.getByRole('button', { name: 'Send', exact: true });
    await send.waitFor();
    await isAccessible(REQUEST);
    await send.click();
    await view.getByText('200 OK', { exact: true }).waitFor();
    await isAccessible(REQUEST);
  });
});

/**
 * Runs in the page: puts into it what an attacker would like to, and waits until the policy has refused each. A page that
 * lets something through waits for ever.
 */
async function tryEverything(
  body: HTMLElement | SVGElement,
  { address, refusals }: { readonly address: string; readonly refusals: readonly string[] },
): Promise<{ ran: readonly string[]; isHidden: boolean; results: readonly string[] }> {
  const ran: string[] = [];
  Object.assign(globalThis, { ran });
  const left = new Set(refusals);
  const allRefused = new Promise<void>((resolve) => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      left.delete(effectiveDirective);
      if (left.size === 0) resolve();
    });
  });
  const add = (tag: string, attributes: Readonly<Record<string, string>>, text = '') => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = text;
    body.append(element);
    return element;
  };
  const handler = add('button', { onclick: 'ran.push("handler")' });
  const added = [
    handler,
    add('script', {}, 'ran.push("inline script")'),
    add('script', { src: `${address}/script.js` }),
    add('img', { src: `${address}/image.png` }),
    add('style', {}, 'body { visibility: hidden }'),
    add('iframe', { src: `${address}/frame` }),
  ];
  handler.click();
  const attempts: readonly (() => unknown)[] = [
    () => fetch(`${address}/fetch`),
    () => (0, eval)('ran.push("eval")') as unknown,
  ];
  const results = await Promise.allSettled(attempts.map((attempt) => Promise.resolve().then(attempt)));
  await allRefused;
  const isHidden = getComputedStyle(body).visibility === 'hidden';
  for (const element of added) element.remove();
  return { ran, isHidden, results: results.map(({ status }) => status) };
}
