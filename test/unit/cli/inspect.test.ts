import assert from 'node:assert/strict';
import { inspectText } from '../../../src/cli/inspect';

const MANIFEST = [
  '\uFEFFapiVersion: nais.io/v1alpha1',
  'kind: Application',
  'metadata:',
  '  name: {{app}}',
  '  namespace: team-a',
  'spec:',
  '  maskinporten:',
  '    enabled: true',
  '    scopes:',
  '      consumes:',
  '        - name: "skatteetaten:inntekt"',
  '        - name: {{scope}}',
  '      exposes:',
  '        - enabled: true',
  '          product: fisk',
  '          name: fangst/les',
  '        - enabled: true',
  '          product: fisk',
  '          name: kvote',
  '          separator: "."',
  '  accessPolicy:',
  '    outbound:',
  '      external:',
  '        - host: api.skatteetaten.no',
  '        - host: ftp.example.com',
  '          ports:',
  '            - port: 21',
  '            - port: {{port}}',
  '        - ipv4: 10.0.0.1',
  '---',
  'apiVersion: nais.io/v1',
  'kind: MaskinportenClient',
  'spec:',
  '  scopes:',
  '    consumes: []',
  '',
].join('\r\n');

describe('inspect', () => {
  const { report, lines } = inspectText('nais.yaml', MANIFEST, 'nav');
  const cut = ({ range }: { readonly range: { readonly start: number; readonly end: number } }) =>
    MANIFEST.slice(range.start, range.end);
  const rangeOf = (text: string) => {
    const start = MANIFEST.indexOf(text);
    return { start, end: start + text.length };
  };

  it('reports every manifest of a file in the shape that is promised, null for what is not written', () => {
    assert.deepEqual(report, {
      file: 'nais.yaml',
      documents: [
        {
          kind: 'Application',
          name: '{{app}}',
          namespace: 'team-a',
          enabled: true,
          consumes: [
            { name: 'skatteetaten:inntekt', templated: false, range: rangeOf('skatteetaten:inntekt') },
            { name: '{{scope}}', templated: true, range: rangeOf('{{scope}}') },
          ],
          exposes: [
            {
              product: 'fisk',
              name: 'fangst/les',
              separator: null,
              fullName: 'nav:fisk/fangst/les',
              templated: false,
              range: rangeOf('fangst/les'),
            },
            {
              product: 'fisk',
              name: 'kvote',
              separator: '.',
              fullName: 'nav:fisk.kvote',
              templated: false,
              range: rangeOf('kvote'),
            },
          ],
          outbound: [
            {
              host: 'api.skatteetaten.no',
              ipv4: null,
              ports: [],
              templated: false,
              range: rangeOf('api.skatteetaten.no'),
            },
            {
              host: 'ftp.example.com',
              ipv4: null,
              ports: [21, null],
              templated: true,
              range: rangeOf('ftp.example.com'),
            },
            { host: null, ipv4: '10.0.0.1', ports: [], templated: false, range: rangeOf('10.0.0.1') },
          ],
        },
        {
          kind: 'MaskinportenClient',
          name: null,
          namespace: null,
          enabled: null,
          consumes: [],
          exposes: [],
          outbound: [],
        },
      ],
    });
  });

  it('gives ranges in units of the file as read, byte order mark and carriage returns included', () => {
    const [application] = report.documents;
    assert.deepEqual(application?.consumes.map(cut), ['skatteetaten:inntekt', '{{scope}}']);
    assert.deepEqual(application.exposes.map(cut), ['fangst/les', 'kvote']);
    assert.deepEqual(application.outbound.map(cut), ['api.skatteetaten.no', 'ftp.example.com', '10.0.0.1']);
  });

  it('says the same to people, a line each with its place', () => {
    assert.deepEqual(lines, [
      'nais.yaml:4:9: Application {{app}}',
      'nais.yaml:11:18: consumes skatteetaten:inntekt',
      'nais.yaml:12:17: consumes {{scope}}',
      'nais.yaml:16:17: exposes nav:fisk/fangst/les',
      'nais.yaml:19:17: exposes nav:fisk.kvote',
      'nais.yaml:24:17: outbound api.skatteetaten.no',
      'nais.yaml:25:17: outbound ftp.example.com 21',
      'nais.yaml:29:17: outbound 10.0.0.1',
      'nais.yaml:31:1: MaskinportenClient',
    ]);
  });

  it('names exposed scopes by the prefix of the clusters that they are exposed from', () => {
    const [document] = inspectText('nais.yaml', MANIFEST, 'ssb').report.documents;
    assert.deepEqual(
      document?.exposes.map(({ fullName }) => fullName),
      ['ssb:fisk/fangst/les', 'ssb:fisk.kvote'],
    );
  });

  it('has no documents for what is no manifest', () => {
    for (const text of ['', 'a: b', 'maskinporten:\n  enabled: true\n', 'kind: Application\napiVersion: apps/v1\n']) {
      assert.deepEqual(inspectText('x.yaml', text, 'nav'), { report: { file: 'x.yaml', documents: [] }, lines: [] });
    }
  });
});
