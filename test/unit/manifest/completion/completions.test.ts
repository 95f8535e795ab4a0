import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Completion } from '../../../../src/manifest';
import { completionsAt, readFile } from '../../../../src/manifest';
import { mutatedManifest } from '../../../fuzz/manifests';
import { accepted, completions, labels, WORLD } from './support';

const HEAD = 'apiVersion: nais.io/v1alpha1\nkind: Application\nmetadata:\n  name: app\nspec:\n';

function spec(...lines: readonly string[]): string {
  return HEAD + lines.map((line) => `  ${line}\n`).join('');
}

function scopes(...lines: readonly string[]): string {
  return spec('maskinporten:', '  enabled: true', '  scopes:', ...lines.map((line) => `    ${line}`));
}

function consumes(...lines: readonly string[]): string {
  return scopes('consumes:', ...lines.map((line) => `  ${line}`));
}

function exposes(...lines: readonly string[]): string {
  return scopes('exposes:', ...lines.map((line) => `  ${line}`));
}

function external(...lines: readonly string[]): string {
  return spec('accessPolicy:', '  outbound:', '    external:', ...lines.map((line) => `      ${line}`));
}

/** The keys that are offered there; each is a `Property` to the user. */
function keys(marked: string): readonly string[] {
  return (completions(marked)?.items ?? []).filter(({ subject }) => subject.kind === 'key').map(({ label }) => label);
}

describe('completion of keys', () => {
  for (const [where, marked, expected] of [
    ['under spec', spec('mas|'), ['maskinporten']],
    ['under maskinporten', spec('maskinporten:', '  |'), ['enabled', 'scopes']],
    ['under scopes', scopes('|'), ['consumes', 'exposes']],
    ['in an item of consumes', consumes('- |'), ['name']],
    ['in an item of consumers', exposes('- name: ab', '  consumers:', '    - |'), ['orgno', 'name']],
    ['under outbound', spec('accessPolicy:', '  outbound:', '    |'), ['external']],
    ['in an item of external', external('- |'), ['host', 'ipv4', 'ports']],
    ['in an item of ports', external('- host: a.no', '  ports:', '    - |'), ['port']],
  ] as const) {
    it(`offers them ${where}`, () => {
      assert.deepEqual(keys(marked), expected);
    });
  }

  it('offers none that is there already, before or after the cursor', () => {
    assert.deepEqual(keys(spec('maskinporten:', '  |', '  scopes: {}')), ['enabled']);
    assert.deepEqual(keys(exposes('- enabled: true', '  |', '  name: ab')).slice(0, 3), [
      'product',
      'separator',
      'atMaxAge',
    ]);
  });

  it('offers those of a MaskinportenClient under its spec', () => {
    const client = HEAD.replace('v1alpha1', 'v1').replace('Application', 'MaskinportenClient');
    assert.deepEqual(keys(`${client}  secretName: a\n  |\n`), ['clientName', 'scopes']);
    assert.deepEqual(keys(`${client}  scopes:\n    |\n`), ['consumes', 'exposes']);
    assert.deepEqual(keys(`${client}  maskinporten:\n    |\n`), []);
  });

  it('gives a list its first item, in columns that fit', () => {
    assert.equal(
      accepted(spec('maskinporten:', '  enabled: true', '  sco|'), 'scopes'),
      spec('maskinporten:', '  enabled: true', '  scopes:', '    consumes:', '      - name: ‹›'),
    );
    assert.equal(
      accepted(external('- host: a.no', '  po|'), 'ports'),
      external('- host: a.no', '  ports:', '    - port: ‹443›'),
    );
  });

  it('puts dashes where the file has them', () => {
    assert.equal(
      accepted(spec('env:', '- name: A', '  value: b', 'accessPolicy:', '  outbound:', '    |'), 'external'),
      spec('env:', '- name: A', '  value: b', 'accessPolicy:', '  outbound:', '    external:', '    - host: ‹›'),
    );
  });

  it('adds the dash of an item that has none yet', () => {
    assert.equal(accepted(consumes('|'), 'name'), consumes('- name: ‹›'));
    assert.deepEqual(keys(consumes('- name: a:b', '|')), ['name']);
    assert.equal(accepted(consumes('- name: a:b', '|'), 'name'), consumes('- name: a:b', '- name: ‹›'));
  });

  it('knows an item from a key in the same column, where dashes stand under their key', () => {
    const marked = scopes('consumes:', '- name: a:b', '|');
    assert.deepEqual(keys(marked), ['exposes', 'name']);
    assert.equal(accepted(marked, 'name'), scopes('consumes:', '- name: a:b', '- name: ‹›'));
  });

  it('renames a key that has a value already, and leaves the value', () => {
    assert.equal(accepted(spec('maskinporten:', '  ena|: true'), 'enabled'), spec('maskinporten:', '  enabled: true'));
  });

  it('keeps to one line between braces', () => {
    assert.equal(
      accepted(spec('maskinporten: {enabled: true, |}'), 'scopes'),
      spec('maskinporten: {enabled: true, scopes: {consumes: [{name: ‹›}]}}'),
    );
    assert.equal(
      accepted(spec('maskinporten: {enabled: true, scopes: {consumes: [|]}}'), 'name'),
      spec('maskinporten: {enabled: true, scopes: {consumes: [{name: ‹›}]}}'),
    );
  });

  it('keeps the line breaks of Windows', () => {
    const windows = (text: string): string => text.replaceAll('\n', '\r\n');
    assert.equal(accepted(windows(scopes('cons|')), 'consumes'), windows(scopes('consumes:', '  - name: ‹›')));
  });

  it('works between the lines of a template, and in a branch of it', () => {
    assert.deepEqual(keys(spec('image: {{image}}', '{{#if x}}', 'maskinporten:', '  |', '{{/if}}')), [
      'enabled',
      'scopes',
    ]);
    assert.deepEqual(keys(spec('{{#each apis as |api|}}'.replaceAll('|', '/'), '{{/each}}', '|')), ['maskinporten']);
  });

  it('puts quotes around them in JSON', () => {
    const json = '{"apiVersion":"nais.io/v1","kind":"Naisjob","spec":{"maskinporten":{';
    assert.equal(accepted(`${json}|}}}`, 'enabled'), `${json}"enabled": ‹true|false›}}}`);
    assert.equal(accepted(`${json}"ena|"}}}`, 'enabled'), `${json}"enabled": ‹true|false›}}}`);
    assert.equal(accepted(`${json}"ena|": true}}}`, 'enabled'), `${json}"enabled": true}}}`);
  });

  it('offers a whole scope to expose', () => {
    assert.equal(
      accepted(exposes('- |'), 'expose'),
      exposes('- enabled: true', '  product: ‹product›', '  name: ‹name›', '  separator: "/"'),
    );
  });
});

