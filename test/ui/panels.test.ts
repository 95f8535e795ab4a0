import assert from 'node:assert/strict';
import { once } from 'node:events';
import { cp, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { inRoot } from '../../scripts/lib/places.mjs';
import { temporaryFolder } from '../../scripts/lib/temporary.mjs';
import { EVERY_THEME, Workbench } from './driver';
import { tryEverything } from './inPage.mjs';

const SCOPE = 'skatteetaten:inntekt';
const TOKEN = `Token: ${SCOPE}`;
const REQUEST = `Request: ${SCOPE}`;

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
