import type {
  ClaimPart,
  CopyReply,
  ProblemAction,
  TokenDetails,
  TokenHostSays,
  TokenPanelStart,
  TokenView,
  TokenWebviewRequest,
  TokenWebviewSays,
} from '../shared/messages';
import type { Rpc } from '../shared/rpc';
import { claimTable } from './claimTable';
import { Clock } from './clock';
import { reportError, wordsOf, type Words } from './connect';
import { Announcer, button, el, icon, redraw, section } from './dom';
import { environmentLine, sandboxNote } from './environmentLine';
import { failureCard, problemCard } from './problemCard';
import { scopeTable } from './scopeTable';
import { stateLine, verificationLine } from './tokenState';

/** The token view. What it shows is the host's to say; what it keeps of its own is which parts are folded out. */
export class TokenPage {
  private readonly words: Words;
  private readonly clock = new Clock();
  private readonly announcer = new Announcer();
  private readonly header = el('header', { class: 'page-header' });
  private readonly content = el('div');
  private view: TokenView;
  private grantOpen = false;

  constructor(
    private readonly rpc: Rpc<TokenWebviewSays, TokenHostSays>,
    { speech, view }: TokenPanelStart,
  ) {
    this.words = wordsOf(speech);
    this.view = view;
    document.body.replaceChildren(el('main', { class: 'page' }, this.header, this.content), this.announcer.element);
    this.draw();
  }

  show(view: TokenView): void {
    if (JSON.stringify(view) === JSON.stringify(this.view)) return;
    this.view = view;
    this.draw();
  }

  private draw(): void {
    const { view, words } = this;
    redraw(this.header, ...this.headerParts());
    redraw(
      this.content,
      view.problem && problemCard(view.problem, words, this.onProblemAction),
      view.token ? this.tokenParts(view.token) : !view.problem && !view.busy && this.emptyState(),
    );
    if (view.problem) this.announcer.say(view.problem.title);
  }

  private headerParts(): Node[] {
    const { view, words } = this;
    const { t } = words;
    return [
      el('h1', { class: 'mono' }, ...view.scopes.flatMap((scope, index) => (index > 0 ? [el('br'), scope] : [scope]))),
      el(
        'div',
        { class: 'subtitle' },
        view.workload !== undefined && el('span', {}, view.workload),
        environmentLine(view.environment, words),
      ),
      ...(view.token
        ? [stateLine(view.token, words, this.clock, this.announcer), verificationLine(view.token.verification, words)]
        : []),
      el('div', { class: 'buttons' }, ...this.buttons(t)),
      ...(view.environment.kind === 'sandbox' ? [sandboxNote(words)] : []),
    ];
  }

  private buttons(t: Words['t']): HTMLElement[] {
    const { token, busy } = this.view;
    const buttons: HTMLElement[] = [];
    if (busy) {
      buttons.push(
        el('span', { class: 'state' }, icon('loading', 'spin'), t('Asking for a token')),
        button(t('Cancel'), this.ask({ type: 'cancel' }), { secondary: true, focusKey: 'main' }),
      );
    } else {
      const label = token ? t('Get New Token') : t('Get Token');
      buttons.push(button(label, this.ask({ type: 'get-token' }), { icon: 'key', focusKey: 'main' }));
    }
    if (token) {
      buttons.push(
        this.copyButton(t('Copy Token'), 'token'),
        ...(token.form === 'jwt' ? [this.copyButton(t('Copy Payload'), 'payload')] : []),
      );
    }
    buttons.push(
      button(t('Send Request'), this.ask({ type: 'send-request' }), {
        icon: 'send',
        secondary: true,
        focusKey: 'send',
      }),
    );
    return buttons;
  }

  private copyButton(label: string, what: 'token' | 'payload'): HTMLElement {
    const onClick = (): void => {
      void this.copied(this.rpc.request({ type: 'copy', what }), label);
    };
    return button(label, onClick, { icon: 'copy', secondary: true, focusKey: what });
  }

  private tokenParts(token: TokenDetails): HTMLElement {
    const { t } = this.words;
    return el(
      'div',
      {},
      token.formNote !== undefined && el('p', { class: 'quiet' }, icon('info'), el('span', {}, token.formNote)),
      section('scopes', t('Scopes'), scopeTable(token.scopes, this.words)),
      token.claims.length > 0 && section('claims', t('Claims'), this.table('claims', t('Claims'), token.claims)),
      token.header.length > 0 && section('header', t('Header'), this.table('header', t('Header'), token.header)),
      token.grant && this.grantPart(token.grant),
      el(
        'p',
        { class: 'quiet' },
        icon('lock'),
        el('span', {}, t('Read on this machine. Only the public keys of the issuer are fetched.')),
      ),
    );
  }

  private grantPart(grant: NonNullable<TokenDetails['grant']>): HTMLElement {
    const { t } = this.words;
    return el(
      'details',
      {
        class: 'section',
        props: { open: this.grantOpen },
        on: {
          toggle: (event) => {
            this.grantOpen = (event.currentTarget as HTMLDetailsElement).open;
          },
        },
      },
      el('summary', { attrs: { 'data-focus': 'grant' } }, el('h2', {}, t('Grant that was sent'))),
      el('p', { class: 'muted' }, t('The JWT grant that the token was exchanged for, without its signature.')),
      el('h3', {}, t('Claims')),
      this.table('grant-claims', t('Claims of the grant'), grant.claims),
      el('h3', {}, t('Header')),
      this.table('grant-header', t('Header of the grant'), grant.header),
    );
  }

  private table(part: ClaimPart, label: string, rows: TokenDetails['claims']): HTMLElement {
    const { words, clock } = this;
    const onCopy = (claimPart: ClaimPart, name: string): void => {
      void this.copied(this.rpc.request({ type: 'copy-claim', part: claimPart, name }), name);
    };
    return claimTable({ part, label, rows, words, clock, onCopy });
  }

  private emptyState(): HTMLElement {
    const { t } = this.words;
    return el(
      'div',
      { class: 'empty' },
      icon('key', 'empty-icon'),
      el('p', {}, t('No token in memory for this scope.')),
      el(
        'p',
        { class: 'muted' },
        t('Tokens are kept in memory only, so they are gone after a reload and some time after they ended.'),
      ),
    );
  }

  private readonly onProblemAction = (action: ProblemAction): void => {
    this.ask({ type: 'problem-action', action })();
  };

  private ask(request: TokenWebviewRequest): () => void {
    return () => {
      this.rpc.request(request).catch(this.onFailure);
    };
  }

  private async copied(reply: Promise<CopyReply>, what: string): Promise<void> {
    const { t } = this.words;
    try {
      const { copied } = await reply;
      this.announcer.say(copied ? t('{what}: copied.', { what }) : t('It is no longer in memory.'));
    } catch (error) {
      this.onFailure(error);
    }
  }

  private readonly onFailure = (error: unknown): void => {
    reportError(error);
    this.show({ ...this.view, busy: false, problem: failureCard(this.words) });
  };
}
