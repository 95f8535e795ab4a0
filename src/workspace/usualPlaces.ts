/** The folders, at the root of a workspace folder, in which nearly every repository keeps its manifests. */
const FOLDERS = ['.nais', 'nais', '.deploy', 'deploy'];

const YAML = ['yaml', 'yml'];

/** JSON lies everywhere, so it is looked at only where manifests usually lie. */
const USUAL_JSON = [...FOLDERS.map((folder) => `${folder}/**/*.json`), 'nais*.json'];

/** The usual places. VS Code's globs do not nest braces. */
export const USUAL_PLACES = anyOf([
  ...FOLDERS.flatMap((folder) => YAML.map((extension) => `${folder}/**/*.${extension}`)),
  ...YAML.map((extension) => `*.${extension}`),
  ...USUAL_JSON,
]);

/** Every file that may be a manifest by its name. */
export const ANY_PLACE = anyOf([...YAML.map((extension) => `**/*.${extension}`), ...USUAL_JSON]);

const USUAL_PATH = /^(?:\.?(?:nais|deploy)\/.*\.(?:ya?ml|json)|[^/]*\.ya?ml|nais[^/]*\.json)$/;

/** What a search never looks into, beside what the setting `files.exclude` names. */
export const PASSED_BY = '**/{node_modules,.git}/**';

const PASSED_BY_PATH = /(?:^|\/)(?:node_modules|\.git)\//;

/** Whether a file, by its path from its workspace folder, is one of those that `USUAL_PLACES` finds. */
export function isUsualPlace(path: string): boolean {
  return USUAL_PATH.test(path) && !isPassedBy(path);
}

/** Whether a search in any place finds the file, as far as its path from the workspace folder decides. */
export function isAnyPlace(path: string): boolean {
  return (/\.ya?ml$/.test(path) || isUsualPlace(path)) && !isPassedBy(path);
}

function isPassedBy(path: string): boolean {
  return PASSED_BY_PATH.test(path);
}

function anyOf(patterns: readonly string[]): string {
  return `{${patterns.join(',')}}`;
}
