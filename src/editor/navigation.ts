import * as vscode from 'vscode';
import {
  exposedScopeName,
  nodeAt,
  type ConsumedScope,
  type ExposedScope,
  type Manifest,
  type ManifestNode,
  type Range,
} from '../manifest';
import type { Organisation } from '../platform/organisation';
import { toRange, toRangeIn } from '../platform/positions';
import type { Manifests, ManifestSource } from '../workspace/manifests';
import { consumptionsOf, exposuresIn, type ScopeExposure } from '../workspace/scopes';
import type { WorkloadReadings } from '../workspace/workloadReadings';
import { MANIFEST_SELECTOR } from './selector';

/** From a scope that is consumed to where the workspace exposes it, and back; by the chosen variables where there are some. */
export class ScopeNavigation implements vscode.DefinitionProvider, vscode.ReferenceProvider {
  constructor(
    private readonly manifests: Manifests,
    private readonly readings: WorkloadReadings,
    private readonly organisation: Organisation,
  ) {}

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      vscode.languages.registerDefinitionProvider(MANIFEST_SELECTOR, this),
      vscode.languages.registerReferenceProvider(MANIFEST_SELECTOR, this),
    );
  }

  /** On the scope that is exposed it is that itself, which makes the editor show the references. */
  async provideDefinition(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.LocationLink[]> {
    const scope = await this.scopeAt(document, position);
    if (!scope) return [];
    return this.exposuresOf(scope.fullNames).map(({ source, scope: { range, name } }) => ({
      originSelectionRange: scope.range,
      targetUri: source.uri,
      targetRange: toRangeIn(source.file.lineStarts, range),
      targetSelectionRange: toRangeIn(source.file.lineStarts, name.range),
    }));
  }

  async provideReferences(
    document: vscode.TextDocument,
    position: vscode.Position,
    { includeDeclaration }: vscode.ReferenceContext,
  ): Promise<vscode.Location[]> {
    const scope = await this.scopeAt(document, position);
    if (!scope) return [];
    const declared = includeDeclaration ? this.exposuresOf(scope.fullNames) : [];
    const consumed = scope.fullNames.flatMap((name) => consumptionsOf(this.readings, name));
    return [...declared, ...consumed].map((place) => locationOf(place.source, place.scope.name.range));
  }

  private exposuresOf(fullNames: readonly string[]): readonly ScopeExposure[] {
    return exposuresIn(this.readings, this.organisation.scopePrefix).filter((each) =>
      fullNames.includes(each.fullName),
    );
  }

  /** The whole names of the scope at the position, several where a loop makes them, and what stands there, without quotes. */
  private async scopeAt(document: vscode.TextDocument, position: vscode.Position) {
    const file = await this.manifests.whenRead(document);
    const offset = document.offsetAt(position);
    const node = file && nodeAt(file, offset);
    const fullNames = node ? this.namesOf(node, { uri: document.uri, file }, offset) : [];
    return node && fullNames.length > 0 ? { fullNames, range: toRange(document, node.range) } : undefined;
  }

  private namesOf(node: ManifestNode, source: ManifestSource, offset: number): readonly string[] {
    const nameOfExposed = (scope: ExposedScope) =>
      scope.product.templated || scope.name.templated
        ? undefined
        : exposedScopeName(scope, this.organisation.scopePrefix);
    if (node.kind === 'consumed') {
      const { range } = node.scope.name;
      const isOnName = range.start <= offset && offset <= range.end;
      const nameOf = ({ name }: ConsumedScope) => (name.templated ? undefined : name.value);
      return isOnName ? this.known(node.scope, source, ({ consumes }) => consumes, nameOf) : [];
    }
    if (node.kind === 'exposed') {
      const { product, name } = node.scope;
      const isOnName = [product, name].some(({ range }) => sameRange(range, node.range));
      return isOnName ? this.known(node.scope, source, ({ exposes }) => exposes, nameOfExposed) : [];
    }
    return [];
  }

  /** Its name as written, else those that the chosen variables make of it. */
  private known<T extends { readonly range: Range }>(
    thing: T,
    source: ManifestSource,
    thingsIn: (manifest: Manifest) => readonly T[],
    nameOf: (thing: T) => string | undefined,
  ): readonly string[] {
    const written = nameOf(thing);
    if (written !== undefined) return [written];
    const resolved = this.readings.resolvedAt(source, thing.range, thingsIn, ({ range }) => range);
    return [...new Set((resolved?.things ?? []).flatMap((each) => nameOf(each) ?? []))];
  }
}

function sameRange(a: Range, b: Range): boolean {
  return a.start === b.start && a.end === b.end;
}

function locationOf({ uri, file }: ManifestSource, range: Range): vscode.Location {
  return new vscode.Location(uri, toRangeIn(file.lineStarts, range));
}
