import assert from 'node:assert/strict';
import fc from 'fast-check';
import { annotationsOf } from '../../../src/cli/annotations';
import { checkTexts } from '../../../src/cli/check';
import { readFile } from '../../../src/manifest';
import { createTranslate } from '../../../src/shared/localize';
import { consuming } from './support';

function annotations(file: string, text: string): readonly string[] {
  const circumstances = { scopePrefix: 'nav', organisation: '889640782' };
  return checkTexts([{ file, read: readFile(text) }], circumstances, createTranslate({})).flatMap(annotationsOf);
}

interface Annotation {
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** What the runner makes of a line (actions/runner, ActionCommand.cs). */
function read(line: string): Annotation {
  const [, command = '', properties = '', message = ''] = /^::(\w+) (.*?)::(.*)$/s.exec(line) ?? [];
  const back = (text: string) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n');
  const unescaped = (text: string) => back(text).replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%');
  const pairs = properties
    .split(',')
    .map((pair) => [pair.split('=', 1)[0] ?? '', pair.slice(pair.indexOf('=') + 1)] as const);
  return {
    command,
    properties: Object.fromEntries(pairs.map(([name, value]) => [name, unescaped(value)])),
    message: unescaped(message),
  };
}

describe('annotations of GitHub Actions', () => {
  it('are a line for each finding: how grave, file, line, columns, code and message', () => {
    const [line, ...others] = annotations('.nais/nais.yaml', consuming('etat:fisk', 'etat:fisk'));
    assert.deepEqual(others, []);
    assert.equal(
      line,
      '::warning file=.nais/nais.yaml,line=12,endLine=12,col=17,endColumn=26,title=NM014::' +
        'etat%3Afisk is consumed already, further up: this item changes nothing.'.replace('%3A', ':'),
    );
  });

  it('are errors, warnings or notices', () => {
    const errors = annotations('a.yaml', consuming('etat:fisk').replace('consumes', 'consume'));
    assert.match(errors[0] ?? '', /^::error /);
    const notices = annotations('a.yaml', consuming('etat:fisk').replace('enabled: true', 'enabled: false'));
    assert.ok(
      notices.some((line) => /^::notice .*title=NM003/.test(line)),
      notices.join('\n'),
    );
  });

  it('name no columns for what goes over several lines, since the runner drops those', () => {
    const text = consuming('etat:fisk').replace(
      '      consumes:\n        - name: etat:fisk',
      '      - a: b\n        c: d',
    );
    const over = annotations('a.yaml', text).map(read);
    assert.ok(over.length > 0);
    for (const { properties } of over) assert.equal('col' in properties, properties['line'] === properties['endLine']);
  });

  it('are not mistaken where a name looks as if it were escaped already', () => {
    const [line = ''] = annotations('100%2C %25,a:b%0A.yaml', consuming('etat:fisk', 'etat:fisk'));
    assert.equal(read(line).properties['file'], '100%2C %25,a:b%0A.yaml');
  });

  it('come back as they were, and are one line each, whatever the file and the scope are called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), fc.string({ minLength: 1 }), (scope, file) => {
        const text = consuming('etat:fisk', 'etat:fisk', JSON.stringify(scope));
        const lines = annotations(file, text);
        assert.ok(lines.length > 0);
        for (const line of lines) {
          assert.doesNotMatch(line, /[\r\n]/);
          const { command, properties } = read(line);
          assert.ok(['error', 'warning', 'notice'].includes(command), line);
          if (/^[\x20-\x7e]*$/.test(file) && !file.includes('\\')) assert.equal(properties['file'], file);
        }
      }),
    );
  });
});
