import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Language } from '../../src/platform/language';
import { createTranslate } from '../../src/shared/localize';
import { Manifests } from '../../src/workspace/manifests';
import { SILENT_LOG } from './silentLog';

const EXTENSION = 'nais-maskinporten.nais-maskinporten';

/** English whatever VS Code speaks. */
export const ENGLISH = { t: createTranslate({}) } as unknown as Language;

/** The manifests of the workspace, apart from those of the extension that is under test. */
export function makeManifests(): Manifests {
  const extension = vscode.extensions.getExtension(EXTENSION);
  assert.ok(extension);
  const worker = vscode.Uri.joinPath(extension.extensionUri, 'dist/manifestWorker.js');
  return new Manifests(worker.fsPath, ENGLISH, SILENT_LOG);
}
