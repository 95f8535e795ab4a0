import { inRoot } from '../../scripts/lib/places.mjs';
import { Workbench } from './driver';

describe('the workbench on the example', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.start({ workspace: inRoot('examples') });
  });
  after(() => workbench.close());

  it('has Maskinporten in the activity bar', async () => {
    await workbench.activity('Maskinporten').waitFor();
  });
});
