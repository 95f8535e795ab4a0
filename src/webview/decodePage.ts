import '@vscode-elements/elements/dist/vscode-textarea/index.js';
import type { DecodedPart, DecodedView, DecodeHostSays, DecodeWebviewSays } from '../shared/decodeMessages';
import type { Speech } from '../shared/messages';
import type { Rpc } from '../shared/rpc';
import type { CopyReply } from '../shared/tokenMessages';
import { Clock } from './clock';
import { reportError, wordsOf, type Words } from './connect';
import { Announcer, button, el, icon, redraw } from './dom';
import { failureCard, problemCard } from './problemCard';
import { claimSections, tokenNotes } from './readableToken';
import { stateLine, verificationLine } from './tokenState';

/** The page of Decode Token. It has no field for a token: those stay with the host. Keys are public, and may be pasted. */
export class DecodePage {
  private readonly words: Words;
  private readonly clock = new Clock();
  private readonly announcer = new Announcer();
  private readonly header = el('header', { class: 'page-header' });
  private readonly content = el('div');
  private readonly keys: HTMLElement;
  private view: DecodedView;

  constructor(
    private readonly rpc: Rpc<DecodeWebviewSays, DecodeHostSays>,
    { speech, view }: { readonly speech: Speech; readonly view: DecodedView },
  ) {
    this.words = wordsOf(speech);
    this.view = view;
    this.keys = this.keysSection();
    document.body.replaceChildren(
      el('main', { class: 'page' }, this.header, this.content, this.keys),
      this.announcer.element,
    );
    this.draw();
  }

  show(view: DecodedView): void {
    if (JSON.stringify(view) === JSON.stringify(this.view)) return;
    this.view = view;
    this.draw();
  }

  private draw(): void {
    const { view, words, clock } = this;
    const { t } = words;
    const { token } = view;
    redraw(this.header, ...this.headerParts());
    redraw(
      this.content,
      ...tokenNotes(token.notes),
      ...claimSections<DecodedPart>({
        token,
        words,
        clock,
        parts: { claims: 'claims', header: 'header' },
        onCopy: (part, name) => {
          this.copied(this.rpc.request({ type: 'copy-claim', part, name }), name);
        },
      }),
      el(
        'p',
        { class: 'quiet' },
        icon('lock'),
        el(
          'span',
          {},
          t(
            'Read on this machine, and kept in memory only. The token is sent nowhere; of an issuer only its public keys are fetched.',
          ),
        ),
      ),
    );
    this.keys.hidden = !view.takesKeys;
  }

  private headerParts(): Node[] {
    const { view, words, clock, announcer } = this;
    const { t } = words;
    const { token, verification, unknownIssuer } = view;
    const isJwt = token.form === 'jwt';
    const copyPayload = t('Copy Payload');
    return [
      el('h1', {}, t('Decoded token')),
      el('div', { class: 'subtitle' }, view.origin),
      ...(token.form === 'jwt' ? [stateLine(token, words, clock, announcer)] : [formLine(token.form, words)]),
      ...(isJwt ? [verificationLine(verification, words)] : []),
      el(
        'div',
        { class: 'buttons' },
        button(t('Decode Another…'), this.ask({ type: 'another' }), { icon: 'search', focusKey: 'another' }),
        isJwt &&
          button(
            copyPayload,
            () => {
              this.copied(this.rpc.request({ type: 'copy-payload' }), copyPayload);
            },
            { icon: 'copy', secondary: true, focusKey: 'payload' },
          ),
        unknownIssuer !== undefined &&
          button(t('Fetch the Keys of Its Issuer…'), this.ask({ type: 'ask-issuer' }), {
            icon: 'cloud-download',
            secondary: true,
            focusKey: 'issuer',
          }),
      ),
    ];
  }

  private keysSection(): HTMLElement {
    const { t } = this.words;
    const keys = el('vscode-textarea', {
      props: {
        label: t('Key set (JWKS)'),
        placeholder: '{"keys": [ … ]}',
        rows: 5,
        resize: 'vertical',
        monospace: true,
        spellcheck: false,
      },
    });
    return el(
      'details',
      { class: 'section keys' },
      el('summary', {}, el('h2', {}, t('Check with other keys'))),
      el('p', { class: 'muted' }, t('Paste the public keys of the issuer. Nothing is fetched.')),
      keys,
      el(
        'div',
        { class: 'buttons' },
        button(
          t('Check the Signature'),
          () => {
            this.ask({ type: 'verify-with', jwks: keys.value })();
          },
          { secondary: true },
        ),
      ),
    );
  }

  private ask(request: Exclude<DecodeWebviewSays['request'], { type: 'ready' }>): () => void {
    return () => {
      this.rpc.request(request).catch(this.onFailure);
    };
  }

  private copied(reply: Promise<CopyReply>, what: string): void {
    const { t } = this.words;
    reply.then(({ copied }) => {
      this.announcer.say(copied ? t('{what}: copied.', { what }) : t('It is no longer in memory.'));
    }, this.onFailure);
  }

  private readonly onFailure = (error: unknown): void => {
    reportError(error);
    this.content.prepend(problemCard(failureCard(this.words), this.words, () => undefined));
  };
}

/** What stands where a JWT has its state: nobody can tell when the others end. */
function formLine(form: Exclude<DecodedView['token']['form'], 'jwt'>, { t }: Words): HTMLElement {
  const texts = {
    opaque: t('Opaque token'),
    jwe: t('Encrypted token'),
    malformed: t('No token that can be read'),
  };
  return el(
    'div',
    { class: 'state' },
    form === 'malformed' ? icon('error', 'error-icon') : icon('question', 'warning-icon'),
    el('strong', {}, texts[form]),
  );
}
