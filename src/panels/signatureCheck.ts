import { problemOf } from '../maskinporten/problem';
import type { Verification } from '../maskinporten/verify';
import type { Language } from '../platform/language';
import type { Log } from '../platform/log';
import type { VerificationLine } from '../shared/messages';
import { verificationLine } from './tokenView';

/** What is known of the signature of the token that a view shows: the first question about a token starts the check. */
export class SignatureCheck<T extends object> {
  private checked: { readonly token: T; readonly line: VerificationLine } | undefined;

  constructor(
    private readonly check: (token: T) => Promise<Verification>,
    private readonly signal: AbortSignal,
    private readonly onDidCheck: () => void,
    private readonly language: Language,
    private readonly log: Log,
  ) {}

  lineFor(token: T): VerificationLine {
    if (this.checked?.token !== token) {
      this.checked = { token, line: { kind: 'checking' } };
      void this.verify(token);
    }
    return this.checked.line;
  }

  /** Lets go of the token, where it is to be forgotten. */
  forget(): void {
    this.checked = undefined;
  }

  private async verify(token: T): Promise<void> {
    const line = await this.lineOf(token);
    if (this.checked?.token !== token || this.signal.aborted) return;
    this.checked = { token, line };
    this.onDidCheck();
  }

  private async lineOf(token: T): Promise<VerificationLine> {
    const { t } = this.language;
    try {
      return verificationLine(await this.check(token), t);
    } catch (error) {
      const problem = problemOf(error);
      if (problem) return verificationLine({ verified: false, reason: 'keys-unavailable', problem }, t);
      if (!this.signal.aborted) this.log.error('A signature could not be checked.', error);
      return {
        kind: 'not-verified',
        text: t('Not verified.'),
        reason: t('The check failed. The log has the details.'),
      };
    }
  }
}
