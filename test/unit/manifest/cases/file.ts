import type { Finding } from '../../../../src/manifest';
import { looksLikeManifest, MOST_LENGTH, readFile, tooLargeFinding } from '../../../../src/manifest';
import { parse } from '../../../../src/manifest/handlebars';
import { renderFile } from '../../../../src/manifest/render';
import type { AnyRuleCases } from '../ruleCases';
import { workload } from '../ruleCases';

const VARIABLES = {
  name: 'vars.yaml',
  variables: new Map([
    ['image', 'app:1'],
    ['url', 'https://a.no'],
  ]),
  mayBeMore: false,
};

function rendered(text: string): readonly Finding[] {
  return renderFile(readFile(text), VARIABLES, parse).problems;
}

function sized(text: string): readonly Finding[] {
  return text.length > MOST_LENGTH && looksLikeManifest(text) ? [tooLargeFinding(text)] : [];
}

const padding = `# ${'x'.repeat(MOST_LENGTH)}\n`;

/** What a file shows as a whole: filled in with variables, and by its size. */
export const fileCases: readonly AnyRuleCases[] = [
  {
    title: 'a template that the chosen variables do not fill in',
    code: 'NM081',
    severity: 'warning',
    alsoInSchema: false,
    judge: rendered,
    finds: [
      [
        workload('image: {{image}}', 'port: {{port}}'),
        '{{port}}',
        { fault: { kind: 'missing', name: 'port' }, variables: 'vars.yaml' },
      ],
    ],
    passes: [workload('image: {{image}}', 'ingresses: ["{{url}}"]'), workload('port: 1')],
    templated: [workload('image: \\{{port}}'), workload('# {{port}}'), workload('{{#if image}}port: 1{{/if}}')],
    incurable: [workload('port: {{port}}')],
  },
  {
    title: 'a manifest that is too large',
    code: 'NM083',
    severity: 'information',
    alsoInSchema: false,
    judge: sized,
    finds: [[`${workload('port: 1')}${padding}`, 'apiVersion: nais.io/v1alpha1', {}]],
    passes: [workload('port: 1'), `kind: List\n# nais.io/\n${padding}`],
    templated: [`{{#with app}}\nkind: Secret\n{{/with}}\n${padding}`],
    incurable: [`${workload('port: 1')}${padding}`],
  },
];
