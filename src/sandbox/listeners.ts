import type { SandboxEvent, SandboxListener } from './model';

/** Who wants to know of answers. */
export class Listeners {
  readonly #all = new Set<SandboxListener>();

  readonly emit: SandboxListener = (event) => {
    for (const listener of [...this.#all]) notify(listener, event);
  };

  add(listener: SandboxListener): { dispose(): void } {
    this.#all.add(listener);
    return { dispose: () => this.#all.delete(listener) };
  }
}

/** A listener that throws has a fault of its own, which is no reason to answer a client wrongly. */
function notify(listener: SandboxListener, event: SandboxEvent): void {
  try {
    listener(event);
  } catch {
    // Nobody to tell: the sandbox logs nothing.
  }
}
