import assert from 'node:assert/strict';
import fc from 'fast-check';
import { jsonFault } from '../../../src/maskinporten/jsonFault';
import { readJsonMembers } from '../../../src/sandbox/texas/jsonMembers';
import { INTROSPECTION_FIELDS, readTexasRequest, TOKEN_FIELDS } from '../../../src/sandbox/texas/request';
import { requestWith } from './support';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('The fault of a text that is no JSON', () => {
  for (const [text, reason, end] of [
    ['', 'EOF while parsing a value', 0],
    ['{', 'EOF while parsing an object', 1],
    ['[1,', 'EOF while parsing a list', 3],
    ['{"a', 'EOF while parsing a string', 3],
    ['{"a": x}', 'expected value', 7],
    ['{a:1}', 'key must be a string', 2],
    ['{"a" 1}', 'expected `:`', 6],
    ['{"a":1 "b":2}', 'expected `,` or `}`', 8],
    ['[1 2]', 'expected `,` or `]`', 4],
    ['[1,]', 'expected value', 4],
    ['{"a":1,}', 'key must be a string', 8],
    ['{} x', 'trailing characters', 4],
    ['"\\x"', 'invalid escape', 3],
    ['"a\nb"', 'control character (\\u0000-\\u001F) found while parsing a string', 3],
    ['01', 'expected value', 1],
  ] as const) {
    it(`is “${reason}” for ${JSON.stringify(text)}`, () => {
      assert.deepEqual(jsonFault(text), { reason, end });
    });
  }

  it('is found just where JSON.parse finds one, in texts made from JSON and broken', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', '"', ',', '}', ']', '{', ':', '\\', '0', 'e', '-', '\n', ' '))
      .map(([text, at, piece]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + piece + text.slice(place + (at % 2));
      });
    fc.assert(
      fc.property(fc.oneof(fc.json(), broken, fc.string()), (text) => {
        const fault = jsonFault(text);
        assert.equal(fault === undefined, isJson(text), text);
        if (fault) assert.ok(fault.end >= 0 && fault.end <= text.length, text);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is found at any depth', () => {
    const deep = '['.repeat(60_000);
    assert.deepEqual(jsonFault(deep), { reason: 'EOF while parsing a list', end: deep.length });
  });
});

describe('The members of a JSON object', () => {
  it('are those that JSON.parse finds', () => {
    const objects = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(objects, fc.constantFrom(undefined, 1, '\t'), (object, space) => {
        const text = JSON.stringify(object, undefined, space);
        const reading = readJsonMembers(text);
        assert.ok(reading.kind === 'members');
        const plain = JSON.parse(text) as Record<string, unknown>;
        assert.deepEqual(Object.fromEntries(reading.members.map(({ name, value }) => [name, value])), plain);
        for (const { value, end } of reading.members) {
          if (typeof value === 'string') assert.equal(text[end - 1], '"');
        }
      }),
    );
  });
});

describe('A request to Texas', () => {
  const anything = fc.oneof(fc.string(), fc.json(), fc.webQueryParameters());
  const type = fc.oneof(
    fc.constantFrom(
      'application/json',
      'application/json; charset=utf-8',
      'application/jsonx',
      'application/x-www-form-urlencoded',
      'application/x-www-form-urlencodedx',
      'text/plain',
    ),
    fc.string(),
  );

  it('is read or refused, whatever it holds, and never throws', () => {
    fc.assert(
      fc.property(anything, type, fc.constantFrom(TOKEN_FIELDS, INTROSPECTION_FIELDS), (text, contentType, rules) => {
        const body = Buffer.from(text);
        const reading = readTexasRequest(requestWith({ headers: { 'content-type': contentType }, body }), rules);
        if (!reading.ok) assert.notEqual(reading.description, '');
      }),
    );
  });

  it('says the same as JSON and as a form', () => {
    const requests = fc.record(
      {
        identity_provider: fc.constantFrom('maskinporten', 'azuread', 'tokenx', 'entra_id', 'idporten'),
        target: fc.string(),
        resource: fc.string(),
        skip_cache: fc.boolean(),
        authorization_details: fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
      },
      { requiredKeys: ['identity_provider', 'target'] },
    );
    fc.assert(
      fc.property(requests, (request) => {
        const json = JSON.stringify(request);
        const fields = Object.entries(JSON.parse(json) as Record<string, unknown>).map(([name, value]) => [
          name,
          typeof value === 'string' ? value : JSON.stringify(value),
        ]);
        const form = new URLSearchParams(fields).toString();
        const read = (contentType: string, body: string) =>
          readTexasRequest(
            requestWith({ headers: { 'content-type': contentType }, body: Buffer.from(body) }),
            TOKEN_FIELDS,
          );
        const fromJson = read('application/json', json);
        assert.ok(fromJson.ok);
        assert.deepEqual(read('application/x-www-form-urlencoded', form), fromJson);
      }),
    );
  });

  it('is refused when its JSON is not UTF-8', () => {
    const body = Buffer.from([0x22, 0xff, 0x22]);
    const reading = readTexasRequest(
      requestWith({ headers: { 'content-type': 'application/json' }, body }),
      TOKEN_FIELDS,
    );
    assert.ok(!reading.ok);
    assert.match(reading.description, /^Failed to parse the request body as JSON: /);
  });
});
