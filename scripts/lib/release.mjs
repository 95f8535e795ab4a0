/**
 * Where a version is published. VS Code takes numbers alone as versions, and recommends an even minor number for releases
 * and an odd one for pre-releases (code.visualstudio.com, "Publishing Extensions").
 *
 * @param {string} version
 * @returns {'release' | 'pre-release'}
 */
export function channelOf(version) {
  return Number(version.split('.')[1]) % 2 === 0 ? 'release' : 'pre-release';
}

/**
 * Why a tag cannot be published: it is not that of the version, or the changelog has nothing on it.
 *
 * @param {{tag: string, version: string, changelog: string}} release
 * @returns {string | undefined}
 */
export function obstacleTo({ tag, version, changelog }) {
  if (tag !== `v${version}`) return `The tag is ${tag}, and package.json has version ${version}.`;
  const headings = changelog.split('\n').filter((line) => line.startsWith('## '));
  if (!headings.some((line) => line.startsWith(`## [${version}]`)))
    return `CHANGELOG.md has no section ## [${version}].`;
  return undefined;
}
