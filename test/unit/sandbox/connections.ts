import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

export interface Answered {
  /** 0 where the server closed the connection without an answer. */
  readonly status: number;
  readonly body: string;
}

/**
 * Some connections to a server on this machine that are kept open, with one request at a time on each: a load that
 * costs little beside the server's own work. What is sent is sent as it is.
 */
export class Connections {
  readonly #port: number;
  readonly #sockets: (Socket | undefined)[];

  constructor(port: number, count: number) {
    this.#port = port;
    this.#sockets = new Array<Socket | undefined>(count).fill(undefined);
  }

  /** Sends all of them, and gives their answers in the same order. */
  async send(requests: readonly Buffer[]): Promise<Answered[]> {
    const answers: Answered[] = [];
    const left = requests.entries();
    const work = async (_: unknown, slot: number) => {
      for (const [index, request] of left) answers[index] = await this.#exchange(slot, request);
    };
    await Promise.all(this.#sockets.map(work));
    return answers;
  }

  close(): void {
    for (const socket of this.#sockets) socket?.destroy();
    this.#sockets.fill(undefined);
  }

  async #exchange(slot: number, request: Buffer): Promise<Answered> {
    const socket = await this.#socket(slot);
    return new Promise((resolve) => {
      let received: Buffer = Buffer.alloc(0);
      const settle = (answer: Answered) => {
        socket.off('data', onData).off('close', onClose);
        resolve(answer);
      };
      const onData = (chunk: Buffer) => {
        received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
        const answer = wholeAnswer(received);
        if (!answer) return;
        if (answer.isLast) this.#sockets[slot] = undefined;
        settle(answer);
      };
      const onClose = () => {
        settle({ status: 0, body: '' });
      };
      socket.on('data', onData).on('close', onClose);
      socket.write(request);
    });
  }

  async #socket(slot: number): Promise<Socket> {
    const open = this.#sockets[slot];
    if (open && !open.destroyed) return open;
    const socket = connect(this.#port, '127.0.0.1').setNoDelay(true);
    socket.on('error', () => undefined);
    this.#sockets[slot] = socket;
    await once(socket, 'connect');
    return socket;
  }
}

/** Undefined until the whole of an answer is there. Answers of unknown length are not for a load that is counted. */
function wholeAnswer(received: Buffer): (Answered & { readonly isLast: boolean }) | undefined {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = received.toString('latin1', 0, end);
  const length = Number(/^content-length: *(\d+)$/im.exec(head)?.[1] ?? 0);
  if (received.length < end + 4 + length) return undefined;
  const body = received.toString('utf8', end + 4, end + 4 + length);
  return { status: Number(head.slice(9, 12)), body, isLast: /^connection: *close$/im.test(head) };
}

/** A POST as these connections send it. */
export function postRequest(url: string, contentType: string, body: string, more = ''): Buffer {
  const { host, pathname } = new URL(url);
  const head = `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: ${contentType}\r\n${more}`;
  return Buffer.from(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