describe('completion of values', () => {
  it('offers what a key can be', () => {
    assert.deepEqual(labels(spec('maskinporten:', '  enabled: |')), ['true', 'false']);
    assert.deepEqual(labels(exposes('- accessibleForAll: t|')), ['true', 'false']);
    assert.deepEqual(labels(exposes('- visibility: |')), ['public', 'private']);
    assert.deepEqual(labels(exposes('- delegationSource: |')), ['altinn']);
  });

  it('puts quotes around a separator, once', () => {
    assert.equal(accepted(exposes('- separator: |'), '/'), exposes('- separator: "/"'));
    assert.equal(accepted(exposes('- separator: "|"'), '/'), exposes('- separator: "/"'));
    assert.equal(accepted(exposes("- separator: '|"), '/'), exposes("- separator: '/'"));
  });

  for (const [shape, before, after] of [
    ['brackets', ['  allowedIntegrations: [maskinporten, |]'], ['  allowedIntegrations: [maskinporten, krr]']],
    ['items', ['  allowedIntegrations:', '    - k|'], ['  allowedIntegrations:', '    - krr']],
    ['an item that has no dash yet', ['  allowedIntegrations:', '    |'], ['  allowedIntegrations:', '    - krr']],
  ] as const) {
    it(`offers integration types in ${shape}`, () => {
      assert.equal(accepted(exposes('- name: ab', ...before), 'krr'), exposes('- name: ab', ...after));
    });
  }

  it('offers organisations that are known by name, in quotes', () => {
    const world = { organisations: [{ orgno: '991825827', name: 'Digdir' }] };
    const item = (orgno: string): string => exposes('- name: ab', '  consumers:', `    - orgno: ${orgno}`);
    assert.equal(accepted(item('|'), '991825827', world), item('"991825827"'));
    assert.equal(accepted(item('"99|"'), '991825827', world), item('"991825827"'));
  });
});

