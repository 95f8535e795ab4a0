import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseRequestPanelEvent, parseRequestPanelRequest } from '../../../src/shared/parse';
import { parseDecodeRequest, parseTokenPanelState, parseTokenRequest } from '../../../src/shared/parseToken';
import { parseRequestPanelState } from '../../../src/shared/requestState';

const PARSERS: Readonly<Record<string, (value: unknown) => unknown>> = {
  parseRequestPanelRequest,
  parseRequestPanelEvent,
  parseRequestPanelState,
  parseTokenRequest,
  parseTokenPanelState,
  parseDecodeRequest,
};

const TYPES = [
  'ready',
  'send',
  'edited',
  'show-token',
  'problem-action',
  'get-token',
  'copy',
  'cancel',
  'decode',
  'verify',
  'check',
  'compose',
  'format-json',
];
const NAMES = [
  'type',
  'form',
  'scopes',
  'url',
  'method',
  'headers',
  'body',
  'id',
  'version',
  'workload',
  'manifestUri',
  'unsentQuery',
  'action',
  'kind',
  'fields',
];

/** Nearly messages: with the members that messages have, and anything in them. */
const message = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(...TYPES),
    fc.string(),
    fc.integer(),
    fc.constantFrom(null, undefined, true, Number.NaN, Symbol.iterator, 1n, () => undefined),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(fc.oneof(fc.constantFrom(...NAMES, '__proto__', 'constructor'), fc.string()), tie('value'), {
    maxKeys: 6,
  }),
}));

describe('what a page says to the host', () => {
  for (const [name, parse] of Object.entries(PARSERS)) {
    it(`is refused or made anew, never handed on and never a fault: ${name}`, () => {
      fc.assert(
        fc.property(fc.oneof(fc.anything(), message.object, message.value), (value) => {
          const taken = parse(value);
          if (taken === undefined) return;
          assert.notEqual(taken, value);
          assert.equal(Object.getPrototypeOf(taken), Object.prototype);
          assert.doesNotThrow(() => structuredClone(taken), 'only plain data');
        }),
        { numRuns: 2000 },
      );
    });
  }
});
