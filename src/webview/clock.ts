/** Calls its listeners once a second with the time: countdowns show what the user's own clock says. */
export class Clock {
  private readonly listeners = new Set<(nowMs: number) => void>();

  constructor() {
    setInterval(() => {
      const nowMs = Date.now();
      for (const listener of this.listeners) listener(nowMs);
    }, 1000);
  }

  /** Calls `listener` now and each second as long as `element` is on the page. */
  tick(element: HTMLElement, listener: (nowMs: number) => void): void {
    const onTick = (nowMs: number): void => {
      if (element.isConnected) listener(nowMs);
      else this.listeners.delete(onTick);
    };
    this.listeners.add(onTick);
    listener(Date.now());
  }
}
