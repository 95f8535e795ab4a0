import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { inRoot } from '../../scripts/lib/places.mjs';
import { ALL_THEMES, Workbench } from './driver';

const SCOPE = 'skatteetaten:inntekt';
const TOKEN = `Token: ${SCOPE}`;
const REQUEST = `Request: ${SCOPE}`;
const STEPS = ['tree', 'token', 'request', 'credential'] as const;

describe('the walkthrough', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.start({ workspace: inRoot('examples') });
  });
  after(() => workbench.close());

  /** The box beside a step that VS Code ticks. */
  function box(step: (typeof STEPS)[number]) {
    return workbench.page.locator(`[data-done-step-id$="#start#${step}"]`).first();
  }

  async function isDone(step: (typeof STEPS)[number]): Promise<void> {
    await workbench.page.locator(`[data-done-step-id$="#start#${step}"][aria-checked="true"]`).first().waitFor();
  }

  it('is not there unless somebody asks for it', async () => {
    await workbench.activity('Maskinporten').waitFor();
    assert.equal(await workbench.page.locator('.getting-started').count(), 0);
  });

  it('opens on request, with four steps and a picture each', async () => {
    await workbench.command('Maskinporten: Get Started');
    for (const step of STEPS) {
      await box(step).waitFor();
      await workbench.page.locator(`.getting-started-step[data-step-id$="#start#${step}"]`).first().click();
      const picture = workbench.page.locator(`.getting-started-media img[srcset*="${step}-dark.png"]`).first();
      await picture.waitFor();
      const width = await picture.evaluate(async (image) => {
        await (image as HTMLImageElement).decode();
        return (image as HTMLImageElement).naturalWidth;
      });
      assert.ok(width > 100, `${step}: ${width}`);
    }
    await workbench.picture('walkthrough');
  });

  it('ticks each step off once it is done', async () => {
    await workbench.openActivity('Maskinporten');
    await workbench.openFile('.nais/nais.yaml');
    await workbench.treeRow(SCOPE).waitFor();
    await takePictures('tree', () => Promise.resolve(workbench.sideBar), { width: 300, height: 300 });

    await workbench.treeAction(SCOPE, 'Get Maskinporten Token');
    await (await workbench.webview(TOKEN)).getByText(/Signature verified with key/).waitFor();
    await takePictures('token', async () => (await workbench.webview(TOKEN)).locator('body'), {
      width: 420,
      height: 215,
    });

    await workbench.treeAction(SCOPE, 'Send Test Request');
    const request = await workbench.webview(REQUEST);
    await request.getByRole('button', { name: 'Send', exact: true }).click();
    await request.getByText('200 OK', { exact: true }).waitFor();
    await takePictures(
      'request',
      async () => (await workbench.webview(REQUEST)).locator('.status', { hasText: '200 OK' }),
      {
        width: 420,
        height: 230,
      },
    );

    await takePictures(
      'credential',
      async () => {
        await workbench.command('Maskinporten: Add Credential…');
        await workbench.quickPickEntries();
        return workbench.page.locator('.quick-input-widget');
      },
      { width: 420, height: 200 },
    );

    await workbench.command('Maskinporten: Get Started');
    for (const step of STEPS) await isDone(step);
  });

  /** What begins at the upper left of a part, in each theme; the part may be one that goes when the theme is chosen. */
  async function takePictures(
    name: string,
    part: () => Promise<Locator>,
    size: { readonly width: number; readonly height: number },
  ): Promise<void> {
    for (const theme of ALL_THEMES) {
      await workbench.setTheme(theme);
      const place = await (await part()).boundingBox();
      assert.ok(place);
      const clip = { x: Math.max(0, place.x - 4), y: Math.max(0, place.y - 4), ...size };
      await workbench.walkthroughPicture(`${name}-${theme}`, clip);
      await workbench.page.keyboard.press('Escape');
      await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    }
    await workbench.setTheme('dark');
  }
});
