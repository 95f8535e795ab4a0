import assert from 'node:assert/strict';
import { webviewHtml, type WebviewHtmlOptions } from '../../../src/panels/webviewHtml';

const html = (change: Partial<WebviewHtmlOptions> = {}) =>
  webviewHtml({
    name: 'token',
    locale: 'nb',
    title: 'Title',
    cspSource: 'https://*.vscode-cdn.net',
    nonce: 'n0nce',
    resource: (path) => `https://resources/${path}`,
    ...change,
  });

const policyOf = (page: string) =>
  /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll('&#39;', "'") ?? '';

describe('the page of a panel', () => {
  it('allows nothing but its own styles, font, images of the styles, and the script with the nonce', () => {
    assert.deepEqual(policyOf(html()).split('; '), [
      "default-src 'none'",
      'style-src https://*.vscode-cdn.net',
      'font-src https://*.vscode-cdn.net',
      'img-src data:',
      "script-src 'nonce-n0nce'",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it('allows nothing inline', () => {
    assert.doesNotMatch(html(), /unsafe|style=|<style|<script nonce="n0nce">|\son\w+=/);
  });

  it('says its language', () => {
    assert.match(html(), /<html lang="nb">/);
  });

  it('offers vscode-icon its stylesheet by id and nonce', () => {
    assert.match(
      html(),
      /<link rel="stylesheet" href="https:\/\/resources\/dist\/webview\/codicon\.css" id="vscode-codicon-stylesheet" nonce="n0nce" \/>/,
    );
  });

  it('loads the script and the styles of its own panel', () => {
    const page = html({ name: 'request' });
    for (const file of ['dist/webview/request.js', 'media/request.css', 'media/panel.css']) {
      assert.ok(page.includes(`"https://resources/${file}"`), file);
    }
    assert.ok(!page.includes('token.js'));
  });

  it('shows a decoded token in the style of the others', () => {
    const page = html({ name: 'decode' });
    for (const file of ['dist/webview/decode.js', 'media/token.css']) {
      assert.ok(page.includes(`"https://resources/${file}"`), file);
    }
  });

  it('takes a title for text, whatever is in it', () => {
    const page = html({ title: '</title><script>alert("x")</script>&' });
    assert.doesNotMatch(page, /<script>|"x"/);
    assert.equal(page.match(/<script/g)?.length, 1);
  });
});
