import type { Finding, UnreadableReason } from '../manifest';
import type { Translate } from '../shared/localize';
import { wordFinding, wordUnreadable } from '../words/findings';
import type { ConfigFault } from './sandbox/config';
import { wordConfigFault } from './sandbox/configWords';
import { wordTokenFault, type TokenFault } from './token/faults';

/** Why something that was asked for could not be read. The rest is read all the same. */
export type Fault =
  | { readonly kind: 'missing'; readonly path: string }
  | { readonly kind: 'unreadable'; readonly path: string; readonly code: string }
  /** A folder without a YAML file, or a pattern that fits no file: nothing would be checked, and nobody would know. */
  | { readonly kind: 'empty-folder'; readonly path: string }
  | { readonly kind: 'no-match'; readonly pattern: string }
  /** The variables file holds none. */
  | { readonly kind: 'no-variables'; readonly path: string; readonly reason: UnreadableReason }
  /** The template could not be filled in. */
  | { readonly kind: 'not-rendered'; readonly path: string; readonly finding: Finding }
  /** What was read declares no workload that the sandbox could have as a client. */
  | { readonly kind: 'no-manifest'; readonly path: string }
  | { readonly kind: 'bad-config'; readonly file: string; readonly fault: ConfigFault }
  | { readonly kind: 'bad-known-scope'; readonly file: string; readonly row: number }
  | { readonly kind: 'changed-meanwhile'; readonly path: string }
  | { readonly kind: 'not-utf-8'; readonly path: string }
  | { readonly kind: 'bad-certificate' }
  | { readonly kind: 'no-client'; readonly client: string }
  | { readonly kind: 'no-private-key' }
  | { readonly kind: 'port-taken'; readonly port: number }
  | { readonly kind: 'not-opened'; readonly address: string; readonly code: string }
  | { readonly kind: 'not-written'; readonly path: string; readonly code: string }
  | TokenFault
  /** No fault, but good to know. */
  | { readonly kind: 'bound-elsewhere'; readonly address: string };

/** The fault that stands for an error of node:fs. */
export function faultOf(path: string, error: unknown): Fault {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
  return code === 'ENOENT' ? { kind: 'missing', path } : { kind: 'unreadable', path, code };
}

/** One sentence that names what could not be read, and why. */
export function wordFault(fault: Fault, t: Translate): string {
  switch (fault.kind) {
    case 'missing':
      return t('There is no file or folder {path}.', { path: fault.path });
    case 'unreadable':
      return fault.code === 'EACCES' || fault.code === 'EPERM'
        ? t('{path} may not be read by this user.', { path: fault.path })
        : t('{path} could not be read ({code}).', { path: fault.path, code: fault.code });
    case 'empty-folder':
      return t('The folder {path} holds no YAML file.', { path: fault.path });
    case 'no-match':
      return t('No file matches {pattern}.', { pattern: fault.pattern });
    case 'no-variables':
      return wordUnreadable(fault.reason, fault.path, t);
    case 'not-rendered':
      return `${fault.path}: ${wordFinding(fault.finding, t)}`;
    case 'no-manifest':
      return t('No manifest was found in {path}.', { path: fault.path });
    case 'bad-config':
      return wordConfigFault(fault.file, fault.fault, t);
    case 'bad-known-scope':
      return t('{path}: row {row} of maskinporten.knownScopes is no scope with host names.', {
        path: fault.file,
        row: fault.row,
      });
    case 'changed-meanwhile':
      return t('{path} was changed by something else while it was read, and is left as it is.', { path: fault.path });
    case 'not-utf-8':
      return t('{path} is not UTF-8, and is left as it is.', { path: fault.path });
    case 'bad-certificate':
      return t('certificateAuthorities holds a text that is no certificate in PEM.');
    case 'no-client':
      return t('The sandbox has no client {client}.', { client: fault.client });
    case 'no-private-key':
      return t('--texas and --dotenv need a client with a private key, and there is none.');
    case 'port-taken':
      return t('Port {port} is taken. Leave out --port to get a free one.', { port: fault.port });
    case 'not-opened':
      return t('The sandbox could not listen on {address} ({code}).', { address: fault.address, code: fault.code });
    case 'not-written':
      return t('{path} could not be written ({code}).', { path: fault.path, code: fault.code });
    case 'no-credential':
    case 'incomplete-credential':
    case 'no-token':
      return wordTokenFault(fault, t);
    case 'bound-elsewhere':
      return t('The sandbox listens on {address}: whoever reaches this machine can ask it for tokens.', {
        address: fault.address,
      });
  }
}
