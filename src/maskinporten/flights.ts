interface Flight<T> {
  readonly promise: Promise<T>;
  readonly controller: AbortController;
  passengers: number;
}

/**
 * Joins equal work that is asked for at one time: one flight for each key, however many wait for it. A caller who
 * gives up leaves the others waiting; when the last has gone, the flight itself is aborted.
 */
export class Flights<T> {
  private readonly flights = new Map</* key */ string, Flight<T>>();

  /** Waits for the flight of `key`, and starts it unless it is on its way. Rejects with the caller's own reason. */
  join(key: string, signal: AbortSignal, start: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (signal.aborted) return Promise.reject(reasonOf(signal));
    const flight = this.flights.get(key) ?? this.launch(key, start);
    flight.passengers += 1;
    return new Promise<T>((resolve, reject) => {
      const leave = () => {
        reject(reasonOf(signal));
        flight.passengers -= 1;
        if (flight.passengers > 0) return;
        this.land(key, flight);
        flight.controller.abort(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      flight.promise.then(resolve, reject).finally(() => {
        signal.removeEventListener('abort', leave);
      });
    });
  }

  private launch(key: string, start: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController();
    const flight: Flight<T> = { promise: start(controller.signal), controller, passengers: 0 };
    this.flights.set(key, flight);
    const land = () => {
      this.land(key, flight);
    };
    flight.promise.then(land, land);
    return flight;
  }

  /** A newer flight of the same key stays. */
  private land(key: string, flight: Flight<T>): void {
    if (this.flights.get(key) === flight) this.flights.delete(key);
  }
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new DOMException('Aborted', 'AbortError');
}
