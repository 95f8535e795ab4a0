import assert from 'node:assert/strict';
import { findingsOf, readFile } from '../../../src/manifest';
import { codes, consuming, cut } from './helpers';

describe('NM082, aliases that stand for too much', () => {
  const bomb = Array.from({ length: 20 }, (_, level) =>
    level === 0 ? 'a0: &a0 [x]' : `a${level}: &a${level} [*a${level - 1}, *a${level - 1}]`,
  ).join('\n');

  it('is found on the first alias that is not followed', () => {
    const text = `${bomb}\n${consuming('- name: ks:fiks', '- *a19')}`;
    const [finding, ...others] = findingsOf(readFile(text));
    assert.equal(finding?.code, 'NM082');
    assert.equal(finding.severity, 'warning');
    assert.match(cut(text, finding.range), /^\*a\d+$/);
    assert.deepEqual(others, []);
  });
  it('is not found on aliases as people use them, nor on one that names what it stands in', () => {
    assert.deepEqual(codes(consuming('- &a {name: ks:fiks}', '- &b {name: *b}')), []);
  });
});

describe('a comment that silences', () => {
  const silenced = (comment: string, ...more: readonly string[]): readonly string[] =>
    codes(consuming(`# ${comment}`, ...more, '- name: ks::Fi'));

  it('silences all findings of the next line where it names none', () => {
    assert.deepEqual(codes(consuming('- name: ks::Fi')), ['NM012', 'NM013']);
    assert.deepEqual(silenced('nais-maskinporten-disable-next-line'), []);
    assert.deepEqual(silenced('nais-maskinporten-disable-next-line -- it is right'), []);
  });
  it('silences the codes that it names, and no other', () => {
    assert.deepEqual(silenced('nais-maskinporten-disable-next-line NM013'), ['NM012']);
    assert.deepEqual(silenced('nais-maskinporten-disable-next-line NM012, NM013 -- both'), []);
    assert.deepEqual(silenced('nais-maskinporten-disable-next-line NM014'), ['NM012', 'NM013']);
  });
  it('may stand above another comment and a blank line', () => {
    assert.deepEqual(silenced('nais-maskinporten-disable-next-line NM012', '', '# why'), ['NM013']);
    const comments = ['# nais-maskinporten-disable-next-line NM013'];
    assert.deepEqual(silenced('nais-maskinporten-disable-next-line NM012', ...comments), []);
  });
  it('may stand at the end of a line', () => {
    const text = consuming('- name: ks:fiks # nais-maskinporten-disable-next-line', '- name: ks::Fi');
    assert.deepEqual(codes(text), []);
  });
  it('does not reach further than that line', () => {
    const text = consuming('# nais-maskinporten-disable-next-line', '- name: ks:fiks', '- name: ks::fi');
    assert.deepEqual(codes(text), ['NM013']);
  });
  it('is no other word, and no text', () => {
    assert.deepEqual(silenced('nais-maskinporten-disable-next-lines'), ['NM012', 'NM013']);
    assert.deepEqual(
      codes(consuming('- name: "x#nais-maskinporten-disable-next-line"', '- name: ks::fi')).length > 0,
      true,
    );
  });
  it('holds with the line ends of Windows', () => {
    const text = consuming('# nais-maskinporten-disable-next-line NM013', '- name: ks::fi').replaceAll('\n', '\r\n');
    assert.deepEqual(codes(text), []);
  });
});

describe('severities', () => {
  const file = readFile(consuming('- name: ks::Fi'));

  it('can be another for a code, or none', () => {
    const findings = findingsOf(file, { severities: { NM012: 'off', NM013: 'error' } });
    assert.deepEqual(
      findings.map(({ code, severity }) => [code, severity]),
      [['NM013', 'error']],
    );
  });
  it('are the rules’ own otherwise, also after another was asked for', () => {
    assert.deepEqual(
      findingsOf(file).map(({ severity }) => severity),
      ['information', 'warning'],
    );
  });
  it('leave what was found as it is kept', () => {
    assert.equal(findingsOf(file)[0], findingsOf(file)[0]);
    assert.equal(findingsOf(file, { target: 'dev' })[0], findingsOf(file, { target: 'dev' })[0]);
  });
});
