import assert from 'node:assert/strict';
import type { ExportedRequest } from '../../../../src/http/export/exported';
import { httpFile } from '../../../../src/http/export/httpFile';

const REQUEST: ExportedRequest = {
  method: 'POST',
  url: 'https://api.example.no/a?b=c#d',
  headers: [['Content-Type', 'application/json']],
  body: '{\n  "e": 1\n}',
  token: { kind: 'variable' },
};

describe('a request as an .http file', () => {
  it('has request line, headers, a blank line and the body', () => {
    assert.deepEqual(httpFile(REQUEST, 'rest-client'), {
      ok: true,
      text: [
        '# @no-redirect',
        'POST https://api.example.no/a?b=c HTTP/1.1',
        'Content-Type: application/json',
        'Authorization: Bearer {{$processEnv MASKINPORTEN_TOKEN}}',
        '',
        '{',
        '  "e": 1',
        '}',
        '',
      ].join('\n'),
    });
  });

  for (const [reader, variable] of [
    ['rest-client', '{{$processEnv MASKINPORTEN_TOKEN}}'],
    ['httpyac', '{{process.env.MASKINPORTEN_TOKEN}}'],
    ['intellij', '{{MASKINPORTEN_TOKEN}}'],
  ] as const) {
    it(`names the token as ${reader} does`, () => {
      const exported = httpFile(REQUEST, reader);
      assert.ok(exported.ok && exported.text.includes(`Bearer ${variable}\n`));
    });
  }

  it('has no Authorization where no token goes along', () => {
    const exported = httpFile({ ...REQUEST, token: { kind: 'none' } }, 'httpyac');
    assert.ok(exported.ok && !exported.text.includes('Authorization'));
  });

  for (const [what, given, fault] of [
    ['bytes', { body: Buffer.from([255]) }, 'binary-body'],
    ['a header beyond ASCII', { headers: [['X', 'æ']] }, 'non-ascii-header'],
    ['braces in the body', { body: '{{x}}' }, 'braces'],
    ['braces in a header', { headers: [['X', '{{x}}']] }, 'braces'],
    ['a line that ends the request', { body: 'a\n###\nb' }, 'body-line'],
    ['a line that names a file', { body: '< ./secret.json' }, 'body-line'],
    ['a line that is a script', { body: 'a\n> {% client.log() %}' }, 'body-line'],
    ['a line that begins another request', { body: 'a\nGET /x' }, 'body-line'],
    ['a comment', { body: 'a\n// b' }, 'body-line'],
    ['blank lines at the end', { body: 'a\n\n' }, 'body-line'],
    ['a query language', { body: 'query { a }' }, 'body-line'],
    [
      'a form that would be written anew',
      { headers: [['Content-Type', 'application/x-www-form-urlencoded']], body: 'a=å' },
      'body-line',
    ],
    ['a header without a value', { headers: [['X', '']] }, 'header-value'],
    ['a comma that would be taken off', { headers: [['X', 'a,']] }, 'header-value'],
    ['a method that would be read as a part of the URL', { method: 'M-SEARCH' }, 'method'],
    ['half an escape', { url: 'https://api.example.no/?a=%' }, 'url-characters'],
    ['other line breaks', { body: 'a\r\nb' }, 'body-line'],
  ] as const) {
    it(`refuses ${what}, which would be sent otherwise`, () => {
      assert.deepEqual(httpFile({ ...REQUEST, ...given }, 'rest-client'), { ok: false, fault });
    });
  }

  it('takes XML, which begins like the name of a file', () => {
    assert.ok(httpFile({ ...REQUEST, body: '<a>\n  <b/>\n</a>' }, 'rest-client').ok);
  });
});
