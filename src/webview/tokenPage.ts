import type {
  CopyPart,
  CopyReply,
  CopyWhat,
  OptionsVerdict,
  TokenDetails,
  TokenHostSays,
  TokenOptions,
  TokenOptionsForm,
  TokenPanelStart,
  TokenView,
  TokenWebviewRequest,
  TokenWebviewSays,
} from '../shared/tokenMessages';
import type { Rpc } from '../shared/rpc';
import { altinnSection } from './altinnSection';
import { Clock } from './clock';
import { reportError, wordsOf, type Words } from './connect';
import { Announcer, button, el, icon, redraw, section } from './dom';
import { environmentLine, sandboxNote } from './environmentLine';
import { grantSection } from './grantSection';
import { OptionsForm } from './optionsForm';
import { failureCard, problemCard } from './problemCard';
import { claimSections, tokenNotes } from './readableToken';
import { scopeTable } from './scopeTable';
import { stateLine, verificationLine } from './tokenState';

/** The token view. What it shows is the host's to say; what it keeps of its own is which parts are folded out. */
export class TokenPage {
  private readonly words: Words;
  private readonly clock = new Clock();
  private readonly announcer = new Announcer();
  private readonly header = el('header', { class: 'page-header' });
  /** Apart from the rest: what is typed there outlives whatever the host has to tell meanwhile. */
  private readonly optionsPlace = el('div');
  private readonly content = el('div');
  private options: OptionsForm | undefined;
  private view: TokenView;
  private grantOpen = false;
  private altinnOpen: boolean | undefined;

  constructor(
    private readonly rpc: Rpc<TokenWebviewSays, TokenHostSays>,
    { speech, view, options }: TokenPanelStart,
  ) {
    this.words = wordsOf(speech);
    this.view = view;
    document.body.replaceChildren(
      el('main', { class: 'page' }, this.header, this.optionsPlace, this.content),
      this.announcer.element,
    );
    this.draw();
    if (options) this.openOptions(options);
  }

