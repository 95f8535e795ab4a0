import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { rowFilter } from '../../src/explorer/filter';
import type { NodeContext, TreeNode } from '../../src/explorer/nodes';
import { Workloads } from '../../src/explorer/workloads';
import {
  findingsOf,
  PUBLISHED_SCOPES,
  readFile,
  type Manifest,
  type ManifestFile,
  type Range,
  type RenderedFile,
  type SourceFile,
} from '../../src/manifest';
import type { Problem } from '../../src/maskinporten/problem';
import type { ScenarioTarget } from '../../src/shared/scenario';
import type { TreeOptions } from '../../src/state/treeOptions';
import { FindingsByPlace } from '../../src/workspace/findingsByPlace';
import type { Manifests } from '../../src/workspace/manifests';
import { WorkloadReadings } from '../../src/workspace/workloadReadings';

function application(name: string, ...scopes: readonly string[]): string {
  return `apiVersion: nais.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: team
spec:
  maskinporten:
    enabled: true
    scopes:
      consumes:
${scopes.map((scope) => `        - name: ${scope}\n`).join('')}`;
}

/** One of each kind of row. */
const FULL = `${application('full', 'skatteetaten:inntekt')}      exposes:
        - enabled: true
          product: varsel
          name: les
          atMaxAge: 120
          consumers:
            - orgno: "974761076"
              name: Skatteetaten
  accessPolicy:
    outbound:
      external:
        - host: api.skatteetaten.no
        - ipv4: 10.0.0.1
          ports:
            - port: 5432
        - ipv4: 10.0.0.2
`;

