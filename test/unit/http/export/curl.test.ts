import assert from 'node:assert/strict';
import { curlCommand } from '../../../../src/http/export/curl';
import type { ExportedRequest } from '../../../../src/http/export/exported';

const TOKEN = 'e30.e30.c2ln';

const text = (given: Partial<ExportedRequest> & { url: string }) => {
  const exported = curlCommand({ method: 'GET', headers: [], token: { kind: 'none' }, ...given });
  assert.ok(exported.ok);
  return exported.text;
};

describe('a request as a curl command', () => {
  const url = 'https://api.example.no/a';

  it('has the token as a variable, which the shell fills in', () => {
    const command = text({ url, token: { kind: 'variable' } });
    assert.match(command, /--header "Authorization: Bearer \$MASKINPORTEN_TOKEN"$/);
  });

  it('has the token itself where that is asked for', () => {
    assert.match(
      text({ url, token: { kind: 'value', accessToken: TOKEN } }),
      new RegExp(`'Authorization: Bearer ${TOKEN}'`),
    );
  });

  it('refuses bytes in headers that a shell would send in another charset', () => {
    const given = { method: 'GET', url, headers: [['X-Name', 'bl\u00e5']], token: { kind: 'none' } } as const;
    assert.deepEqual(curlCommand(given), { ok: false, fault: 'non-ascii-header' });
  });

  it('does not hold back a body of two megabytes until the server asks for it', () => {
    assert.match(text({ url, method: 'POST', body: 'x'.repeat(2_000_000) }), /--header 'Expect:'/);
  });

  it('pipes in what is too long for one argument', () => {
    assert.match(
      text({ url, method: 'POST', body: 'x'.repeat(200_000) }),
      /^printf '%s' 'x+' \|\n {2}curl .*--data-binary @-$/s,
    );
  });

  it('refuses a body with HEAD, which has no answer that curl would wait for', () => {
    const given = { method: 'HEAD', url, headers: [], body: 'x', token: { kind: 'none' } } as const;
    assert.deepEqual(curlCommand(given), { ok: false, fault: 'body-with-method' });
  });

  it('shows the shell nothing of a header’s name', () => {
    const headers = [['X`id`$HOME', { variable: 'X_KEY' }]] as const;
    assert.match(text({ url, headers }), /--header 'X`id`\$HOME: '"\$X_KEY"$/);
  });
});
