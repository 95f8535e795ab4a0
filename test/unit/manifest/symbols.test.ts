import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ManifestSymbol } from '../../../src/manifest';
import { readFile, symbolsOf } from '../../../src/manifest';
import { mutatedManifest } from '../../fuzz/manifests';
import { consuming, cut } from './helpers';
import { exposing } from './ruleCases';

function outline(text: string, { subject, nameRange, children }: ManifestSymbol): unknown {
  return [subject.kind, cut(text, nameRange), ...children.map((child) => outline(text, child))];
}

function outlines(text: string): readonly unknown[] {
  return readFile(text).documents.map((document) => outline(text, symbolsOf(document, 'nav')));
}

describe('the outline of a manifest', () => {
  it('has workloads with their scopes and hosts in the order of the file, without quotes', () => {
    const text = `# first\n${consuming('- name: "a:b"', '- name: c:d')}---\n${exposing()}`;
    const outbound = ['outbound', 'external', ['host', 'api.example.no']];
    assert.deepEqual(outlines(text), [
      ['workload', 'app', outbound, ['consumes', 'consumes', ['consumed', 'a:b'], ['consumed', 'c:d']]],
      ['workload', 'app', outbound, ['exposes', 'exposes', ['exposed', 'read']]],
    ]);
  });

  it('calls an exposed scope by its whole name, unless a template makes a part of it', () => {
    const nameIn = (text: string): unknown => {
      const [document] = readFile(text).documents;
      const exposes = document && symbolsOf(document, 'nav').children.find(({ subject }) => subject.kind === 'exposes');
      return exposes?.children[0]?.subject;
    };
    assert.deepEqual(nameIn(exposing()), { kind: 'exposed', name: 'nav:aap/read', templated: false });
    const templated = exposing().replace('product: aap', 'product: {{product}}');
    assert.deepEqual(nameIn(templated), { kind: 'exposed', name: 'read', templated: true });
  });

  it('shows scopes of the older syntax without a group’s key by their first one', () => {
    const text = consuming().replace('      consumes:', '      - name: a:b');
    assert.deepEqual(outlines(text)[0], [
      'workload',
      'app',
      ['outbound', 'external', ['host', 'api.example.no']],
      ['consumes', 'a:b', ['consumed', 'a:b']],
    ]);
  });

  it('nests every range in that of what holds it, whatever the text: the editor refuses others', () => {
    const check = (text: string, { range, nameRange, children }: ManifestSymbol): void => {
      assert.ok(0 <= range.start && range.end <= text.length);
      assert.ok(range.start <= nameRange.start && nameRange.start <= nameRange.end && nameRange.end <= range.end);
      for (const child of children) {
        assert.ok(range.start <= child.range.start && child.range.end <= range.end);
        check(text, child);
      }
    };
    fc.assert(
      fc.property(mutatedManifest, (text) => {
        for (const document of readFile(text).documents) {
          check(text, symbolsOf(document, 'nav'));
        }
      }),
      { numRuns: 1000 },
    );
  });
});
