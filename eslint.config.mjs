import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * The rooms of docs/architecture.md: which rooms each may import from besides itself.
 * A room that is not named here may import nothing of src/.
 */
const ROOMS = {
  manifest: [],
  maskinporten: [],
  shared: [],
  http: ['maskinporten'],
  sandbox: ['maskinporten'],
  words: ['manifest', 'maskinporten', 'http', 'shared'],
  platform: ['maskinporten', 'shared', 'words'],
  state: ['manifest', 'maskinporten', 'http', 'sandbox', 'words', 'shared', 'platform'],
  workspace: ['manifest', 'words', 'shared', 'platform'],
  editor: ['manifest', 'maskinporten', 'http', 'words', 'shared', 'platform', 'state', 'workspace'],
  explorer: ['manifest', 'maskinporten', 'http', 'words', 'shared', 'platform', 'state', 'workspace'],
  panels: ['manifest', 'maskinporten', 'http', 'words', 'shared', 'platform', 'state', 'workspace'],
  commands: ['manifest', 'maskinporten', 'http', 'words', 'shared', 'platform', 'state', 'workspace'],
  assistant: ['manifest', 'maskinporten', 'words', 'shared', 'platform', 'workspace'],
  webview: ['shared'],
  cli: ['manifest', 'maskinporten', 'http', 'sandbox', 'words', 'shared'],
};

/** Rooms that run in plain Node or in a browser, and so know nothing of the extension host. */
const WITHOUT_VSCODE = ['manifest', 'maskinporten', 'http', 'sandbox', 'words', 'shared', 'webview', 'cli'];

const zones = Object.entries(ROOMS).map(([room, allowed]) => ({
  target: `./src/${room}`,
  from: './src',
  except: [`./${room}`, ...allowed.map((other) => `./${other}`)],
  message: `src/${room} may import only ${[room, ...allowed].join(', ')} (docs/architecture.md).`,
}));

/** Evaluating undici's index replaces the host's own fetch dispatcher for every extension. */
const BARE_UNDICI = {
  paths: [
    { name: 'undici', message: 'Import the parts in src/http/undici.ts: the index changes the global dispatcher.' },
  ],
  patterns: [
    { group: ['undici/index*', 'undici/lib/global*'], message: 'This part of undici changes the global dispatcher.' },
  ],
};

export default defineConfig(
  globalIgnores(['dist/', 'out/', '.vscode-test/', 'node_modules/']),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: 'tsconfig.json' })] },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      'no-console': 'error',
      'no-restricted-imports': ['error', BARE_UNDICI],
      'prefer-const': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/cli.ts', ...WITHOUT_VSCODE.map((room) => `src/${room}/**/*.ts`)],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          ...BARE_UNDICI,
          paths: [...BARE_UNDICI.paths, { name: 'vscode', message: 'This room runs without VS Code.' }],
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'URL',
          'Buffer',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
          'fetch',
          'AbortController',
          'AbortSignal',
          'performance',
          'structuredClone',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
);
