import assert from 'node:assert/strict';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { issueReport, type IssueFacts } from '../../../src/commands/issueReport';
import { createTranslate } from '../../../src/shared/localize';

const t = createTranslate({});
const FACTS: IssueFacts = {
  version: '1.2.3',
  editor: 'Code 1.101.0',
  machine: 'linux x64, Node.js 22.15.0',
  remote: undefined,
  language: 'nb (en)',
  isTrusted: true,
  environment: 'test',
  manifests: 2,
  settings: {},
  logLines: [],
};

describe('the report of an issue', () => {
  it('says what runs where, without naming the credential, and leaves room for what happened', () => {
    const report = issueReport(FACTS, t);
    for (const line of [
      '- Extension: 1.2.3',
      '- Editor: Code 1.101.0',
      '- Connected to: this machine',
      '- Environment: test',
    ]) {
      assert.ok(report.split('\n').includes(line), line);
    }
    assert.match(report, /^## What happened, and what did you expect\?$/m);
  });

  it('names settings that were changed, and not what is private in them', () => {
    const settings = {
      'maskinporten.language': 'nb',
      'maskinporten.http.caFile': '/home/kari/ca.pem',
      'maskinporten.knownScopes': [{ scope: 'etat:hemmelig' }],
      'maskinporten.organisation.name': 'Etaten',
    };
    const report = issueReport({ ...FACTS, settings }, t);
    assert.match(report, /^maskinporten\.language: "nb"$/m);
    assert.match(report, /^maskinporten\.http\.caFile: set, and left out here$/m);
    assert.doesNotMatch(report, /kari|hemmelig|Etaten/);
  });

  it('has no key, token or identity number in it, whichever part it came in by', async () => {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = await exportJWK(privateKey);
    const token = await new SignJWT({ scope: 'a:b' }).setProtectedHeader({ alg: 'RS256' }).sign(privateKey);
    const dirty = `${token} ${JSON.stringify(jwk)} 01410012363 Bearer ${token}`;
    const report = issueReport(
      { ...FACTS, environment: dirty, settings: { 'maskinporten.language': dirty }, logLines: [dirty, dirty] },
      t,
    );
    for (const secret of [...token.split('.'), jwk.d, jwk.p, jwk.q, jwk.dp, jwk.dq, jwk.qi].map(String)) {
      assert.ok(!report.includes(secret));
    }
  });

  it('keeps its form, whatever the log says', () => {
    const report = issueReport({ ...FACTS, logLines: ['```', '# Not a heading', '`````'] }, t);
    assert.ok(report.endsWith('``````text\n```\n# Not a heading\n`````\n``````\n'), report.slice(-80));
  });
});