  /** Opens the form, or only goes to the claim that is to be changed where it is open already. */
  openOptions(options: TokenOptions): void {
    if (this.options) {
      this.options.focusOn(options.focus);
      return;
    }
    this.options = new OptionsForm(options, this.words, {
      onCheck: (form) => {
        this.judge(this.rpc.request({ type: 'check-options', form }));
      },
      onSubmit: (form) => {
        this.submit(form);
      },
      onClose: () => {
        this.closeOptions();
        this.ask({ type: 'close-options' })();
      },
    });
    this.optionsPlace.replaceChildren(this.options.element);
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
      view.token ? this.tokenParts(view.token) : !view.problem && !view.busy && !this.options && this.emptyState(),
    );
    if (view.problem) this.announcer.say(view.problem.title);
  }

  private headerParts(): Node[] {
    const { view, words } = this;
    const { t } = words;
    return [
      view.scopes.length > 0
        ? el(
            'h1',
            { class: 'mono' },
            ...view.scopes.flatMap((scope, index) => (index > 0 ? [el('br'), scope] : [scope])),
          )
        : el('h1', {}, t('New token')),
      el(
        'div',
        { class: 'subtitle' },
        view.workload !== undefined && el('span', {}, view.workload),
        environmentLine(view.environment, words),
      ),
      ...view.options.map(({ name, value }) =>
        el('div', { class: 'option' }, el('span', { class: 'muted' }, name), ' ', el('span', { class: 'mono' }, value)),
      ),
      ...(view.token
        ? [stateLine(view.token, words, this.clock, this.announcer), verificationLine(view.token.verification, words)]
        : []),
      el('div', { class: 'buttons' }, ...this.buttons(t)),
      ...(view.environment.kind === 'sandbox' ? [sandboxNote(view.environment, words)] : []),
    ];
  }

  private buttons(t: Words['t']): HTMLElement[] {
    const { token, busy, waiting, scopes } = this.view;
    const buttons: HTMLElement[] = [];
    if (waiting) {
      buttons.push(
        el('span', { class: 'state' }, icon('loading', 'spin'), t('Waiting until it works')),
        button(t('Stop Waiting'), this.ask({ type: 'stop-waiting' }), { secondary: true, focusKey: 'main' }),
      );
    } else if (busy) {
      buttons.push(
        el('span', { class: 'state' }, icon('loading', 'spin'), t('Asking for a token')),
        button(t('Cancel'), this.ask({ type: 'cancel' }), { secondary: true, focusKey: 'main' }),
      );
    } else if (scopes.length > 0 && !this.options) {
      // An open form has a button of its own.
      const label = token ? t('Get New Token') : t('Get Token');
      buttons.push(button(label, this.ask({ type: 'get-token' }), { icon: 'key', focusKey: 'main' }));
    }
    if (!this.options) buttons.push(button(t('Options…'), this.wantOptions, { secondary: true, focusKey: 'options' }));
    if (token) {
      buttons.push(
        this.copyButton(t('Copy Token'), 'token'),
        ...(token.form === 'jwt' ? [this.copyButton(t('Copy Payload'), 'payload')] : []),
        this.copyButton(t('Copy as export'), 'export'),
      );
    }
    if (scopes.length > 0) {
      const onClick = this.ask({ type: 'send-request' });
      buttons.push(button(t('Send Request'), onClick, { icon: 'send', secondary: true, focusKey: 'send' }));
    }
    return buttons;
  }

  private copyButton(label: string, what: CopyWhat): HTMLElement {
    const onClick = (): void => {
      void this.copied(this.rpc.request({ type: 'copy', what, of: 'maskinporten' }), label);
    };
    return button(label, onClick, { icon: 'copy', secondary: true, focusKey: what });
  }

  private tokenParts(token: TokenDetails): HTMLElement {
    const { clock, words } = this;
    const { t } = words;
    return el(
      'div',
      {},
      ...tokenNotes(token.notes),
      section('scopes', t('Scopes'), scopeTable(token.scopes, words)),
      ...claimSections<CopyPart>({
        token,
        words,
        clock,
        parts: { claims: 'claims', header: 'header' },
        onCopy: this.copyClaim,
      }),
      this.altinnPart(),
      token.grant && this.grantPart(token.grant),
      el(
        'p',
        { class: 'quiet' },
        icon('lock'),
        el('span', {}, t('Read on this machine. Only the public keys of the issuer are fetched.')),
      ),
    );
  }

  private altinnPart(): HTMLElement | undefined {
    const { clock, words, announcer } = this;
    const { altinn } = this.view;
    return (
      altinn &&
      altinnSection({
        section: altinn,
        words,
        clock,
        announcer,
        open: this.altinnOpen ?? altinn.isLikely,
        onToggle: (open) => {
          this.altinnOpen = open;
        },
        onExchange: this.ask({ type: 'exchange' }),
        onCopy: (label, what) => {
          void this.copied(this.rpc.request({ type: 'copy', what, of: 'altinn' }), label);
        },
        onCopyClaim: this.copyClaim,
        onAction: this.onProblemAction,
      })
    );
  }

  private grantPart(grant: NonNullable<TokenDetails['grant']>): HTMLElement {
    const { words, clock } = this;
    return grantSection({
      grant,
      words,
      clock,
      open: this.grantOpen,
      onToggle: (open) => {
        this.grantOpen = open;
      },
      onCopy: this.copyClaim,
    });
  }

  private readonly copyClaim = (part: CopyPart, name: string): void => {
    void this.copied(this.rpc.request({ type: 'copy-claim', part, name }), name);
  };

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

  private readonly onProblemAction = (id: string): void => {
    this.ask({ type: 'problem-action', id })();
  };

  private readonly wantOptions = (): void => {
    this.rpc.request({ type: 'options' }).then((options) => {
      this.openOptions(options);
    }, this.onFailure);
  };

  private submit(form: TokenOptionsForm): void {
    this.judge(
      this.rpc.request({ type: 'get-token-with', form }).then((verdict) => {
        if (!verdict.fault) this.closeOptions();
        return verdict;
      }),
    );
  }

  private judge(reply: Promise<OptionsVerdict>): void {
    reply.then((verdict) => this.options?.show(verdict), this.onFailure);
  }

  private closeOptions(): void {
    this.options = undefined;
    this.optionsPlace.replaceChildren();
    this.draw();
  }

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
