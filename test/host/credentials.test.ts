import assert from 'node:assert/strict';
import type { ClientCredential } from '../../src/maskinporten/model';
import { Credentials, type NewCredential } from '../../src/state/credentials';
import { SILENT_LOG } from './silentLog';
import { Stores } from './stores';

const CREDENTIAL: ClientCredential = {
  environment: { kind: 'custom', issuer: 'https://issuer.example/' },
  clientId: 'a-client',
  privateJwk: { kty: 'RSA', kid: 'a-key', n: 'modulus', e: 'AQAB', d: 'the-private-exponent' },
};

const MINE: Extract<NewCredential, { kind: 'key' }> = { kind: 'key', name: 'Mine', credential: CREDENTIAL };

const TEXAS: Extract<NewCredential, { kind: 'texas' }> = {
  kind: 'texas',
  name: 'Forwarded',
  endpoint: 'http://127.0.0.1:7164/api/v1/token',
  environment: { kind: 'test', issuer: 'https://test.maskinporten.no/' },
  origin: { secret: 'maskinporten-app-00000000', workload: 'app' },
};

describe('the credentials', () => {
  let stores: Stores;
  let credentials: Credentials;
  const windows: Credentials[] = [];

  /** Another window of the same user, or this one after a restart. */
  async function openWindow(its: Stores): Promise<Credentials> {
    const opened = new Credentials(its.index, its.secrets, SILENT_LOG);
    windows.push(opened);
    await opened.ready;
    return opened;
  }

  beforeEach(async () => {
    stores = new Stores();
    credentials = await openWindow(stores);
  });

  afterEach(() => {
    for (const opened of windows.splice(0)) opened.dispose();
  });

  const change = (of: Credentials) =>
    new Promise<string>((resolve) => {
      const subscription = of.onDidChange((id) => {
        subscription.dispose();
        resolve(id);
      });
    });

  it('are written with the secret first and the index last', async () => {
    await credentials.add(MINE);
    assert.deepEqual(stores.writes, ['secret', 'index']);
  });

  it('keep nothing private in the index', async () => {
    await credentials.add(MINE);
    assert.doesNotMatch(JSON.stringify([...stores.indexValues]), /the-private-exponent/);
  });

  it('come back as they were given, in this window and the next', async () => {
    const withChain: Extract<NewCredential, { kind: 'key' }> = {
      kind: 'key',
      name: 'With a certificate',
      credential: { ...CREDENTIAL, privateJwk: { kty: 'RSA', n: 'modulus', e: 'AQAB', d: 'd' }, x5c: ['MIIB'] },
      consumerOrg: '889640782',
    };
    const { id } = await credentials.add(MINE);
    const certified = await credentials.add(withChain);
    const texas = await credentials.add(TEXAS);
    for (const opened of [credentials, await openWindow(stores)]) {
      assert.deepEqual(await opened.read(id), { kind: 'found', credential: CREDENTIAL, consumerOrg: undefined });
      assert.deepEqual(await opened.read(certified.id), {
        kind: 'found',
        credential: withChain.credential,
        consumerOrg: '889640782',
      });
      const { endpoint, environment } = TEXAS;
      assert.deepEqual(await opened.read(texas.id), { kind: 'texas', endpoint, environment });
      assert.deepEqual(opened.profile(texas.id)?.origin, TEXAS.origin);
      assert.deepEqual(
        opened.profiles.map((profile) => [profile.name, profile.kind === 'key' ? profile.keyId : profile.endpoint]),
        [
          ['Mine', 'a-key'],
          ['With a certificate', undefined],
          ['Forwarded', endpoint],
        ],
      );
    }
  });

  it('are not listed when the secret store refused', async () => {
    stores.refuse = 'store';
    await assert.rejects(credentials.add(MINE));
    assert.deepEqual(credentials.profiles, []);
  });

  it('are still listed when the secret store refused to delete them', async () => {
    const { id } = await credentials.add(MINE);
    stores.refuse = 'delete';
    await assert.rejects(credentials.delete(id));
    assert.equal(credentials.profile(id)?.name, 'Mine');
  });

  it('tell a missing secret from one that cannot be read', async () => {
    const { id } = await credentials.add(MINE);
    stores.refuse = 'get';
    assert.deepEqual(await credentials.read(id), { kind: 'unreadable' });
    stores.refuse = 'nothing';
    stores.secretValues.set(`credential/${id}`, '{"version":1');
    assert.deepEqual(await credentials.read(id), { kind: 'unreadable' });
    stores.secretValues.clear();
    assert.deepEqual(await credentials.read(id), { kind: 'missing' });
    assert.equal(credentials.profile(id)?.name, 'Mine', 'the row stays, and with it the ways on');
  });

  it('are gone from both stores once deleted', async () => {
    const { id } = await credentials.add(MINE);
    await credentials.delete(id);
    assert.equal(stores.secretValues.size, 0);
    assert.deepEqual(credentials.profiles, []);
    assert.deepEqual((await openWindow(stores)).profiles, []);
  });

  it('are changed beside the key, which stays', async () => {
    const { id } = await credentials.add({ ...MINE, consumerOrg: '889640782' });
    await credentials.update(id, { name: 'Renamed', clientId: 'another', consumerOrg: undefined });
    const next = await openWindow(stores);
    assert.equal(next.profile(id)?.name, 'Renamed');
    assert.deepEqual(await next.read(id), {
      kind: 'found',
      credential: { ...CREDENTIAL, clientId: 'another' },
      consumerOrg: undefined,
    });
  });

  it('can be renamed without their secret', async () => {
    const { id } = await credentials.add(MINE);
    stores.secretValues.clear();
    await credentials.update(id, { name: 'Renamed' });
    assert.equal(credentials.profile(id)?.name, 'Renamed');
    assert.deepEqual(await credentials.read(id), { kind: 'missing' });
  });

  it('get another key in their place, and tell so', async () => {
    const { id } = await credentials.add(MINE);
    const told = change(credentials);
    const privateJwk = { ...CREDENTIAL.privateJwk, kid: 'rotated' };
    await credentials.replace(id, { ...MINE, credential: { ...CREDENTIAL, privateJwk } });
    assert.equal(await told, id);
    const reading = await credentials.read(id);
    assert.ok(reading.kind === 'found' && reading.credential.privateJwk.kid === 'rotated');
    assert.equal(credentials.profiles.length, 1);
  });

  it('are duplicated with their key', async () => {
    const { id } = await credentials.add(MINE);
    const copy = await credentials.duplicate(id, 'Copy');
    assert.ok(copy && copy.id !== id);
    await credentials.delete(id);
    const reading = await credentials.read(copy.id);
    assert.ok(reading.kind === 'found' && reading.credential.privateJwk.d === 'the-private-exponent');
  });

  describe('for this session only', () => {
    it('touch no store, and are gone with the window', async () => {
      const { id } = await credentials.add(MINE, 'session');
      assert.deepEqual(stores.writes, []);
      assert.equal(stores.secretValues.size, 0);
      assert.ok(credentials.isSessionOnly(id));
      assert.equal((await credentials.read(id)).kind, 'found');
      assert.deepEqual((await openWindow(stores)).profiles, []);
    });

    it('stand in for one whose secret is gone, without writing anything', async () => {
      const { id } = await credentials.add(MINE);
      stores.secretValues.clear();
      stores.writes.length = 0;
      await credentials.replace(id, MINE, 'session');
      assert.equal((await credentials.read(id)).kind, 'found');
      assert.deepEqual(stores.writes, []);
      assert.equal(credentials.profiles.length, 1);
    });

    it('are kept for good once they are saved', async () => {
      const { id } = await credentials.add(MINE, 'session');
      await credentials.replace(id, MINE);
      assert.equal(credentials.isSessionOnly(id), false);
      assert.equal((await (await openWindow(stores)).read(id)).kind, 'found');
    });

    it('stay out of the index when another credential is written', async () => {
      await credentials.add(MINE, 'session');
      await credentials.add(TEXAS);
      assert.deepEqual(
        (await openWindow(stores)).profiles.map(({ name }) => name),
        ['Forwarded'],
      );
    });
  });

  describe('of version 1', () => {
    const row = {
      id: 'old',
      name: 'Old',
      environment: CREDENTIAL.environment,
      clientId: 'a-client',
      keyId: 'undefined',
    };

    beforeEach(() => {
      stores.indexValues.set('credentials', { version: 1, profiles: [row] });
      const entry = { version: 1, ...row, privateJwk: CREDENTIAL.privateJwk };
      stores.secretValues.set('credential/old', JSON.stringify(entry));
    });

    it('are listed and read', async () => {
      const opened = await openWindow(stores);
      assert.equal(opened.profile('old')?.name, 'Old');
      assert.deepEqual(await opened.read('old'), {
        kind: 'found',
        credential: CREDENTIAL,
        consumerOrg: undefined,
      });
    });

    it('are of the present version once they are changed', async () => {
      const opened = await openWindow(stores);
      await opened.update('old', { name: 'New' });
      const { version, name } = JSON.parse(stores.secretValues.get('credential/old')!) as Record<string, unknown>;
      assert.deepEqual([version, name], [2, 'New']);
      assert.equal((stores.indexValues.get('credentials') as { version: unknown }).version, 2);
    });
  });

  describe('whose index was lost', () => {
    it('are listed again from their entries', async () => {
      const { id } = await credentials.add(MINE);
      stores.indexValues.clear();
      assert.deepEqual(
        (await openWindow(stores)).profiles.map((profile) => profile.id),
        [id],
      );
      assert.ok(stores.indexValues.has('credentials'));
    });

    it('are out of reach where VS Code cannot enumerate entries, and do no harm', async () => {
      const old = new Stores(new Map([['credential/lost', '{}']]), false);
      const opened = await openWindow(old);
      assert.deepEqual(opened.profiles, []);
      const { id } = await opened.add(MINE);
      assert.equal((await opened.read(id)).kind, 'found');
    });

    it('are left alone where the entry is damaged', async () => {
      const damaged = new Stores(new Map([['credential/damaged', 'not JSON']]));
      assert.deepEqual((await openWindow(damaged)).profiles, []);
      assert.ok(damaged.secretValues.has('credential/damaged'));
    });
  });

  describe('in another window', () => {
    it('follow the signal of the secret store, before the index gets there', async () => {
      const others = new Stores(stores.secretValues);
      const other = await openWindow(others);
      const { id } = await credentials.add(MINE);
      const came = change(other);
      others.tell(`credential/${id}`);
      assert.equal(await came, id);
      assert.equal(other.profile(id)?.name, 'Mine');

      await credentials.update(id, { name: 'Renamed' });
      const renamed = change(other);
      others.tell(`credential/${id}`);
      await renamed;
      assert.equal(other.profile(id)?.name, 'Renamed');

      await credentials.delete(id);
      const left = change(other);
      others.tell(`credential/${id}`);
      await left;
      assert.equal(other.profile(id), undefined);
    });

    it('are not forgotten because the keyring was locked at that moment', async () => {
      const { id } = await credentials.add(MINE);
      stores.refuse = 'get';
      const told = change(credentials);
      stores.tell(`credential/${id}`);
      await told;
      assert.equal(credentials.profile(id)?.name, 'Mine');
    });

    it('are missing, not broken, where two tabs of a browser wrote over each other’s secrets', async () => {
      // Each tab writes the whole of the browser's store from its own copy, and tells the other nothing.
      const tab = new Stores(new Map(stores.secretValues));
      const other = await openWindow(tab);
      const { id } = await credentials.add(MINE);
      await other.add(TEXAS);
      stores.secretValues.clear();
      for (const [key, value] of tab.secretValues) stores.secretValues.set(key, value);

      assert.deepEqual(await credentials.read(id), { kind: 'missing' });
      assert.equal(credentials.profile(id)?.name, 'Mine');
      await credentials.replace(id, MINE);
      assert.equal((await credentials.read(id)).kind, 'found');
    });
  });
});
