import type { Finding, UnreadableReason } from '../manifest';
import type { Translate } from '../shared/localize';
import { wordFinding, wordUnreadable } from '../words/findings';

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
  | { readonly kind: 'not-rendered'; readonly path: string; readonly finding: Finding };

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
  }
}
