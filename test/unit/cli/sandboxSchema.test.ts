import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import schema from '../../../docs/sandbox.schema.json';
import { faultsBySchema, type Schema } from '../../../src/cli/sandbox/schema';

/** Editors read the published schema with validators of their own: they must judge as the command line does. */
describe('the schema of the sandbox’s configuration', () => {
  const isValid = new Ajv2020({ strict: true }).compile(schema);

  const anything = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom<unknown>('app', 'a:b', '889640782', 30, 0, 1.5, 90_000, true, [], {}, 'revoked'),
  );
  /** Mostly what it should be: else nothing would be valid as a whole. */
  const mostly = <T>(right: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 40, arbitrary: right }, { weight: 1, arbitrary: anything });
  const list = (item: fc.Arbitrary<unknown>) => mostly(fc.array(item, { maxLength: 2 }));
  type Members = Readonly<Record<string, fc.Arbitrary<unknown>>>;
  const record = (needed: Members, more: Members) =>
    mostly(
      fc.oneof(
        { weight: 40, arbitrary: fc.record({ ...needed, ...more }, { requiredKeys: Object.keys(needed) }) },
        { weight: 1, arbitrary: fc.record({ ...needed, ...more, other: anything }, { requiredKeys: [] }) },
      ),
    );
  const name = mostly(fc.constantFrom('app', 'b0ae1b43'));
  const scope = mostly(fc.constantFrom('a:b', 'nav:team/product.read'));
  const organisation = mostly(fc.constant('889640782'));
  const lifetime = mostly(fc.integer({ min: 1, max: 86_400 }));
  const configurations = record(
    {},
    {
      $schema: fc.string(),
      organisation,
      defaultLifetimeSeconds: lifetime,
      clients: list(
        record(
          { name, scopes: list(scope) },
          {
            organisation,
            businessCertificate: mostly(fc.boolean()),
            delegations: list(record({ consumer: organisation }, {})),
          },
        ),
      ),
      scopes: list(record({ name: scope }, { lifetimeSeconds: lifetime, consumers: list(organisation) })),
      certificateAuthorities: list(fc.string()),
      scenarios: list(
        record({ kind: mostly(fc.constantFrom('revoked', 'slow')) }, { client: name, scope, seconds: lifetime }),
      ),
    },
  );

  it('judges as other validators do, whatever stands in a configuration', () => {
    const verdicts = { valid: 0, invalid: 0 };
    fc.assert(
      fc.property(configurations, (value) => {
        const config = JSON.parse(JSON.stringify(value)) as unknown;
        const faults = faultsBySchema(config, schema as Schema);
        verdicts[faults.length === 0 ? 'valid' : 'invalid'] += 1;
        assert.equal(faults.length === 0, isValid(config), JSON.stringify({ config, faults, errors: isValid.errors }));
      }),
      { numRuns: 3_000 },
    );
    // Neither verdict may be so rare that the comparison says nothing.
    assert.ok(verdicts.valid > 300 && verdicts.invalid > 300, JSON.stringify(verdicts));
  });
});
