import assert from 'node:assert/strict';
import { chooseProxy, type ProxySettings } from '../../../src/http/proxy';

const choose = (url: string, settings: ProxySettings) => chooseProxy(new URL(url), settings);
const proxyOf = (settings: ProxySettings, url = 'https://api.example.no/') => {
  const choice = choose(url, settings);
  assert.ok(choice.kind === 'proxy', choice.kind);
  return choice.proxy;
};

describe('the choice of a proxy', () => {
  it('is none where nothing names one', () => {
    assert.deepEqual(choose('https://api.example.no/', {}), { kind: 'direct' });
    assert.deepEqual(choose('https://api.example.no/', { url: ' ', environment: { https_proxy: '' } }), {
      kind: 'direct',
    });
  });

  it('is the setting’s before the variables’, and HTTPS_PROXY before HTTP_PROXY', () => {
    const environment = { HTTPS_PROXY: 'http://second:2', http_proxy: 'http://third:3' };
    assert.equal(proxyOf({ url: 'http://first:1', environment }).hostname, 'first');
    assert.equal(proxyOf({ environment }).hostname, 'second');
    assert.equal(proxyOf({ environment: { http_proxy: 'http://third:3' } }).hostname, 'third');
  });

  it('is none when proxies are switched off', () => {
    assert.equal(choose('https://api.example.no/', { off: true, url: 'http://proxy:8080' }).kind, 'direct');
  });

  for (const url of ['https://localhost/', 'http://127.0.0.1:8080/', 'https://[::1]/', 'https://app.localhost/']) {
    it(`is none for ${url}, even where nothing exempts it`, () => {
      assert.equal(choose(url, { url: 'http://proxy:8080' }).kind, 'direct');
    });
  }

  for (const [written, protocol, hostname, port] of [
    ['proxy.example.no:8080', 'http:', 'proxy.example.no', 8080],
    ['http://proxy.example.no', 'http:', 'proxy.example.no', 80],
    ['https://proxy.example.no', 'https:', 'proxy.example.no', 443],
    ['http://[fd00::1]:3128', 'http:', 'fd00::1', 3128],
  ] as const) {
    it(`reads ${written}`, () => {
      const proxy = proxyOf({ url: written });
      assert.deepEqual([proxy.protocol, proxy.hostname, proxy.port], [protocol, hostname, port]);
    });
  }

  for (const [url, shown] of [
    ['socks5://user:secret@proxy:1080', 'socks5://proxy:1080'],
    ['http://user:secret@', 'http.proxy'],
  ] as const) {
    it(`says that ${url.split(':')[0]!} with ${shown} cannot be used, without its password`, () => {
      assert.deepEqual(choose('https://api.example.no/', { url }), { kind: 'unusable', shown });
    });
  }

  it('takes the credentials from the setting, else from the URL', () => {
    const url = 'http://ola:p%40ss%@proxy:8080';
    assert.equal(proxyOf({ url }).authorization, `Basic ${Buffer.from('ola:p%40ss%').toString('base64')}`);
    assert.equal(
      proxyOf({ url: 'http://ola:p%40ss@proxy:8080' }).authorization,
      `Basic ${Buffer.from('ola:p@ss').toString('base64')}`,
    );
    assert.equal(proxyOf({ url, authorization: 'Bearer x' }).authorization, 'Bearer x');
    assert.equal(proxyOf({ url: 'http://proxy:8080' }).authorization, undefined);
  });

  for (const [exception, host, isDirect] of [
    ['*', 'api.example.no', true],
    ['example.no', 'example.no', true],
    ['example.no', 'api.example.no', true],
    ['.example.no', 'api.example.no', true],
    ['*.example.no', 'api.example.no', true],
    ['EXAMPLE.no', 'api.example.no', true],
    ['example.no', 'myexample.no', false],
    ['api.example.no', 'example.no', false],
    ['example.no:443', 'api.example.no', true],
    ['example.no:8443', 'api.example.no', false],
    ['example.no:8443', 'api.example.no:8443', true],
    ['10.0.0.0/8', '10.1.2.3', true],
    ['10.0.0.0/8', '11.1.2.3', false],
    ['10.0.0.0/99', '10.1.2.3', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['2.3', '10.1.2.3', false],
    ['fd00::/8', '[fd00::1]', true],
    ['fd00::1', '[fd00::1]', true],
    ['[fd00::1]:443', '[fd00::1]', true],
    ['', 'api.example.no', false],
  ] as const) {
    it(`“${exception}” ${isDirect ? 'exempts' : 'does not exempt'} ${host}`, () => {
      const kind = isDirect ? 'direct' : 'proxy';
      assert.equal(choose(`https://${host}/`, { url: 'http://proxy:1', noProxy: [exception] }).kind, kind);
      const environment = { NO_PROXY: `other.no, ${exception}` };
      assert.equal(choose(`https://${host}/`, { url: 'http://proxy:1', environment }).kind, kind);
    });
  }
});
