import * as vscode from 'vscode';
import { decodeToken, keySourceOf, type KeySource } from '../maskinporten/decode';
import type { Environment } from '../maskinporten/model';
import { verifyWithKeys } from '../maskinporten/verify';
import type { DecodedView, DecodeHostSays, DecodeWebviewRequest, DecodeWebviewSays } from '../shared/decodeMessages';
import type { Speech, VerificationLine } from '../shared/messages';
import { parseDecodeRequest } from '../shared/parseToken';
import type { CopyReply } from '../shared/tokenMessages';
import type { Tokens } from '../state/tokens';
import { wordKeysVerification } from '../words/verification';
import { copyText } from './clipboard';
import { Page, type PageServices } from './page';
import { SignatureCheck } from './signatureCheck';
import { memberText, payloadText, readableToken, verificationLine } from './tokenView';

/** Not restored after a reload: its token was in memory alone. */
const DECODED_VIEW = 'maskinporten.decoded';

export interface DecodePanelServices extends PageServices {
  readonly tokens: Tokens;
}

/** A text that is to be taken apart. `origin` says in words where it came from. */
export interface FoundToken {
  readonly accessToken: string;
  readonly origin: string;
}

/** The page of Decode Token: one, which shows the token that was decoded last. */
export class DecodePanels implements vscode.Disposable {
  private panel: DecodePanel | undefined;
  private readonly wanted = new vscode.EventEmitter<void>();
  /** The user wants another token decoded. */
  readonly onDidWantAnother = this.wanted.event;

  constructor(private readonly services: DecodePanelServices) {}

  show(found: FoundToken): void {
    if (this.panel) {
      this.panel.show(found);
      return;
    }
    const title = this.services.language.t('Decoded Token');
    const webviewPanel = vscode.window.createWebviewPanel(DECODED_VIEW, title, vscode.ViewColumn.Active);
    const panel = new DecodePanel(webviewPanel, found, this.services, () => {
      this.wanted.fire();
    });
    this.panel = panel;
    webviewPanel.onDidDispose(() => {
      if (this.panel === panel) this.panel = undefined;
    });
  }

  dispose(): void {
    this.panel?.dispose();
    this.wanted.dispose();
  }
}

/** The signature of one token against one choice of keys. */
interface Question {
  readonly accessToken: string;
  readonly environment: Environment;
}

class DecodePanel implements vscode.Disposable {
  private readonly page: Page<DecodeHostSays, DecodeWebviewSays>;
  private readonly closed = new AbortController();
  private readonly signature: SignatureCheck<Question>;
  private source: KeySource = { kind: 'none' };
  private question: Question | undefined;
  private pasted: VerificationLine | undefined;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private found: FoundToken,
    private readonly services: DecodePanelServices,
    private readonly wantAnother: () => void,
  ) {
    const { tokens, language, log } = services;
    const { signal } = this.closed;
    const check = ({ accessToken, environment }: Question) => tokens.verifyText(accessToken, environment, signal);
    const refresh = (): void => {
      this.refresh();
    };
    this.signature = new SignatureCheck(check, signal, refresh, language, log);
    panel.onDidDispose(() => {
      this.closed.abort();
    });
    this.take(found);
    this.page = new Page(panel, 'decode', services, {
      parseRequest: parseDecodeRequest,
      parseEvent: () => undefined,
      onRequest: (request) => this.answer(request),
      onEvent: () => undefined,
    });
  }

  show(found: FoundToken): void {
    this.take(found);
    this.panel.reveal();
    this.refresh();
  }

  dispose(): void {
    this.panel.dispose();
  }

  private take(found: FoundToken): void {
    const decoded = decodeToken(found.accessToken);
    const { accessToken } = found;
    this.found = found;
    this.pasted = undefined;
    const hasSignature = decoded.kind === 'jwt' && !decoded.unsigned;
    this.source = hasSignature ? keySourceOf(decoded.claims, this.services.tokens.knownEnvironments) : { kind: 'none' };
    this.question = this.source.kind === 'known' ? { accessToken, environment: this.source.environment } : undefined;
  }

  private async answer(
    request: DecodeWebviewRequest,
  ): Promise<{ speech: Speech; view: DecodedView } | CopyReply | undefined> {
    const { t } = this.services.language;
    const { accessToken } = this.found;
    switch (request.type) {
      case 'ready':
        return { speech: this.page.speech, view: this.view() };
      case 'another':
        this.wantAnother();
        return undefined;
      case 'copy-payload':
        return copyText(payloadText({ accessToken }), t('Payload copied.'));
      case 'copy-claim': {
        const { part, name } = request;
        return copyText(memberText({ accessToken, grant: undefined }, part, name), t('{name} copied.', { name }));
      }
      case 'ask-issuer':
        return this.askIssuer();
      case 'verify-with':
        return this.verifyWith(request.jwks);
    }
  }

  private refresh(): void {
    this.page.notify({ type: 'view', view: this.view() });
  }

  private view(): DecodedView {
    const { found, services, source } = this;
    const token = readableToken(found, services.language.t);
    const decoded = decodeToken(found.accessToken);
    return {
      origin: found.origin,
      token,
      verification: this.verification(),
      unknownIssuer: source.kind === 'unknown' && !this.question ? source.issuer : undefined,
      takesKeys: decoded.kind === 'jwt' && !decoded.unsigned,
    };
  }

  private verification(): VerificationLine {
    if (this.pasted) return this.pasted;
    if (this.question) return this.signature.lineFor(this.question);
    const { t } = this.services.language;
    const decoded = decodeToken(this.found.accessToken);
    if (decoded.kind !== 'jwt') return verificationLine({ verified: false, reason: 'not-a-jwt' }, t);
    if (decoded.unsigned) return verificationLine({ verified: false, reason: 'unsigned' }, t);
    return {
      kind: 'not-verified',
      text: t('Not verified.'),
      reason:
        this.source.kind === 'unknown'
          ? t('No environment here has its issuer, {issuer}, and anybody can write any issuer.', {
              issuer: this.source.issuer,
            })
          : t('It names no issuer, so nobody knows whose keys to try.'),
    };
  }

  /** A token's word alone sends nothing anywhere: only the user's does. */
  private async askIssuer(): Promise<undefined> {
    const { source } = this;
    if (source.kind !== 'unknown') return;
    const { t } = this.services.language;
    const { issuer } = source;
    const fetchKeys = t('Fetch the Keys');
    const answer = await vscode.window.showWarningMessage(
      t('Fetch the keys of {issuer}?', { issuer }),
      {
        modal: true,
        detail: t(
          'The token names this issuer, and nothing else vouches for it. It is asked for its metadata and its keys; the token is not sent.',
        ),
      },
      fetchKeys,
    );
    if (answer !== fetchKeys || this.source !== source) return;
    this.question = { accessToken: this.found.accessToken, environment: { kind: 'custom', issuer } };
    this.pasted = undefined;
    this.refresh();
  }

  private async verifyWith(jwks: string): Promise<undefined> {
    const { found } = this;
    const { t } = this.services.language;
    const { verified, text } = wordKeysVerification(await verifyWithKeys(found.accessToken, jwks), t);
    if (this.found !== found) return;
    this.pasted = verified
      ? { kind: 'verified', text }
      : { kind: 'not-verified', text: t('Not verified.'), reason: text };
    this.refresh();
  }
}
