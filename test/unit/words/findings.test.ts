import assert from 'node:assert/strict';
import type { Finding, FindingData, FixTitle } from '../../../src/manifest';
import { createTranslate } from '../../../src/shared/localize';
import { wordFinding, wordFix } from '../../../src/words/findings';

const t = createTranslate({});
const first = { start: 0, end: 1 };

function word<C extends Finding['code']>(code: C, data: FindingData[C]): string {
  const finding = { code, severity: 'error', range: first, alsoInSchema: false, data, fixes: [] } as unknown as Finding;
  return wordFinding(finding, t);
}

describe('the words of a finding', () => {
  for (const [sentence, words] of [
    [
      word('NM005', { key: 'scope', parent: 'maskinporten', nearest: 'scopes' }),
      'There is no key scope in maskinporten: the deploy will be refused. scopes is the nearest one.',
    ],
    [
      word('NM005', { key: 'foo', parent: 'scopes', nearest: undefined }),
      'There is no key foo in scopes: the deploy will be refused.',
    ],
    [
      word('NM006', { key: 'scopes', expected: 'map', keys: ['consumes', 'exposes'] }),
      'scopes must have keys of its own below it (consumes, exposes): the deploy will be refused.',
    ],
    [
      word('NM006', { key: 'consumes', expected: 'list', keys: [] }),
      'consumes must be a list, with a dash before each item: the deploy will be refused.',
    ],
    [
      word('NM007', { scope: 'ks:fiks' }),
      'An item of consumes needs a name key, as in - name: ks:fiks: the deploy will be refused.',
    ],
    [
      word('NM008', { problem: 'missing' }),
      'An item of consumes needs a name: without it, the deploy will be refused.',
    ],
    [
      word('NM008', { problem: 'empty' }),
      'The name is empty: Digdir has no such scope, so no token will be granted for it.',
    ],
    [
      word('NM008', { problem: 'not-a-string' }),
      'The name must be text, in quotes where YAML reads something else: the deploy will be refused.',
    ],
    [
      word('NM009', { scope: 'x', characters: [' ', '\t', '\n', '\u200b', 'ø', '"', '😀'] }),
      'The scope holds a space, a tab, a line break, U+200B, ø, ", 😀, which no scope can have: Maskinporten will refuse it when a token is asked for.',
    ],
    [
      word('NM010', { scopes: ['a:b', 'c:d'] }),
      'This name holds 2 scopes, and Digdir will take it for one that does not exist. Each needs its own item.',
    ],
    [
      word('NM011', { scope: 'noe' }),
      'noe has no owner’s prefix, as in prefix:name: Maskinporten most likely does not know it when a token is asked for.',
    ],
    [
      word('NM012', { scope: 'A-b', characters: ['A', '-'] }),
      'A - is rare in a scope. If Digdir has the scope under another spelling, no token will be granted.',
    ],
    [
      word('NM013', { scope: 'a:b/', cleaned: 'a:b' }),
      'A scope cannot begin or end with any of / : ., or have two of the same in a row: Maskinporten most likely does not know a:b/ when a token is asked for.',
    ],
    [word('NM014', { scope: 'a:b', first }), 'a:b is consumed already, further up: this item changes nothing.'],
    [word('NM001', { key: 'enabled' }), `maskinporten needs enabled, true or false: the deploy will be refused.`],
    [
      word('NM001', { key: 'secretName' }),
      `A MaskinportenClient needs secretName, what its Secret will be called: the deploy will be refused.`,
    ],
    [
      word('NM002', { key: 'accessibleForAll', value: 'maybe' }),
      `accessibleForAll must be true or false, without quotes, and is maybe: the deploy will be refused.`,
    ],
    [
      word('NM002', { key: 'enabled', value: undefined }),
      `enabled has no value, and must be true or false: the deploy will be refused.`,
    ],
    [word('NM003', {}), `Maskinporten is off here: the scopes below are not registered, and no client is made.`],
    [
      word('NM004', {}),
      `No scope is listed: the client that is made can only get a token for the cluster’s default scope.`,
    ],
    [
      word('NM015', { scope: 'ks:fikz', known: 'ks:fiks' }),
      `ks:fiks is a known scope; ks:fikz is not. If it is misspelt, no token will be granted for it.`,
    ],
    [
      word('NM019', {}),
      `Scopes are consumed, and no outbound host is open: a call from the pod to an API outside of the cluster will time out.`,
    ],
    [
      word('NM020', { scope: 'ks:fiks', hosts: ['a.no', 'b.no'], target: 'prod' }),
      `The API of ks:fiks is known to be at a.no, b.no in production, which no outbound rule opens: a call from the pod will time out.`,
    ],
    [
      word('NM020', { scope: 'ks:fiks', hosts: ['a.no'], target: 'dev' }),
      `The API of ks:fiks is known to be at a.no in test, which no outbound rule opens: a call from the pod will time out.`,
    ],
    [
      word('NM021', { host: 'a.no', counterparts: [], target: 'prod' }),
      `a.no is a test host, and this manifest seems to be for production: tokens of the one are refused by the other.`,
    ],
    [
      word('NM021', { host: 'a.no', counterparts: [], target: 'dev' }),
      `a.no is a host in production, and this manifest seems to be for test: tokens of the one are refused by the other.`,
    ],
    [word('NM022', { host: '', problem: 'empty' }), `The host is empty: the deploy will be refused.`],
    [
      word('NM022', { host: '[a.no]', problem: 'no-text' }),
      `To YAML, [a.no] is no text, and a host must be: the deploy will be refused.`,
    ],
    [
      word('NM022', { host: 'https://a.no', problem: 'address' }),
      `A host is a name alone, without scheme and path, unlike https://a.no: the deploy will be refused.`,
    ],
    [
      word('NM022', { host: 'a.no:1', problem: 'port' }),
      `A port stands under ports, not in the host a.no:1: the deploy will be refused.`,
    ],
    [
      word('NM022', { host: '*.no', problem: 'wildcard' }),
      `A host has no wildcards; each host needs its own item: the deploy will be refused.`,
    ],
    [
      word('NM022', { host: 'a.no.', problem: 'trailing-dot' }),
      `A host ends without a dot, unlike a.no.: the deploy will be refused.`,
    ],
    [
      word('NM022', { host: 'a_b.no', problem: 'characters' }),
      `A host is made of letters, digits and hyphens with dots between, unlike a_b.no: the deploy will be refused.`,
    ],
    [
      word('NM023', { host: 'a.no', ipv4: '10.0.0.1' }),
      `With both host and ipv4, Nais makes no rule at all of this item: the call from the pod will time out.`,
    ],
    [
      word('NM024', { problem: 'text' }),
      `An item of external needs a host or an ipv4 key: the deploy will be refused.`,
    ],
    [word('NM024', { problem: 'empty' }), `This item has neither host nor ipv4: it opens nothing for the pod.`],
    [
      word('NM025', { ipv4: 'a.no', problem: 'host-name' }),
      `a.no is a host name, and belongs under host: the deploy will be refused.`,
    ],
    [
      word('NM025', { ipv4: '10.0.0.0/8', problem: 'network' }),
      `10.0.0.0/8 is no single IPv4 address, as in 10.0.0.1: the deploy will be refused.`,
    ],
    [
      word('NM025', { ipv4: '', problem: 'malformed' }),
      `"" is no single IPv4 address, as in 10.0.0.1: the deploy will be refused.`,
    ],
    [
      word('NM026', { problem: 'number', value: '22' }),
      `An item of ports needs a port key, as in - port: 22: the deploy will be refused.`,
    ],
    [
      word('NM026', { problem: 'number', value: 'ssh' }),
      `An item of ports needs a port key, as in - port: 443: the deploy will be refused.`,
    ],
    [
      word('NM026', { problem: 'unknown-key', value: 'protocol' }),
      `There is no key protocol in ports, only port: the deploy will be refused.`,
    ],
    [
      word('NM026', { problem: 'not-a-number', value: 'x' }),
      `A port is a whole number without quotes: the deploy will be refused.`,
    ],
    [word('NM026', { problem: 'missing', value: '' }), `An item of ports needs a port: the deploy will be refused.`],
    [
      word('NM027', { host: 'a.no', first }),
      `a.no is open already, further up: this item changes nothing for these ports.`,
    ],
    [
      word('NM028', { host: '10.0.0.1' }),
      `10.0.0.1 is an address, and a rule for a host looks it up as a name: the call from the pod will most likely time out.`,
    ],
    [
      word('NM029', { host: 'ver2.maskinporten.no' }),
      `ver2.maskinporten.no is an old host of Digdir’s test environment, which is at test.maskinporten.no now: requests to it will most likely fail.`,
    ],
    [
      word('NM030', { name: 'MASKINPORTEN_ISSUER', problem: 'same' }),
      `The platform sets MASKINPORTEN_ISSUER to the same value. It can be left out.`,
    ],
    [
      word('NM030', { name: 'MASKINPORTEN_ISSUER', problem: 'contradicts' }),
      `The app will get this value of MASKINPORTEN_ISSUER, and not the other one that the platform sets.`,
    ],
    [
      word('NM030', { name: 'MASKINPORTEN_CLIENT_ID', problem: 'credential' }),
      `This hides the MASKINPORTEN_CLIENT_ID that the platform sets and renews: Maskinporten will refuse the app when the two differ.`,
    ],
    [
      word('NM031', { port: 7164 }),
      `Port 7164 is taken by the token sidecar, which Maskinporten brings along: Nais will refuse the app.`,
    ],
    [
      word('NM040', { missing: ['enabled', 'name'] }),
      `An exposed scope needs enabled, name: without it, the deploy will be refused.`,
    ],
    [
      word('NM041', { product: 'A' }),
      `A product is lower-case letters a to z and digits, in quotes where it is a number, unlike A: the deploy will be refused.`,
    ],
    [
      word('NM041', { product: '' }),
      `A product is lower-case letters a to z and digits, in quotes where it is a number, unlike "": the deploy will be refused.`,
    ],
    [
      word('NM042', { name: 'a-b', isText: true, at: 1, character: '-' }),
      `- cannot stand at place 2 of the name a-b: the deploy will be refused.`,
    ],
    [
      word('NM042', { name: 'a b', isText: true, at: 1, character: ' ' }),
      `a space cannot stand at place 2 of the name a b: the deploy will be refused.`,
    ],
    [
      word('NM042', { name: 'a/', isText: true, at: 2, character: undefined }),
      `The name a/ ends too early: the deploy will be refused.`,
    ],
    [
      word('NM042', { name: '', isText: true, at: 0, character: undefined }),
      `The name is empty: the deploy will be refused.`,
    ],
    [
      word('NM042', { name: '12', isText: false, at: 2, character: undefined }),
      `To YAML, 12 is no text, and a name must be: the deploy will be refused.`,
    ],
    [word('NM043', { separator: '-' }), `A separator is one of / : ., not -: the deploy will be refused.`],
    [word('NM043', { separator: '' }), `A separator is one of / : ., not "": the deploy will be refused.`],
    [word('NM044', {}), `With delegationSource, separator must be written out as "/": the deploy will be refused.`],
    [
      word('NM045', { scope: 'nav:a:b', separator: ':' }),
      `No separator is set: it is :, and the scope is called nav:a:b.`,
    ],
    [word('NM046', { value: 'x' }), `The only delegationSource is altinn, not x: the deploy will be refused.`],
    [word('NM047', { value: 'x' }), `visibility is private | public, not x: the deploy will be refused.`],
    [
      word('NM048', { value: '10' }),
      `atMaxAge is a whole number of seconds from 30 to 680, not 10: the deploy will be refused.`,
    ],
    [
      word('NM048', { value: '' }),
      `atMaxAge is a whole number of seconds from 30 to 680, not "": the deploy will be refused.`,
    ],
    [
      word('NM050', {}),
      `allowedIntegrations must not be empty: the deploy will be refused. Without the key it is maskinporten.`,
    ],
    [
      word('NM051', {}),
      `maskinporten is not among the integrations: consumers will get no token for this scope from Maskinporten.`,
    ],
    [
      word('NM052', { orgno: '889640782' }),
      `To YAML, 889640782 without quotes is a number, and orgno must be text: the deploy will be refused.`,
    ],
    [
      word('NM053', { orgno: '', problem: 'missing' }),
      `A consumer needs an orgno: without it, the deploy will be refused.`,
    ],
    [
      word('NM053', { orgno: '1', problem: 'malformed' }),
      `An organisation number is nine digits in quotes and nothing else, unlike 1: the deploy will be refused.`,
    ],
    [
      word('NM053', { orgno: '', problem: 'malformed' }),
      `An organisation number is nine digits in quotes and nothing else, unlike "": the deploy will be refused.`,
    ],
    [
      word('NM054', { orgno: '123456789' }),
      `The check digit of 123456789 is wrong: there is no such organisation, and Digdir will most likely refuse it.`,
    ],
    [
      word('NM055', { orgno: '889640782', first }),
      `889640782 is a consumer of this scope already, further up: this item changes nothing.`,
    ],
    [word('NM056', {}), `The scope is open to every organisation: what is listed as consumers changes nothing.`],
    [
      word('NM057', { scope: 'nav:a:b', first }),
      `Another item gives the scope nav:a:b too. Digdir may refuse the second one, and then the whole client is not updated.`,
    ],
    [word('NM058', { scope: 'nav:a:b' }), `nav:a:b is switched off for all its consumers at the next deploy.`],
    [word('NM058', { scope: undefined }), `This scope is switched off for all its consumers at the next deploy.`],
    [
      word('NM059', { name: 'søk', characters: ['ø'] }),
      `Nais takes ø in søk, but OAuth has no such letters in a scope: asking for a token may fail.`,
    ],
    [
      word('NM060', { scope: 'nav:a:b', consumer: 'app', organisation: '889640782' }),
      `app consumes nav:a:b, and your organisation, 889640782, is not among its consumers: it will get no token.`,
    ],
    [
      word('NM061', { scope: 'ks:fiks', other: 'dev.yaml' }),
      `The same app consumes ks:fiks in dev.yaml, but not here: the client of this manifest gets no token for it.`,
    ],
    [
      word('NM070', { kind: 'Naisjob', apiVersion: 'nais.io/v2', expected: 'nais.io/v1' }),
      `Naisjob has the version nais.io/v1, not nais.io/v2: the deploy will be refused.`,
    ],
    [word('NM071', {}), `metadata has no namespace: the deploy will most likely be refused.`],
    [
      word('NM080', { tag: '{{ x }}' }),
      `A formatter pulled the braces of {{ x }} apart: it is not filled in at deploy any more.`,
    ],
    [
      word('NM082', {}),
      `The aliases of this document stand for more than is read here: nothing that they name was checked.`,
    ],
    [
      word('NM083', {}),
      'This manifest is over 1 MB and is not checked in the editor. The command nais-maskinporten check reads it.',
    ],
  ] as const) {
    it(`are “${words}”`, () => {
      assert.equal(sentence, words);
    });
  }

  it('come from the language’s own texts', () => {
    const nb = createTranslate({
      '{scope} is consumed already, further up: this item changes nothing.': '{scope} står her fra før.',
    });
    const finding: Finding = {
      code: 'NM014',
      severity: 'warning',
      range: first,
      alsoInSchema: false,
      data: { scope: 'a:b', first },
      fixes: [],
    };
    assert.equal(wordFinding(finding, nb), 'a:b står her fra før.');
  });
});

