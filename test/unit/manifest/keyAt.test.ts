import assert from 'node:assert/strict';
import { keyAt, knownKey, readFile, VOCABULARY, type KeyPlace } from '../../../src/manifest';
import { isKnownKey } from '../../../src/manifest/rules/keys';
import { consuming, cut } from './helpers';
import { exposing, opening } from './ruleCases';

/** Place and key of what stands where `text` is found, and the text of its range. */
function keyOn(manifest: string, text: string): readonly string[] | undefined {
  const offset = manifest.lastIndexOf(text);
  assert.notEqual(offset, -1);
  const found = keyAt(readFile(manifest), offset + 1);
  return found && [found.key.place, found.key.key, cut(manifest, found.range)];
}

describe('the key at a place', () => {
  it('is known by what holds it', () => {
    assert.deepEqual(keyOn(consuming('- name: a:b'), 'enabled'), ['maskinporten', 'enabled', 'enabled']);
    assert.deepEqual(keyOn(consuming('- name: a:b'), 'name:'), ['consumes', 'name', 'name']);
    assert.deepEqual(keyOn(exposing(), 'name:'), ['exposes', 'name', 'name']);
    assert.deepEqual(keyOn(opening('- host: a.no', '  ports: [{port: 1}]'), 'port:'), ['ports', 'port', 'port']);
  });

  it('has a range without quotes', () => {
    assert.deepEqual(keyOn(consuming('- "name": a:b'), '"name"'), ['consumes', 'name', 'name']);
  });

  it('is none on values, on other keys of the same name, and outside of manifests', () => {
    assert.equal(keyOn(consuming('- name: a:b'), 'a:b'), undefined);
    assert.equal(keyOn(consuming('- name: a:b'), 'name: app'), undefined);
    assert.equal(keyOn('maskinporten:\n  enabled: true\n', 'enabled'), undefined);
  });

  it('stands in the second document of a file as in the first', () => {
    const text = `${exposing()}---\n${consuming('- name: a:b')}`;
    assert.deepEqual(keyOn(text, 'consumes'), ['scopes', 'consumes', 'consumes']);
  });
});

describe('the vocabulary', () => {
  it('has no key that the rules would refuse', () => {
    for (const place of ['maskinporten', 'scopes', 'consumes', 'exposes', 'consumers'] as const) {
      for (const key of VOCABULARY[place]) {
        assert.ok(isKnownKey(place, key), `${place}.${key}`);
      }
    }
  });

  it('gives a key only in its own place', () => {
    const places = Object.keys(VOCABULARY) as KeyPlace[];
    assert.deepEqual(
      places.filter((place) => knownKey(place, 'orgno') !== undefined),
      ['consumers'],
    );
  });
});
