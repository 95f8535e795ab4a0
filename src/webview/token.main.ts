import type { TokenHostSays, TokenWebviewSays } from '../shared/tokenMessages';
import { connect, reportError } from './connect';
import { showFailure } from './problemCard';
import { TokenPage } from './tokenPage';

async function main(): Promise<void> {
  const { rpc, keep, listen } = connect<TokenWebviewSays, TokenHostSays>();
  const start = await rpc.request({ type: 'ready' });
  const page = new TokenPage(rpc, start);
  keep(start.state);
  listen((event) => {
    if (event.type === 'view') {
      keep(event.state);
      page.show(event.view);
    } else {
      page.openOptions(event.options);
    }
  });
}

main().catch((error: unknown) => {
  reportError(error);
  showFailure();
});
