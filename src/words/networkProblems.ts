import type { Problem, ProblemStep } from '../maskinporten/problem';
import type { Translate } from '../shared/localize';
import type { Explanation } from './problems';
import { wordProxy } from './proxyProblems';

export type NetworkProblem = Extract<Problem, { code: `network/${string}` }>;

/** Explains why no answer came, or none that could be read. The step is named, since one click may take several. */
export function wordNetworkProblem(problem: NetworkProblem, t: Translate): Explanation {
  const { host } = problem;
  const step = stepWords(problem.step, t);
  const checkNetwork = t(
    'Check the address and your network. Some hosts answer only with naisdevice or a VPN connected.',
  );
  switch (problem.code) {
    case 'network/refused':
      return {
        title: t('{host} does not accept connections ({step}).', { host, step }),
        cause: t('The machine is there, but nothing listens on this port, or a firewall says no.'),
        cure: t(
          'Check host and port. If it is on this machine, start it; if it is a port-forward, see whether it still runs.',
        ),
      };
    case 'network/unreachable':
      return {
        title: t('There is no way to {host} from here ({step}).', { host, step }),
        cause: t('The network does not know how to reach it, or may not.'),
        cure: checkNetwork,
      };
    case 'network/dns':
      return {
        title: t('The name {host} was not found ({step}).', { host, step }),
        cause: t('It is misspelt, or known only inside another network, as service names in the cluster are.'),
        cure: checkNetwork,
      };
    case 'network/reset':
      return {
        title: t('{host} broke off the connection ({step}).', { host, step }),
        cause: t('It, or something on the way, closed before the answer was complete.'),
        cure: t('Try again. If it happens every time, look at the log of the server, or at the proxy on the way.'),
      };
    case 'network/certificate':
      return {
        title: t('The certificate of {host} is not trusted ({step}).', { host, step }),
        ...wordCertificate(problem.cause, t),
        detail: problem.cause,
      };
    case 'network/timeout':
      return withSetting(wordTimeout(problem, step, t), problem, t);
    case 'network/proxy':
      return wordProxy(problem, step, t);
    case 'network/encoding':
      return {
        title: t('The answer of {host} cannot be unpacked ({step}).', { host, step }),
        cause:
          problem.reason === 'unsupported'
            ? t('It came as {encoding}, which was not asked for.', { encoding: problem.encoding })
            : t('It says {encoding}, but it is damaged or something else.', { encoding: problem.encoding }),
        cure: t('Send the header Accept-Encoding: identity to get it unpacked, and tell the owner of the server.'),
      };
    case 'network/protocol':
      return {
        title: t('The answer of {host} is not understood ({step}).', { host, step }),
        cause: wordProtocolCause(problem.cause, t),
        cure: t('Check scheme and port: https to a port that speaks http fails like this, and the other way round.'),
        detail: problem.cause,
      };
  }
}

function stepWords(step: ProblemStep, t: Translate): string {
  switch (step) {
    case 'discovery':
      return t('issuer metadata');
    case 'grant':
      return t('grant');
    case 'token':
      return t('token request');
    case 'jwks':
      return t('issuer keys');
    case 'exchange':
      return t('exchange at Altinn');
    case 'api':
      return t('API request');
  }
}

const TIMEOUT_SETTINGS = { lookup: 'connect', connect: 'connect', tls: 'connect', headers: 'answer', body: 'silence' };

/** The limits of test requests are the user's to set; those of all else are not. */
function withSetting(
  explanation: Explanation,
  { step, phase }: Extract<Problem, { code: 'network/timeout' }>,
  t: Translate,
): Explanation {
  if (step !== 'api') return explanation;
  const setting = `maskinporten.request.timeouts.${TIMEOUT_SETTINGS[phase]}`;
  return { ...explanation, cure: `${explanation.cure} ${t('More time is a setting: {setting}.', { setting })}` };
}

function wordTimeout(
  { host, phase, limitMs }: Extract<Problem, { code: 'network/timeout' }>,
  step: string,
  t: Translate,
): Explanation {
  const seconds = Number((limitMs / 1000).toFixed(1));
  switch (phase) {
    case 'connect':
      return {
        title: t('No connection to {host} within {seconds} s ({step}).', { host, seconds, step }),
        cause: t('Nothing answers there, as when a firewall drops the packets without a word.'),
        cure: t('Check the address and your network. Some hosts answer only with naisdevice or a VPN connected.'),
      };
    case 'lookup':
      return {
        title: t('The name {host} was not looked up within {seconds} s ({step}).', { host, seconds, step }),
        cause: t('The name server does not answer, as when a VPN is about to connect.'),
        cure: t('Check your network. Some names are known only with naisdevice or a VPN connected.'),
      };
    case 'tls':
      return {
        title: t('{host} did not finish the TLS handshake within {seconds} s ({step}).', { host, seconds, step }),
        cause: t('The connection is there, but what answers does not speak TLS, or is stuck.'),
        cure: t('Check scheme and port, and whether a proxy is needed on the way.'),
      };
    case 'headers':
      return {
        title: t('{host} did not answer within {seconds} s ({step}).', { host, seconds, step }),
        cause: t('The request arrived, and the server is still busy with it or stuck.'),
        cure: t('Try again. The server may have done what was asked for all the same.'),
      };
    case 'body':
      return {
        title: t('{host} stopped in the middle of its answer for {seconds} s ({step}).', { host, seconds, step }),
        cause: t('The answer had begun. The server or the network may be stuck.'),
        cure: t('Try again.'),
      };
  }
}

function wordCertificate(cause: string, t: Translate): Pick<Explanation, 'cause' | 'cure'> {
  switch (cause) {
    case 'CERT_HAS_EXPIRED':
      return {
        cause: t('It has expired, or the clock of this machine is wrong.'),
        cure: t('Check the clock, then tell the owner of the server.'),
      };
    case 'CERT_NOT_YET_VALID':
      return {
        cause: t('It is not valid yet, or the clock of this machine is wrong.'),
        cure: t('Check the clock, then tell the owner of the server.'),
      };
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return {
        cause: t('It is for another host name.'),
        cure: t('Check the host name in the URL, and whether a proxy answers in its place.'),
      };
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return {
        cause: t('The server signed it itself.'),
        cure: t(
          'If it is your own server, add its certificate to the trusted ones of this machine and restart VS Code.',
        ),
      };
    case 'CERT_REVOKED':
      return { cause: t('It was revoked.'), cure: t('Do not send anything there; tell the owner of the server.') };
    default:
      return {
        cause: t('Its issuer is not known to this machine. That may be a company proxy which looks into https.'),
        cure: t('Add the issuer’s certificate to the trusted ones of this machine and restart VS Code.'),
      };
  }
}

function wordProtocolCause(cause: string, t: Translate): string {
  if (cause === 'UND_ERR_HEADERS_OVERFLOW') return t('Its headers are larger than 64 kB together.');
  if (cause === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return t('Its body is not as long as its Content-Length says.');
  if (cause === 'BAD_INTERIM_RESPONSE') return t('It answers 100 or 101 first, which was not asked for.');
  if (cause.includes('NO_APPLICATION_PROTOCOL')) {
    return t('It speaks HTTP/2 alone; requests are sent with HTTP/1.1 from here.');
  }
  if (cause.startsWith('ERR_SSL_') || cause === 'EPROTO') return t('It does not speak TLS as https needs it.');
  return t('It does not follow the rules of HTTP.');
}
