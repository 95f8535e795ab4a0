import assert from 'node:assert/strict';
import { exportedFields, type ExportedRequest } from '../../../../src/http/export/exported';
import { powerShellCommand } from '../../../../src/http/export/powershell';
import { readPowerShell } from './powershellArguments';

const BASE: ExportedRequest = { method: 'GET', url: 'https://api.example.no/a', headers: [], token: { kind: 'none' } };

const read = (given: Partial<ExportedRequest>, env = {}) => {
  const exported = powerShellCommand({ ...BASE, ...given });
  assert.ok(exported.ok);
  return readPowerShell(exported.text, env);
};

describe('a request as a curl command for PowerShell', () => {
  it('reads as one command, a line for each part', () => {
    const exported = powerShellCommand({
      ...BASE,
      method: 'POST',
      headers: [
        ['Content-Type', 'application/json'],
        ['X-Name', "O'Hara"],
        ['X-Api-Key', { variable: 'X_API_KEY' }],
      ],
      body: '{"a":"$b `c` \\"d\\""}',
      token: { kind: 'variable' },
    });
    assert.deepEqual(exported, {
      ok: true,
      text: [
        "curl --globoff --path-as-is 'https://api.example.no/a' `",
        "  --header 'Content-Type: application/json' `",
        "  --header 'X-Name: O''Hara' `",
        "  --header ('X-Api-Key: ' + $env:X_API_KEY) `",
        '  --header "Authorization: Bearer $env:MASKINPORTEN_TOKEN" `',
        '  --data-raw \'{"a":"$b `c` \\"d\\""}\'',
      ].join('\n'),
    });
  });

  it('fills in variables of the environment, and nothing else', () => {
    const { args } = read(
      {
        headers: exportedFields([
          ['X-Api-Key', 'x'],
          ['X-Plain', '$env:PATH'],
        ]),
        token: { kind: 'variable' },
      },
      { MASKINPORTEN_TOKEN: 'a.b.c', X_API_KEY: 'hemmelig' },
    );
    assert.deepEqual(args.slice(4), [
      '--header',
      'X-Api-Key: hemmelig',
      '--header',
      'X-Plain: $env:PATH',
      '--header',
      'Authorization: Bearer a.b.c',
    ]);
  });

  it('keeps typographic quotes, each of which would end the text', () => {
    assert.equal(read({ method: 'POST', body: "‘a’ ‚b‛ 'c'" }).input.toString(), "‘a’ ‚b‛ 'c'");
  });

  for (const [what, body] of [
    ['letters beyond ASCII', 'blåbær ’'],
    ['line breaks of Windows', 'a\r\nb'],
    ['bytes that are no text', Buffer.from([0, 255, 39, 128])],
    ['a byte order mark', '\ufeff{}'],
    ['more than fits in a command line', 'x'.repeat(40_000)],
  ] as const) {
    it(`pipes in ${what}`, () => {
      const { args, input } = read({ method: 'POST', body });
      assert.deepEqual(input, Buffer.from(body));
      assert.deepEqual(args.slice(-2), ['--data-binary', '@-']);
    });
  }

  it('holds nothing back until the server asks for it', () => {
    assert.ok(read({ method: 'POST', body: 'x'.repeat(2_000_000) }).args.includes('Expect:'));
  });

  it('refuses what curl would send otherwise', () => {
    assert.deepEqual(powerShellCommand({ ...BASE, headers: [['X', 'æ']] }), { ok: false, fault: 'non-ascii-header' });
    assert.deepEqual(powerShellCommand({ ...BASE, method: 'HEAD', body: 'x' }), {
      ok: false,
      fault: 'body-with-method',
    });
  });
});
