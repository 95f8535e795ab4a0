import type { HeaderFields } from '../maskinporten/transport';
import type * as Undici from './undici';

type UndiciClient = InstanceType<typeof Undici.Client>;
type DispatchHandler = Parameters<UndiciClient['dispatch']>[1];
type Controller = Parameters<NonNullable<DispatchHandler['onRequestStart']>>[0];

/** The beginning of a response. */
export interface ResponseHead {
  readonly status: number;
  readonly statusText: string;
  /** As they came. */
  readonly headers: HeaderFields;
}

/** What may wait here until it is taken; beyond, the server waits. */
const MOST_WAITING_BYTES = 64 * 1024;

interface Taker {
  readonly resolve: (next: IteratorResult<Buffer, void>) => void;
  readonly reject: (error: Error) => void;
}

/**
 * One request and its response, as undici tells of them: the head as a promise, the body as pieces to be taken once. What
 * undici's own `request` puts between, a Node stream and its iterator, costs more than a small request does.
 */
export class ClientExchange implements DispatchHandler, AsyncIterableIterator<Buffer, void> {
  readonly head: Promise<ResponseHead>;
  private readonly waiting: Buffer[] = [];
  private waitingBytes = 0;
  private controller: Controller | undefined;
  private taker: Taker | undefined;
  private ended = false;
  private failure: Error | undefined;
  private settleHead!: { resolve: (head: ResponseHead) => void; reject: (error: Error) => void };

  constructor() {
    this.head = new Promise((resolve, reject) => {
      this.settleHead = { resolve, reject };
    });
  }

  onRequestStart(controller: Controller): void {
    this.controller = controller;
  }

  onResponseStart(controller: Controller, status: number, _headers: unknown, statusText = ''): void {
    // RFC 9110 section 15.2: interim responses come before the one that is waited for.
    if (status < 200) return;
    this.settleHead.resolve({ status, statusText, headers: inPairs(controller.rawHeaders) });
  }

  onResponseData(controller: Controller, piece: Buffer): void {
    const { taker } = this;
    if (taker) {
      this.taker = undefined;
      taker.resolve({ done: false, value: piece });
      return;
    }
    this.waiting.push(piece);
    this.waitingBytes += piece.length;
    if (this.waitingBytes >= MOST_WAITING_BYTES) controller.pause();
  }

  onResponseEnd(): void {
    this.ended = true;
    this.taker?.resolve({ done: true, value: undefined });
  }

  onResponseError(_controller: Controller, error: Error): void {
    this.failure = error;
    this.settleHead.reject(error);
    this.taker?.reject(error);
  }

  /** What has come is given before the failure that came after it. */
  next(): Promise<IteratorResult<Buffer, void>> {
    const piece = this.waiting.shift();
    if (piece) {
      this.waitingBytes -= piece.length;
      if (this.waiting.length === 0) this.controller?.resume();
      return Promise.resolve({ done: false, value: piece });
    }
    if (this.ended) return Promise.resolve({ done: true, value: undefined });
    if (this.failure) return Promise.reject(this.failure);
    return new Promise((resolve, reject) => {
      this.taker = { resolve, reject };
    });
  }

  /** Ends the connection, unless the body was read to its end. */
  return(): Promise<IteratorResult<Buffer, void>> {
    if (!this.ended && !this.failure) {
      this.ended = true;
      this.controller?.abort(new Error('left'));
    }
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/** Names and values alternate; they are ISO 8859-1 (RFC 9110 section 5.5). */
function inPairs(alternating: Controller['rawHeaders']): HeaderFields {
  if (!Array.isArray(alternating)) return [];
  return Array.from({ length: alternating.length / 2 }, (_, index) => [
    textOf(alternating[2 * index]),
    textOf(alternating[2 * index + 1]),
  ]);
}

function textOf(part: Buffer | string | undefined): string {
  return typeof part === 'string' ? part : (part?.toString('latin1') ?? '');
}
