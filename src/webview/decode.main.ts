import type { DecodeHostSays, DecodeWebviewSays } from '../shared/decodeMessages';
import { connect, reportError } from './connect';
import { DecodePage } from './decodePage';
import { showFailure } from './problemCard';

async function main(): Promise<void> {
  const { rpc, listen } = connect<DecodeWebviewSays, DecodeHostSays>();
  const page = new DecodePage(rpc, await rpc.request({ type: 'ready' }));
  listen(({ view }) => {
    page.show(view);
  });
}

main().catch((error: unknown) => {
  reportError(error);
  showFailure();
});
