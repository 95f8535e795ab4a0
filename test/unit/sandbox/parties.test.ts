import assert from 'node:assert/strict';
import { decodeJwt } from 'jose';
import { clientWith, ORGANISATION, OTHER_SCOPE, SCOPE, useSandbox } from './support';

const CONSUMER = '910753614';
const SYSTEM_USER = {
  organisation: '313367002',
  id: '33a0911a-5459-456f-bc57-3d37ef9a016c',
  systemId: '974761076_skatt_demo_system',
};

const CONSENT = {
  id: '77ed8698-e619-4066-9eb4-5c1eb3f165a1',
  from: 'urn:altinn:person:identifier-no:17858296439',
  resource: 'standard-samtykke-for-dele-data',
  validTo: '2030-01-20T10:34:34.836+00:00',
};

describe('A grant on behalf of others', () => {
  const suite = useSandbox();

  beforeEach(() => {
    suite.have({
      delegations: [{ consumer: CONSUMER, scopes: [SCOPE] }],
      systemUsers: [SYSTEM_USER],
      consents: [CONSENT],
    });
  });

  const claimsFor = async (claims: Record<string, unknown>): Promise<Record<string, unknown>> =>
    decodeJwt((await suite.granted(claims)).access_token);

  describe('of a customer', () => {
    it('names the customer as consumer, the client’s organisation as supplier, and where that was agreed', async () => {
      const claims = await claimsFor({ consumer_org: CONSUMER });
      const authority = 'iso6523-actorid-upis';
      assert.deepEqual(claims['consumer'], { authority, ID: `0192:${CONSUMER}` });
      assert.deepEqual(claims['supplier'], { authority, ID: `0192:${ORGANISATION}` });
      assert.equal(claims['delegation_source'], 'https://tt02.altinn.no/');
    });

    it('has neither supplier nor source when nobody else is named', async () => {
      const claims = await claimsFor({});
      assert.equal(claims['supplier'], undefined);
      assert.equal(claims['delegation_source'], undefined);
    });

    it('is refused for a scope that the customer has not delegated', async () => {
      assert.equal(
        await suite.refused({ consumer_org: CONSUMER, scope: `${SCOPE} ${OTHER_SCOPE}` }),
        `403 forbidden Consumer ${CONSUMER} has not delegated access to the scope ${OTHER_SCOPE} to supplier ${ORGANISATION}.`,
      );
    });

    it('may have all scopes of the client where the delegation names none', async () => {
      suite.have({ delegations: [{ consumer: CONSUMER }] });
      await claimsFor({ consumer_org: CONSUMER, scope: `${SCOPE} ${OTHER_SCOPE}` });
    });

    it('needs the customer’s own right to the scope, not the supplier’s', async () => {
      const clients = [clientWith([suite.keys.publicJwk], { delegations: [{ consumer: CONSUMER }] })];
      suite.sandbox.setClients(clients, [{ name: SCOPE, consumers: [ORGANISATION] }]);
      assert.equal(
        await suite.refused({ consumer_org: CONSUMER }),
        `403 forbidden Consumer has not been granted access to the scope ${SCOPE}.`,
      );
      suite.sandbox.setClients(clients, [{ name: SCOPE, consumers: [CONSUMER] }]);
      await claimsFor({ consumer_org: CONSUMER });
      assert.match(await suite.refused({}), /^400 invalid_scope /);
    });

    it('is refused by the older claim, which nobody is registered for', async () => {
      assert.match(await suite.refused({ iss_onbehalfof: CONSUMER }), /^400 invalid_request .*iss_onbehalfof/);
    });
  });

  describe('of a system user', () => {
    const party = { authority: 'iso6523-actorid-upis', ID: `0192:${SYSTEM_USER.organisation}` };
    const detail = { type: 'urn:altinn:systemuser', systemuser_org: party };

    it('says in the token which it is', async () => {
      const claims = await claimsFor({ authorization_details: [detail] });
      assert.deepEqual(claims['authorization_details'], [
        {
          type: 'urn:altinn:systemuser',
          systemuser_org: party,
          systemuser_id: [SYSTEM_USER.id],
          system_id: SYSTEM_USER.systemId,
        },
      ]);
      assert.deepEqual(claims['consumer'], { authority: 'iso6523-actorid-upis', ID: `0192:${ORGANISATION}` });
    });

    it('tells several of one organisation apart by the vendor’s reference', async () => {
      suite.have({ systemUsers: [SYSTEM_USER, { ...SYSTEM_USER, id: 'second', externalRef: 'b' }] });
      const claims = await claimsFor({ authorization_details: [{ ...detail, externalRef: 'b' }] });
      const [granted] = claims['authorization_details'] as Record<string, unknown>[];
      assert.deepEqual([granted?.['systemuser_id'], granted?.['externalRef']], [['second'], 'b']);
      assert.match(await suite.refused({ authorization_details: [{ ...detail, externalRef: 'c' }] }), /^400 .*values/);
    });

    it('is refused for an organisation that has approved none', async () => {
      const other = { ...detail, systemuser_org: { ...party, ID: `0192:${CONSUMER}` } };
      assert.equal(
        await suite.refused({ authorization_details: [other] }),
        '400 invalid_altinn_customer_configuration Invalid authorization details values, urn:altinn:systemuser',
      );
    });

    it('is refused under another id or of another system than was approved', async () => {
      const right = { ...detail, systemuser_id: [SYSTEM_USER.id], system_id: SYSTEM_USER.systemId };
      await claimsFor({ authorization_details: [right] });
      for (const wrong of [{ systemuser_id: ['x'] }, { systemuser_id: SYSTEM_USER.id }, { system_id: 'x' }]) {
        assert.match(await suite.refused({ authorization_details: [{ ...right, ...wrong }] }), /^400 .*values/);
      }
    });

    it('is refused with members that it does not have, by name', async () => {
      assert.equal(
        await suite.refused({ authorization_details: [{ ...detail, systemuserorg: party }] }),
        '400 invalid_authorization_details Unknown fields in the authorization details, systemuserorg',
      );
    });
  });

  describe('by a consent', () => {
    const { id, from, resource, validTo } = CONSENT;
    const detail = { type: 'urn:altinn:consent', id, from };

    it('says in the token who consented to what, and to whom', async () => {
      const claims = await claimsFor({ authorization_details: [detail] });
      const right = { action: ['consent'], resource: [{ type: 'urn:altinn:resource', value: resource }], metadata: {} };
      assert.deepEqual(claims['authorization_details'], [
        {
          ...detail,
          to: { authority: 'iso6523-actorid-upis', ID: `0192:${ORGANISATION}` },
          validTo,
          consentRights: [right],
        },
      ]);
    });

    it('is given to the customer where a supplier asks', async () => {
      const claims = await claimsFor({ authorization_details: [detail], consumer_org: CONSUMER });
      const [granted] = claims['authorization_details'] as { to: { ID: string } }[];
      assert.equal(granted?.to.ID, `0192:${CONSUMER}`);
    });

    it('is refused under another id, and of somebody else', async () => {
      for (const wrong of [{ id: SYSTEM_USER.id }, { from: 'urn:altinn:organization:identifier-no:313367002' }]) {
        assert.equal(
          await suite.refused({ authorization_details: [{ ...detail, ...wrong }] }),
          '400 invalid_altinn_customer_configuration Invalid authorization details values, urn:altinn:consent',
        );
      }
    });

    it('is refused with members that it does not have, by name', async () => {
      assert.equal(
        await suite.refused({ authorization_details: [{ ...detail, to: CONSUMER }] }),
        '400 invalid_authorization_details Unknown fields in the authorization details, to',
      );
    });
  });
});