describe('the words of a fix', () => {
  const titles: readonly (readonly [FixTitle, string])[] = [
    [{ kind: 'rename-key', from: 'scope', to: 'scopes' }, 'Rename scope to scopes'],
    [{ kind: 'wrap-consumes' }, 'Move the list below consumes'],
    [{ kind: 'wrap-names' }, 'Put it under a name key'],
    [{ kind: 'add-name' }, 'Add a name'],
    [{ kind: 'remove-characters', result: 'a:b' }, 'Change to a:b'],
    [{ kind: 'split-scopes', count: 2 }, 'Split into 2 items'],
    [{ kind: 'add-prefix', result: 'ks:fiks' }, 'Change to ks:fiks'],
    [{ kind: 'replace', result: 'ks:fiks' }, 'Replace with ks:fiks'],
    [{ kind: 'remove-duplicate' }, 'Remove this item'],
    [{ kind: 'add-key', key: 'enabled', value: 'true' }, 'Add enabled: true'],
    [{ kind: 'add-key', key: 'external', value: '' }, 'Add external'],
    [{ kind: 'add-keys', keys: ['enabled', 'name'] }, 'Add enabled, name'],
    [{ kind: 'remove-key', key: 'ipv4' }, 'Remove ipv4'],
    [{ kind: 'wrap-key', key: 'port' }, 'Put it under port'],
    [{ kind: 'make-list' }, 'Make it a list'],
    [{ kind: 'add-scope', scope: 'ks:fiks' }, 'Consume ks:fiks here too'],
    [{ kind: 'add-host', host: 'a.no' }, 'Open a.no'],
    [{ kind: 'add-consumer', orgno: '889640782' }, 'Add 889640782 to the consumers'],
    [{ kind: 'remove-item' }, 'Remove this item'],
    [{ kind: 'join-braces' }, 'Join the braces'],
  ];
  for (const [title, words] of titles) {
    it(`are “${words}” for ${title.kind}`, () => {
      assert.equal(wordFix(title, t), words);
    });
  }
});
