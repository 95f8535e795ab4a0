import type { RequestHostSays, RequestWebviewSays } from '../shared/messages';
import { connect, reportError } from './connect';
import { showFailure } from './problemCard';
import { RequestPage } from './requestPage';

async function main(): Promise<void> {
  const connection = connect<RequestWebviewSays, RequestHostSays>();
  const start = await connection.rpc.request({ type: 'ready' });
  const page = new RequestPage(connection, start);
  connection.listen((event) => {
    page.hear(event);
  });
}

main().catch((error: unknown) => {
  reportError(error);
  showFailure();
});
