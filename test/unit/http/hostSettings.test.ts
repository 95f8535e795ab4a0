import assert from 'node:assert/strict';
import { PROXY_SETTINGS, proxySettingsOf, type InspectedSetting } from '../../../src/http/hostSettings';
import { chooseProxy, type ProxySettings } from '../../../src/http/proxy';

const TARGET = new URL('https://test.maskinporten.no/token');

function settingsOf(levels: Readonly<Record<string, InspectedSetting>>, environment = {}): ProxySettings {
  return proxySettingsOf((setting) => levels[setting], environment);
}

describe('the proxy of the host’s settings', () => {
  it('is the one that the user names, with all that belongs to it', () => {
    const settings = settingsOf({
      proxy: { defaultValue: '', globalValue: 'http://user.example:3128' },
      noProxy: { defaultValue: [], globalValue: ['intern.example'] },
      proxyStrictSSL: { defaultValue: true, globalValue: false },
      proxyAuthorization: { defaultValue: null, globalValue: 'Basic bWU6bWU=' },
      proxySupport: { defaultValue: 'override' },
    });
    assert.deepEqual(settings, {
      off: false,
      url: 'http://user.example:3128',
      noProxy: ['intern.example'],
      strictSsl: false,
      authorization: 'Basic bWU6bWU=',
      environment: {},
    });
    assert.equal(chooseProxy(TARGET, settings).kind, 'proxy');
    assert.equal(chooseProxy(new URL('https://api.intern.example'), settings).kind, 'direct');
  });

  it('is none that a workspace or its folder names: grants would go through it', () => {
    const values: Record<(typeof PROXY_SETTINGS)[number], unknown> = {
      proxy: 'http://evil.example:1',
      noProxy: ['*'],
      proxyStrictSSL: false,
      proxyAuthorization: 'Basic ZXZpbDpldmls',
      proxySupport: 'off',
    };
    const byWorkspace = (level: 'workspaceValue' | 'workspaceFolderValue', globalProxy?: string) =>
      settingsOf(
        Object.fromEntries(
          PROXY_SETTINGS.map((setting) => [
            setting,
            { [level]: values[setting], ...(setting === 'proxy' && { globalValue: globalProxy }) },
          ]),
        ),
      );
    for (const level of ['workspaceValue', 'workspaceFolderValue'] as const) {
      assert.deepEqual(chooseProxy(TARGET, byWorkspace(level)), { kind: 'direct' });
      const choice = chooseProxy(TARGET, byWorkspace(level, 'http://user.example:3128'));
      assert.deepEqual(choice, {
        kind: 'proxy',
        proxy: {
          protocol: 'http:',
          hostname: 'user.example',
          port: 3128,
          authorization: undefined,
          strictSsl: true,
        },
      });
    }
  });

  it('is that of the environment where the user names none, and none where the user turned proxies off', () => {
    const environment = { HTTPS_PROXY: 'http://environment.example:8080' };
    const choice = chooseProxy(TARGET, settingsOf({ proxy: { globalValue: '' } }, environment));
    assert.ok(choice.kind === 'proxy');
    assert.equal(choice.proxy.hostname, 'environment.example');
    const off = settingsOf({ proxySupport: { defaultValue: 'override', globalValue: 'off' } }, environment);
    assert.equal(chooseProxy(TARGET, off).kind, 'direct');
  });

  it('takes a value of the wrong type for none', () => {
    const wrong = { globalValue: { not: 'this' } };
    const settings = settingsOf({
      proxy: wrong,
      noProxy: { globalValue: [7, 'intern.example', null] },
      proxyStrictSSL: wrong,
      proxyAuthorization: wrong,
      proxySupport: wrong,
    });
    assert.deepEqual(settings, {
      off: false,
      url: undefined,
      noProxy: ['intern.example'],
      strictSsl: true,
      authorization: undefined,
      environment: {},
    });
    assert.equal(settingsOf({ noProxy: { globalValue: 'intern.example' } }).noProxy, undefined);
  });
});
