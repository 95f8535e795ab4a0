import { setTimeout as delay } from 'node:timers/promises';
import type { Answer, Request, Route } from './http';
import type { ScenarioBoard } from './scenarios';

/** Says of an answer that a scenario bent it, so that nobody looks for the fault elsewhere. */
export const SCENARIO_HEADER = 'x-sandbox-scenario';

const HANG_UP: Answer = { status: 503, headers: {}, body: '', hangUp: true };

const ERROR: Answer = {
  status: 500,
  headers: { 'content-type': 'text/html; charset=utf-8', [SCENARIO_HEADER]: 'error' },
  body: '<!doctype html><title>500 Internal Server Error</title><h1>500 Internal Server Error</h1>',
};

const GARBAGE: Answer = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8', [SCENARIO_HEADER]: 'garbage' },
  body: '<!doctype html><title>Maintenance</title><h1>We will be back soon</h1>',
};

/** The route as it is while a scenario disturbs the issuer's service. */
export function disturbed(route: Route, scenarios: ScenarioBoard): Route {
  const handle = async (request: Request): Promise<Answer> => {
    const disruption = scenarios.disruption();
    switch (disruption?.kind) {
      case undefined:
        return route.handle(request);
      case 'down':
        return HANG_UP;
      case 'error':
        return ERROR;
      case 'garbage':
        return GARBAGE;
      case 'slow': {
        // Answered late, but judged when it came: a grant must not grow old while it waits here.
        const answer = await route.handle(request);
        await pause(disruption.delayMs, request.signal);
        return { ...answer, headers: { ...answer.headers, [SCENARIO_HEADER]: 'slow' } };
      }
    }
  };
  return { ...route, handle };
}

/** Waits, but no longer than anybody listens; keeps no process alive. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal, ref: false }).catch(() => undefined);
}
