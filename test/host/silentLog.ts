import type { Log } from '../../src/platform/log';

/** VS Code gives channels of one name one log, so a test that disposed of its own would close the extension's. */
export const SILENT_LOG = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  show: () => undefined,
  dispose: () => undefined,
} as unknown as Log;