describe('the rows of the tree', () => {
  const uri = vscode.Uri.file('/workspace/nais.yaml');
  let files: { uri: vscode.Uri; file: SourceFile }[];
  let options: { wholeWorkspace: boolean };
  let filter: string;
  let collapsesWorkloads: boolean;
  let problem: Problem | undefined;
  let expiresAtMs: number | undefined;
  let rendered: { name: string; manifests: readonly Manifest[] } | undefined;
  let workloads: Workloads;
  let scenarios: (target: ScenarioTarget) => readonly string[];

  beforeEach(() => {
    scenarios = () => [];
    files = [];
    options = { wholeWorkspace: false };
    filter = '';
    collapsesWorkloads = false;
    problem = undefined;
    expiresAtMs = undefined;
    rendered = undefined;
    const context = {
      t: (message: string, values: Record<string, string | number> = {}) =>
        message.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name])),
      tokens: {
        peek: () => (expiresAtMs === undefined ? undefined : { expiresAtMs }),
        lastProblem: () => problem,
      },
      findings: {
        within: (_: vscode.Uri, file: ManifestFile, range: Range) =>
          new FindingsByPlace(findingsOf(file)).within(range),
      },
      targets: { targetsOf: () => [{ cluster: 'dev-gcp', target: 'dev', onPrem: false, origin: 'workflow' }] },
      organisation: { scopePrefix: 'nav' },
      knownScopes: { current: PUBLISHED_SCOPES },
      wordScenarios: (target: ScenarioTarget) => scenarios(target),
      get filter() {
        return rowFilter(filter);
      },
      get collapsesWorkloads() {
        return collapsesWorkloads;
      },
    } as unknown as NodeContext;
    const manifests = {
      get active() {
        return files.length === 1 ? files[0] : undefined;
      },
      get all() {
        return files;
      },
    };
    const never = new vscode.EventEmitter<void>().event;
    const variables = { resolvedOf: () => rendered as RenderedFile | undefined, onDidChange: never };
    workloads = new Workloads(
      manifests as unknown as Manifests,
      new WorkloadReadings(Object.assign(manifests, { onDidChange: never }), variables),
      options as unknown as TreeOptions,
      context,
    );
  });

  function show(text: string, at = uri): ReturnType<Workloads['update']> {
    const index = files.findIndex((each) => each.uri.path === at.path);
    const previous = files[index]?.file;
    const source = { uri: at, file: readFile(text, previous) };
    if (index === -1) files.push(source);
    else files[index] = source;
    return workloads.update();
  }

  /** Every row, each below its parent. */
  function rows(nodes: readonly TreeNode[] = workloads.all): TreeNode[] {
    return nodes.flatMap((node) => [node, ...rows(node.children())]);
  }

  function row(label: string): vscode.TreeItem {
    const found = rows()
      .map((node) => {
        const item = node.item();
        item.tooltip ??= node.tooltip(); // as the tree does when the mouse rests on it
        return item;
      })
      .find((item) => item.label === label);
    assert.ok(found, `no row ${label}`);
    return found;
  }

  it('read as the manifest does: what is consumed, exposed, and reached', () => {
    show(FULL);
    assert.deepEqual(
      rows().map((node) => [node.item().label, node.item().description ?? '']),
      [
        ['full', vscode.workspace.asRelativePath(uri)],
        ['Consumes', ''],
        ['skatteetaten:inntekt', 'no token'],
        ['Exposes', ''],
        ['nav:varsel:les', '1 consumer · 120 s'],
        ['Outbound', ''],
        ['api.skatteetaten.no', '443'],
        ['10.0.0.1', '5432'],
        ['10.0.0.2', 'every port'],
      ],
    );
  });

  it('say aloud what their icons show', () => {
    show(FULL);
    const spoken = (label: string) => row(label).accessibilityInformation?.label;
    assert.equal(spoken('skatteetaten:inntekt'), 'skatteetaten:inntekt, consumed scope, no token');
    assert.equal(spoken('nav:varsel:les'), 'nav:varsel:les, exposed scope, 1 consumer · 120 s');
    assert.equal(spoken('api.skatteetaten.no'), 'api.skatteetaten.no, outbound host, 443');
    assert.match(spoken('full') ?? '', /^Application full, /);
  });

  it('tell in the tooltip who owns the scope, who consumes it, and where the workload goes', () => {
    show(FULL);
    assert.match(tooltipOf(row('skatteetaten:inntekt')), /Owned by Skatteetaten/);
    assert.match(tooltipOf(row('nav:varsel:les')), /Skatteetaten · 974761076/);
    assert.match(
      tooltipOf(row('full')),
      /^Application team\/full\n.*\nDeployed to dev-gcp: Digdir’s test environment$/,
    );
  });

  it('tell of problems in words, and how many there are', () => {
    show(application('app', 'skatteetaten::inntekt'));
    const item = row('skatteetaten::inntekt');
    assert.equal(item.description, '1 problem');
    assert.match(tooltipOf(item), /skatteetaten::inntekt\nno token\n.+[.]/);
  });

  it('tell why a token was refused, with no code of our own', () => {
    show(FULL);
    const refusal = {
      status: 400,
      error: 'invalid_request',
      description: 'x',
      errorUri: undefined,
      traceId: undefined,
    };
    problem = { code: 'texas/not-enabled', step: 'token', sent: [], refusal };
    const item = row('skatteetaten:inntekt');
    assert.equal(item.description, 'not enabled in the pod');
    assert.doesNotMatch(`${tooltipOf(item)} ${item.accessibilityInformation?.label}`, /texas\//);
    assert.match(tooltipOf(item), /and deploy/, 'the cure is named');
  });

  it('tell how long a token is good', () => {
    show(FULL);
    expiresAtMs = Date.now() + 90_000;
    assert.equal(row('skatteetaten:inntekt').description, 'token valid for 1 min');
  });

  it('offer only what can be done: nothing for a scope that only a template knows', () => {
    show(application('app', '{{scope}}', 'krr:global/kontaktinformasjon.read', 'a:b'));
    assert.equal(row('{{scope}}').contextValue, 'unknownScope');
    assert.equal(row('{{scope}}').description, 'from a template');
    assert.equal(row('krr:global/kontaktinformasjon.read').contextValue, 'consumedScope documented');
    assert.equal(row('a:b').contextValue, 'consumedScope');
    assert.equal(row('app').contextValue, 'workload withBlock templated');
  });

  it('say what goes wrong on purpose, each at the row that it was chosen for', () => {
    show(FULL);
    const chosen = { manifestUri: uri.toString(), workload: 'full' };
    scenarios = ({ workload, scope }) => {
      assert.deepEqual(workload, chosen);
      return scope === undefined ? ['key expired'] : scope === 'skatteetaten:inntekt' ? ['revoked'] : [];
    };
    assert.equal(row('skatteetaten:inntekt').description, 'revoked · no token');
    assert.equal(row('skatteetaten:inntekt').contextValue, 'consumedScope documented scenario');
    assert.equal(row('full').description, `key expired · ${vscode.workspace.asRelativePath(uri)}`);
    assert.equal(row('full').contextValue, 'workload withBlock scenario');
  });

  it('show the values of chosen variables, and which file they are from', () => {
    show(application('app', '{{scope}}'));
    const [document] = files[0]!.file.documents;
    const { manifest } = document!;
    const consumes = manifest.consumes.map(({ range, name }) => ({
      range,
      name: { ...name, value: 'skatteetaten:inntekt', templated: false, rendered: true as const },
    }));
    rendered = { name: 'dev-gcp.yaml', manifests: [{ ...manifest, consumes }] };
    assert.equal(workloads.update().length, 1);
    assert.equal(row('skatteetaten:inntekt').description, 'no token · dev-gcp.yaml');
    assert.match(tooltipOf(row('app')), /Values from dev-gcp\.yaml/);
    rendered = undefined;
    workloads.update();
    assert.equal(row('{{scope}}').description, 'from a template');
  });

  it('are the same rows after a change elsewhere in the file', () => {
    show(`${application('one', 'a:b')}---\n${application('two', 'c:d')}`);
    const before = rows();
    const changed = show(`${application('one', 'a:b', 'e:f')}---\n${application('two', 'c:d')}`);
    assert.ok(changed !== 'other');
    const after = new Map(rows().map((node) => [node.key, node]));
    assert.ok(
      before.every(({ key }) => after.has(key)),
      'a row of before has another key',
    );
    assert.equal(after.get(before[0]!.key), before[0], 'a workload is another object');
    assert.equal(workloads.update().length, 0, 'nothing changed');
  });

  it('have ids of their own, though names may be the same', () => {
    show(`${application('app', 'a:b', 'a:b')}---\n${application('app', 'a:b')}`);
    const ids = rows().map((node) => node.item().id);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('stay while the manifest cannot be read in the middle of a word', () => {
    show(FULL);
    const before = rows();
    show(FULL.replace('kind: Application', 'kind: Appl'));
    assert.ok(workloads.isOutdated);
    assert.deepEqual(rows(), before);
    show(FULL);
    assert.ok(!workloads.isOutdated);
    show('nothing of the kind');
    assert.deepEqual(rows(), []);
  });

  it('know their parents and their places, so that they can be found by the cursor', () => {
    show(FULL);
    const [workload] = workloads.all;
    const text = files[0]!.file.text;
    const labelAt = (part: string) => workload!.nodeAt(text.indexOf(part) + 1)?.item().label;
    assert.equal(labelAt('skatteetaten:inntekt'), 'skatteetaten:inntekt');
    assert.equal(labelAt('974761076'), 'nav:varsel:les');
    assert.equal(labelAt('5432'), '10.0.0.1');
    assert.equal(labelAt('metadata'), 'full');
    assert.equal(workload!.nodeAt(text.length + 1), undefined);
    for (const node of rows()) assert.ok(node === workload || node.parent?.children().includes(node), node.key);
  });

  it('are those that the filter leaves, with what they belong to', () => {
    show(FULL);
    const labels = () => rows(workloads.all.filter(({ isShown }) => isShown)).map((node) => node.item().label);
    filter = 'skatteetaten.no';
    assert.deepEqual(labels(), ['full', 'Outbound', 'api.skatteetaten.no']);
    filter = '974761076';
    assert.deepEqual(labels(), ['full', 'Exposes', 'nav:varsel:les']);
    filter = 'FULL';
    assert.equal(labels().length, 9);
    filter = 'nowhere';
    assert.deepEqual(labels(), []);
  });

  it('are five hundred of a group at most, and one that tells of the others', () => {
    show(application('large', ...Array.from({ length: 600 }, (_, index) => `nav:many/scope${index}`)));
    const [group] = workloads.all[0]!.children();
    assert.equal(group!.children().length, 501);
    assert.equal(group!.children().at(-1)!.item().label, '100 more');
    const text = files[0]!.file.text;
    const labelAt = (part: string) => workloads.all[0]!.nodeAt(text.indexOf(part) + 1)?.item().label;
    assert.equal(labelAt('nav:many/scope499'), 'nav:many/scope499');
    assert.equal(labelAt('nav:many/scope500'), 'large');
    filter = 'scope59';
    assert.deepEqual(
      group!.children().map((node) => node.item().label),
      ['59', '590', '591', '592', '593', '594', '595', '596', '597', '598', '599'].map((end) => `nav:many/scope${end}`),
    );
  });

  it('are sorted by name in the whole workspace, and closed where they are many', () => {
    options.wholeWorkspace = true;
    show(application('b', 'a:b'), vscode.Uri.file('/workspace/1.yaml'));
    show(application('a', 'a:b'), vscode.Uri.file('/workspace/2.yaml'));
    assert.deepEqual(
      workloads.all.map(({ label }) => label),
      ['a', 'b'],
    );
    const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    assert.equal(row('a').collapsibleState, Expanded);
    collapsesWorkloads = true;
    assert.equal(row('a').collapsibleState, Collapsed);
  });
});

function tooltipOf({ tooltip }: vscode.TreeItem): string {
  assert.equal(typeof tooltip, 'string');
  return tooltip as string;
}