describe('completion of scopes', () => {
  const INCOME = 'skatteetaten:inntekt';

  for (const [state, before, after] of [
    ['nothing', '- name: |', `- name: ${INCOME}`],
    ['its prefix and a colon', '- name: skatteetaten:|', `- name: ${INCOME}`],
    ['a part, with more behind the cursor', '- name: skatteetaten:inn|ekt # why', `- name: ${INCOME} # why`],
    ['a quote that is open', '- name: "skatt|', `- name: "${INCOME}"`],
    ['quotes that are closed', "- name: 'skatt|'", `- name: '${INCOME}'`],
    ['an item without its key', '- skatt|', `- name: ${INCOME}`],
    ['braces', '- {name: ska|}', `- {name: ${INCOME}}`],
    ['braces that are open', '- {name: ska|', `- {name: ${INCOME}`],
  ] as const) {
    it(`replaces all of the scalar after ${state}`, () => {
      assert.equal(accepted(consumes(before), INCOME), consumes(after));
      assert.equal(
        accepted(consumes('- name: a:b', before, '- name: c:d'), INCOME),
        consumes('- name: a:b', after, '- name: c:d'),
      );
    });
  }

  it('leaves out those that are consumed already', () => {
    assert.ok(!labels(consumes(`- name: ${INCOME}`, '- name: |')).includes(INCOME));
  });

  it('offers first what the workspace exposes', () => {
    const exposed = [{ scope: 'nav:aap/read', workload: 'aap' }];
    assert.equal(labels(consumes('- name: |'), { exposed })[0], 'nav:aap/read');
  });

  it('is there in a MaskinportenClient too', () => {
    const client = HEAD.replace('Application', 'MaskinportenClient');
    assert.ok(labels(`${client}  scopes:\n    consumes:\n      - name: |\n`).includes(INCOME));
  });

  describe('with the outbound rule', () => {
    const opening = ({ subject }: Completion): boolean => subject.kind === 'scope' && subject.opens !== undefined;
    const rule = (...hosts: readonly string[]): string =>
      external(...hosts.map((host) => `- host: ${host}`)).slice(HEAD.length);

    it('adds the host to those that are open', () => {
      assert.equal(
        accepted(consumes('- name: ska|') + rule('a.no'), INCOME, { target: 'prod' }, opening),
        consumes(`- name: ${INCOME}`) + rule('a.no', 'api.skatteetaten.no'),
      );
      assert.equal(
        accepted(HEAD + rule('a.no') + consumes('- ska|').slice(HEAD.length), INCOME, { target: 'prod' }, opening),
        HEAD + rule('a.no', 'api.skatteetaten.no') + consumes(`- name: ${INCOME}`).slice(HEAD.length),
      );
    });

    it('adds the whole policy where there is none, also right behind the cursor', () => {
      assert.equal(
        accepted(consumes('- name: |'), INCOME, { target: 'prod' }, opening),
        consumes(`- name: ${INCOME}`) + rule('api.skatteetaten.no'),
      );
      const before = spec('accessPolicy: {}') + consumes('- name: |').slice(HEAD.length);
      assert.match(accepted(before, INCOME, { target: 'prod' }, opening), /accessPolicy: \{.*api\.skatteetaten\.no/);
    });

    for (const [why, text, world] of [
      ['the host is open', consumes('- name: |') + rule('api.skatteetaten.no'), {}],
      ['a template may open it', consumes('- name: |') + rule('{{host}}'), {}],
      ['a template may bring the policy', `${consumes('- name: |')}  {{policy}}\n`, {}],
      ['nothing comes of it on-prem', consumes('- name: |'), { onPrem: true }],
      ['the environment is not known', consumes('- name: |'), { target: 'unknown' }],
    ] as const) {
      it(`is not offered where ${why}`, () => {
        const items = completions(text, { target: 'prod', ...world })?.items ?? [];
        const offered = items.filter((item) => item.label === INCOME);
        assert.deepEqual(offered.map(opening), [false]);
      });
    }
  });
});

describe('completion of hosts', () => {
  const consuming = (...lines: readonly string[]): string =>
    consumes('- name: skatteetaten:inntekt') + external(...lines).slice(HEAD.length);

  it('offers those of the consumed scopes, of the manifest’s own environment first', () => {
    assert.equal(labels(consuming('- host: |'), { target: 'prod' })[0], 'api.skatteetaten.no');
    assert.equal(labels(consuming('- host: |'), { target: 'dev' }).at(-1), 'api.skatteetaten.no');
    assert.equal(accepted(consuming('- host: api.|'), 'api.skatteetaten.no'), consuming('- host: api.skatteetaten.no'));
  });

  it('offers none that is open, and none where no known scope is consumed', () => {
    assert.ok(!labels(consuming('- host: API.skatteetaten.no', '- host: |')).includes('api.skatteetaten.no'));
    assert.deepEqual(labels(external('- host: |')), []);
  });
});

describe('completion elsewhere', () => {
  for (const [where, marked] of [
    ['in other parts of a manifest', `${consumes('- name: a:b')}  resources:\n    |\n`],
    ['in env', `${consumes('- name: a:b')}  env:\n    - name: |\n`],
    ['in labels that are called like our keys', HEAD.replace('spec:', '  labels:\n    maskinporten:\n      |\nspec:')],
    ['in a comment', consumes('- name: a:b # |')],
    ['in a tag of a template', consumes('- name: {{ sco|pe }}')],
    ['beside a tag of a template', consumes('- name: {{prefix}}|')],
    ['behind a colon without a space', consumes('- name:|')],
    ['behind a dash without a space', consumes('-|')],
    ['behind a closed quote', consumes('- name: "a:b"|')],
    ['between a key and its colon', spec('maskinporten | :', '  enabled: true')],
    ['in a block scalar', spec('description: /'.replace('/', '>'), '  maskinporten:', '    |', 'port: 1')],
    ['on an anchor', spec('maskinporten: &a|', '  enabled: true')],
    ['under a value', spec('maskinporten:', '  enabled: true', '    |')],
    ['in a column that fits nothing', consumes('- name: a:b', '   |')],
    ['in YAML of another kind', 'kind: Topic\napiVersion: kafka.nais.io/v1\nspec:\n  maskinporten:\n    |\n'],
    ['in a variables file', 'maskinporten:\n  |\n'],
    ['in a chart of Helm', spec('image: {{ .Values.image }}', 'maskinporten:', '  |')],
  ] as const) {
    it(`offers nothing ${where}`, () => {
      assert.deepEqual(labels(marked), []);
    });
  }

  it('speaks of the document that the cursor is in', () => {
    const two = `${consumes('- name: a:b')}---\n${consumes('- name: ska|')}`;
    assert.ok(labels(two).includes('skatteetaten:inntekt'));
    assert.equal(
      accepted(two, 'skatteetaten:inntekt'),
      `${consumes('- name: a:b')}---\n${consumes('- name: skatteetaten:inntekt')}`,
    );
  });

  it('gets past white space that is none to YAML', () => {
    assert.deepEqual(labels(consumes('- name: \u00a0|')).slice(0, 1), ['aksio:afpstatus']);
    assert.deepEqual(labels(consumes('- \u2028 name: |')), []);
  });

  it('never throws, and stays on the line and apart from its own further edits, whatever the text', () => {
    fc.assert(
      fc.property(mutatedManifest, fc.double({ min: 0, max: 1, noNaN: true }), (text, place) => {
        const offset = Math.floor(place * text.length);
        const found = completionsAt(readFile(text), offset, { ...WORLD, target: 'prod' });
        if (found === undefined) {
          return;
        }
        const { range, items } = found;
        assert.ok(range.start <= offset && offset <= range.end && range.end <= text.length);
        assert.ok(!/[\r\n]/.test(text.slice(range.start, range.end)));
        for (const { range: other } of items.flatMap(({ edits }) => edits)) {
          assert.ok(0 <= other.start && other.start <= other.end && other.end <= text.length);
          assert.ok(other.end < range.start || range.end < other.start, JSON.stringify([range, other]));
        }
      }),
      { numRuns: 1500 },
    );
  });
});
