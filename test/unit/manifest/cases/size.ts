import { looksLikeManifest, MOST_LENGTH, tooLargeFinding } from '../../../../src/manifest';
import { application } from '../helpers';
import type { AnyRuleCases } from '../ruleCases';

const FILLING = `# ${'x'.repeat(MOST_LENGTH)}\n`;

export const sizeCases: readonly AnyRuleCases[] = [
  {
    title: 'a file that is too large for the editor',
    code: 'NM083',
    severity: 'information',
    alsoInSchema: false,
    judge: (text) => (text.length > MOST_LENGTH && looksLikeManifest(text) ? [tooLargeFinding(text)] : []),
    finds: [[`${application()}${FILLING}`, 'apiVersion: nais.io/v1alpha1', {}]],
    passes: [application(), `# see https://doc.nais.io/\n${FILLING}`],
    templated: [`${application().replace('nais.io/v1alpha1', '{{version}}')}${FILLING}`],
    incurable: [`${application()}${FILLING}`],
  },
];
