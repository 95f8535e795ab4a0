import * as vscode from 'vscode';
import { exposedScopeName, type Manifest } from '../manifest';
import type { Language } from '../platform/language';
import type { Organisation } from '../platform/organisation';
import { toRangeIn } from '../platform/positions';
import { redact } from '../platform/redact';
import type { Findings } from '../workspace/findings';
import type { Manifests, ManifestSource } from '../workspace/manifests';
import { wordFinding } from '../words/findings';
import type { Tool } from './tools';

/** A model has little use for more, and its window has an end. */
const MOST_FILES = 30;

interface ManifestToolServices {
  readonly manifests: Manifests;
  readonly findings: Findings;
  readonly organisation: Organisation;
  readonly language: Language;
}

/** Lists what each known manifest consumes, exposes and may reach, and what is found wrong with it. No values of `env`. */
export function manifestTool({ manifests, findings, organisation, language }: ManifestToolServices): Tool {
  const { t } = language;
  const describe = ({ uri, file }: ManifestSource) => ({
    file: vscode.workspace.asRelativePath(uri),
    workloads: file.documents.map(({ manifest }) => workloadOf(manifest, organisation.scopePrefix)),
    findings: findings.of(uri, file).map((finding) => ({
      code: finding.code,
      severity: finding.severity,
      line: toRangeIn(file.lineStarts, finding.range).start.line + 1,
      message: wordFinding(finding, t),
    })),
  });
  return {
    get progress() {
      return t('Reading scopes and findings of the manifests');
    },
    run(input) {
      const wanted = fileIn(input);
      const known = manifests.all.filter(
        ({ uri }) => wanted === undefined || vscode.workspace.asRelativePath(uri) === wanted,
      );
      const files = known.slice(0, MOST_FILES).map(describe);
      return redact(JSON.stringify({ manifests: files, leftOut: known.length - files.length }, null, 1));
    },
  };
}

function fileIn(input: unknown): string | undefined {
  const file = typeof input === 'object' && input !== null && 'file' in input ? input.file : undefined;
  return typeof file === 'string' && file !== '' ? file : undefined;
}

function workloadOf(manifest: Manifest, scopePrefix: string) {
  return {
    kind: manifest.kind,
    name: manifest.name?.value,
    namespace: manifest.namespace?.value,
    maskinportenEnabled: manifest.maskinporten?.enabled?.value,
    consumes: manifest.consumes.map(({ name }) => name.value),
    exposes: manifest.exposes.map((exposed) => exposedScopeName(exposed, scopePrefix)),
    outbound: manifest.outbound.flatMap(({ host, ipv4 }) => host?.value ?? ipv4?.value ?? []),
  };
}
