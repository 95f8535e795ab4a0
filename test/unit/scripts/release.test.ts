import assert from 'node:assert/strict';
import { channelOf, obstacleTo } from '../../../scripts/lib/release.mjs';

describe('a release', () => {
  const changelog = '# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-11-23\n\n### Added\n\n- See [1.3.0].\n';

  it('is one for everybody where the minor number is even, and a pre-release where it is odd', () => {
    assert.equal(channelOf('1.2.9'), 'release');
    assert.equal(channelOf('0.1.0'), 'pre-release');
    assert.equal(channelOf('2.10.1'), 'release');
    assert.equal(channelOf('2.11.0'), 'pre-release');
  });

  it('has the tag of its version, and a section in the changelog', () => {
    assert.equal(obstacleTo({ tag: 'v1.2.0', version: '1.2.0', changelog }), undefined);
    assert.match(obstacleTo({ tag: 'v1.2.1', version: '1.2.0', changelog }) ?? '', /tag is v1\.2\.1/);
    assert.match(obstacleTo({ tag: '1.2.0', version: '1.2.0', changelog }) ?? '', /tag is 1\.2\.0/);
    assert.match(obstacleTo({ tag: 'v1.3.0', version: '1.3.0', changelog }) ?? '', /no section ## \[1\.3\.0\]/);
  });
});
