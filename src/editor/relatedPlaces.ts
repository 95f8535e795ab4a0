import * as vscode from 'vscode';
import type { Finding, Range } from '../manifest';
import type { Language } from '../platform/language';
import { toRange, toRangeIn } from '../platform/positions';
import type { Findings } from '../workspace/findings';
import type { ManifestSource } from '../workspace/manifests';
import { consumptionsOf } from '../workspace/scopes';
import type { WorkloadReadings } from '../workspace/workloadReadings';

/** The other place that a finding speaks of: the first of two that are the same, or another manifest. */
export class RelatedPlaces {
  constructor(
    private readonly readings: WorkloadReadings,
    private readonly findings: Findings,
    private readonly language: Language,
  ) {}

  of(document: vscode.TextDocument, finding: Finding): vscode.DiagnosticRelatedInformation[] {
    const t = this.language.t;
    switch (finding.code) {
      case 'NM014':
      case 'NM027':
      case 'NM055':
      case 'NM057': {
        const location = new vscode.Location(document.uri, toRange(document, finding.data.first));
        return [new vscode.DiagnosticRelatedInformation(location, t('The first one is here.'))];
      }
      case 'NM060': {
        const { scope, consumer } = finding.data;
        const places = consumptionsOf(this.readings, scope);
        const place = places.find(({ workload }) => workload === consumer) ?? places[0];
        const message = t('{workload} consumes it here.', { workload: consumer });
        return place ? [information(place.source, place.scope.name.range, message)] : [];
      }
      case 'NM061': {
        const { scope, other } = finding.data;
        const source = this.findings.fileNamed(other);
        const consumed = (source ? this.readings.in(source) : [])
          .flatMap(({ manifest }) => manifest.consumes)
          .find(({ name }) => name.value === scope);
        return source && consumed ? [information(source, consumed.name.range, t('It is consumed here.'))] : [];
      }
      default:
        return [];
    }
  }
}

function information({ uri, file }: ManifestSource, range: Range, message: string) {
  return new vscode.DiagnosticRelatedInformation(new vscode.Location(uri, toRangeIn(file.lineStarts, range)), message);
}
