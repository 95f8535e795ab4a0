import type { Problem } from '../maskinporten/problem';
import type { Translate } from '../shared/localize';
import type { Explanation } from './problems';

type ProxyProblem = Extract<Problem, { code: 'network/proxy' }>;

/** Explains what a proxy on the way did, and which setting decides on it. `step` is in words already. */
export function wordProxy(problem: ProxyProblem, step: string, t: Translate): Explanation {
  const { host, proxy, status } = problem;
  const settings = t(
    'Check the setting http.proxy, or HTTPS_PROXY where it is empty. Hosts in http.noProxy are reached without it.',
  );
  switch (problem.reason) {
    case 'unreachable':
      return {
        title: t('The proxy {proxy} does not answer ({step}).', { proxy, step }),
        cause: t('It is on the way to {host}. It may belong to a network that you are not connected to now.', { host }),
        cure: settings,
      };
    case 'certificate':
      return {
        title: t('The certificate of the proxy {proxy} is not trusted ({step}).', { proxy, step }),
        cause: t('The way to the proxy is https, and its issuer is not known to this machine, or the name is another.'),
        cure: t('Add the issuer’s certificate to the trusted ones of this machine and restart VS Code.'),
      };
    case 'authentication':
      return {
        title: t('The proxy {proxy} wants to know who you are ({step}, 407).', { proxy, step }),
        cause: t('No credentials were sent to it, or it does not take those that were.'),
        cure: t(
          'Set http.proxyAuthorization to the value that the proxy expects. A proxy that wants Kerberos or NTLM works with maskinporten.http.client set to vscode.',
        ),
      };
    case 'refused':
      return {
        title: t('The proxy {proxy} does not let {host} through ({step}, {status}).', {
          proxy,
          host,
          step,
          status: status ?? '–',
        }),
        cause: t('It answered in place of the server. Its rules may forbid the host, or it cannot reach it itself.'),
        cure: t('If the host is on your own network, add it to http.noProxy. Else ask those who run the proxy.'),
      };
    case 'malformed':
      return {
        title: t('What answers at {proxy} is no proxy for https ({step}).', { proxy, step }),
        cause: t('It did not understand CONNECT, with which a tunnel is asked for.'),
        cure: settings,
      };
    case 'unsupported':
      return {
        title: t('The proxy {proxy} cannot be used ({step}).', { proxy, step }),
        cause: t('Proxies with http or https work; SOCKS does not, nor does what is no URL.'),
        cure: t('Change http.proxy, or set maskinporten.http.client to vscode to send with VS Code’s own client.'),
      };
  }
}
