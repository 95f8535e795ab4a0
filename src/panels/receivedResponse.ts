import type * as vscode from 'vscode';
import { classifyBody, type ClassifiedBody } from '../http/body';
import { suggestedFileName } from '../http/fileName';
import { headerValue } from '../maskinporten/headers';
import type { Language } from '../platform/language';
import type { Log } from '../platform/log';
import type { ResponseChanges, ResponseCommand, ResponseView } from '../shared/responseMessages';
import type { Answered, RequestWish } from '../state/requests';
import { problemContextOf } from '../words/problemContext';
import type { WorkloadReadings } from '../workspace/workloadReadings';
import { copyText } from './clipboard';
import type { ResponseDocuments } from './responseDocuments';
import { wordedNotes, type WordedNotes } from './responseNotes';
import type { ResponseOffer } from './responseOffers';
import { editorLanguage, wholePretty, type TextBody } from './responseText';
import { responseView, viewWithoutToken, withoutToken, type FixedView } from './responseView';
import { SavedBody } from './savedBody';
import { askForFile } from './saveResponse';

export interface ReceivedResponseServices {
  readonly readings: WorkloadReadings;
  readonly documents: ResponseDocuments;
  readonly language: Language;
  readonly log: Log;
}

/** What was sent, and what it was answered with. */
export interface ReceivedAnswer {
  readonly wish: RequestWish;
  readonly answered: Answered;
  /** What the environment was called when it was sent. */
  readonly environment: string;
}

/** One response as long as a panel shows it: its view, what its buttons do, and what waits on its connection. */
export class ReceivedResponse implements vscode.Disposable {
  /** The body as it may be shown: without the token that went along. */
  private readonly body: ClassifiedBody;
  private readonly repeatsToken: boolean;
  private readonly receivedAtMs = Date.now();
  private readonly saved: SavedBody;
  private readonly fixed: FixedView;
  private offers: ReadonlyMap<string, ResponseOffer> = new Map();

  constructor(
    private readonly received: ReceivedAnswer,
    private readonly owner: object,
    private readonly services: ReceivedResponseServices,
    onDidChange: () => void,
  ) {
    const { wish, answered, environment } = received;
    const { t } = services.language;
    const classified = classifyBody(answered.result.body, this.contentType);
    this.body = 'text' in classified ? { ...classified, text: this.masked(classified.text) } : classified;
    this.repeatsToken = 'text' in classified && 'text' in this.body && classified.text !== this.body.text;
    this.saved = new SavedBody(answered.result, services.language, services.log, onDidChange);
    const sent = { method: wish.request.method, scopes: wish.ask?.scopes ?? [], environment };
    const notes = this.makeNotes();
    this.fixed = viewWithoutToken(
      responseView(answered.result, this.body, sent, notes, t),
      answered.token?.accessToken,
      t,
    );
  }

  get wish(): RequestWish {
    return this.received.wish;
  }

  get sentUrl(): string {
    return this.received.answered.result.sentUrl;
  }

  view(): ResponseView {
    return { ...this.fixed, ...this.changes() };
  }

  /** What may have changed since: what the manifest consumes, and what became of the body. */
  changes(): ResponseChanges {
    const { notes, offers } = this.makeNotes();
    this.offers = offers;
    return { notes, saving: this.saved.state };
  }

  offer(id: string): ResponseOffer | undefined {
    return this.offers.get(id);
  }

  async do(command: ResponseCommand): Promise<void> {
    const { t } = this.services.language;
    switch (command) {
      case 'open-pretty':
      case 'open-raw':
        return this.openInEditor(command === 'open-pretty');
      case 'copy-pretty':
      case 'copy-raw': {
        if (!isText(this.body)) return;
        const text = command === 'copy-pretty' ? await wholePretty(this.body) : this.body.text;
        await copyText(text, t('Body copied.'));
        return;
      }
      case 'copy-headers': {
        const lines = this.fixed.headers.map(({ name, value }) => `${name}: ${value}\n`);
        await copyText(lines.join(''), t('Headers copied.'));
        return;
      }
      case 'save':
      case 'save-rest': {
        const file = await askForFile(this.fileName, t);
        if (file) await this.saved.save(file);
        return;
      }
      case 'stop-rest':
        this.saved.stopRest();
        return;
      case 'cancel-saving':
        this.saved.cancel();
        return;
      case 'open-saved':
        await this.saved.openFile();
    }
  }

  /** For an answer that was to go to a file: one that is no success is not what was wanted there. */
  async saveIfGood(file: vscode.Uri): Promise<void> {
    const { status } = this.received.answered.result;
    if (status >= 200 && status < 300) await this.saved.save(file);
    else this.saved.refuse(this.services.language.t('Nothing was saved: the answer is {status}.', { status }));
  }

  /** Another takes its place: a save that runs goes on in a notification, and all else is let go. */
  goOn(): Promise<void> {
    return this.saved.goOn();
  }

  dispose(): void {
    this.saved.dispose();
  }

  private get contentType(): string | undefined {
    return headerValue(this.received.answered.result.headers, 'content-type');
  }

  private get fileName(): string {
    const { headers, sentUrl } = this.received.answered.result;
    return suggestedFileName(headers, sentUrl);
  }

  private masked(text: string): string {
    return withoutToken(text, this.received.answered.token?.accessToken, this.services.language.t);
  }

  private makeNotes(): WordedNotes {
    const { wish, answered } = this.received;
    const { readings, language } = this.services;
    const { ask, request } = wish;
    const worded = wordedNotes(
      {
        answered,
        body: this.body,
        asked: request,
        scopes: ask?.scopes ?? [],
        declared: ask && problemContextOf(readings.manifestFor(ask), undefined).declaredScopes,
        receivedAtMs: this.receivedAtMs,
      },
      language.t,
    );
    const repeats = language.t(
      'The answer repeats the access token. It is not shown here; a saved file would hold it.',
    );
    const notes = this.repeatsToken ? [...worded.notes, { text: repeats, actions: [] }] : worded.notes;
    return { ...worded, notes: viewWithoutToken(notes, answered.token?.accessToken, language.t) };
  }

  private async openInEditor(isPretty: boolean): Promise<void> {
    const { body } = this;
    if (!isText(body)) return;
    const { id, extension } = editorLanguage(body, this.contentType ?? '');
    const stem = this.fileName.replace(/\.[^.]*$/, '');
    await this.services.documents.open({
      owner: this.owner,
      name: `${stem}.${extension}`,
      languageId: id,
      text: () => (isPretty ? wholePretty(body) : Promise.resolve(body.text)),
    });
  }
}

function isText(body: ClassifiedBody): body is TextBody {
  return 'text' in body;
}
