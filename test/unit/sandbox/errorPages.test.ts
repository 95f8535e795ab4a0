import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Sandbox } from '../../../src/sandbox';
import { startSandbox } from '../../../src/sandbox';
import { explanationsOf } from '../../../src/sandbox/explanations';
import { REFUSAL_NAMES, refusalAnswer, refuse } from '../../../src/sandbox/refusals';
import { errorPage } from '../../../src/sandbox/errorPages';
import { send } from './support';

const ASSUMED = 'Digdir has not published how Maskinporten words this refusal.';

describe('The error pages', () => {
  let sandbox: Sandbox;

  before(async () => {
    sandbox = await startSandbox({ clients: [] });
  });

  after(() => sandbox.stop());

  for (const name of REFUSAL_NAMES) {
    it(`explain ${name}, and say whether its words are assumed`, async () => {
      const reply = await send(`${sandbox.issuer}errors/${name}`);
      const { meaning, cure } = explanationsOf((message) => message)[name];
      const { status, error, wording } = refusalAnswer(refuse(name));
      assert.equal(reply.status, 200);
      assert.equal(reply.headers['content-type'], 'text/html; charset=utf-8');
      for (const text of [name, `${status} ${error}`, meaning, cure]) assert.ok(reply.text.includes(text), text);
      assert.equal(reply.text.includes(ASSUMED), wording === 'assumed');
      assert.equal(reply.headers['x-sandbox-wording'], wording === 'assumed' ? 'assumed' : undefined);
    });
  }

  it('are not there for other names', async () => {
    assert.equal((await send(`${sandbox.issuer}errors/MP-999`)).status, 404);
    assert.equal((await send(`${sandbox.issuer}errors/`)).status, 404);
    assert.equal((await send(`${sandbox.issuer}errors/constructor`)).status, 404);
  });

  it('run no script, load nothing and are framed by nobody', async () => {
    const reply = await send(`${sandbox.issuer}errors/MP-200`);
    const [, style = ''] = /<style>([^]*?)<\/style>/.exec(reply.text) ?? [];
    const digest = createHash('sha256').update(style).digest('base64');
    assert.equal(
      reply.headers['content-security-policy'],
      `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    assert.doesNotMatch(reply.text, /<script|<link|<img|\sstyle=|\son\w+=/);
  });

  it('are in the language that was given, whose texts are text', () => {
    const { body } = errorPage('MP-200', { t: (message) => `<nb> ${message} & "`, tag: 'nb' });
    assert.match(body, /<html lang="nb">/);
    assert.match(body, /<dt>&#60;nb&#62; What helps &#38; &#34;<\/dt>/);
    assert.doesNotMatch(body, /<nb>/);
  });
});
