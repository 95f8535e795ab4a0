import * as vscode from 'vscode';
import { exposedScopeName, nodeAt, type Range } from '../manifest';
import type { Organisation } from '../platform/organisation';
import { toRange, toRangeIn } from '../platform/positions';
import type { Manifests, ManifestSource } from '../workspace/manifests';
import { consumptionsOf, exposuresIn, type ScopeExposure } from '../workspace/scopes';
import { MANIFEST_SELECTOR } from './selector';

/** From a scope that is consumed to where the workspace exposes it, and back. */
export class ScopeNavigation implements vscode.DefinitionProvider, vscode.ReferenceProvider {
  constructor(
    private readonly manifests: Manifests,
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
    return this.exposuresOf(scope.fullName).map(({ source, scope: { range, name } }) => ({
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
    const declared = includeDeclaration ? this.exposuresOf(scope.fullName) : [];
    return [...declared, ...consumptionsOf(this.manifests, scope.fullName)].map((place) =>
      locationOf(place.source, place.scope.name.range),
    );
  }

  private exposuresOf(fullName: string): readonly ScopeExposure[] {
    return exposuresIn(this.manifests, this.organisation.scopePrefix).filter((each) => each.fullName === fullName);
  }

  /** The whole name of the scope at the position, and what of it stands there, without quotes. */
  private async scopeAt(document: vscode.TextDocument, position: vscode.Position) {
    const file = await this.manifests.whenRead(document);
    const offset = document.offsetAt(position);
    const node = file && nodeAt(file, offset);
    if (node?.kind === 'consumed') {
      const { name } = node.scope;
      const isOnName = name.range.start <= offset && offset <= name.range.end;
      return name.templated || !isOnName ? undefined : { fullName: name.value, range: toRange(document, name.range) };
    }
    if (node?.kind === 'exposed') {
      const { product, name } = node.scope;
      const isOnName = [product, name].some(({ range }) => sameRange(range, node.range));
      if (product.templated || name.templated || !isOnName) return undefined;
      const fullName = exposedScopeName(node.scope, this.organisation.scopePrefix);
      return { fullName, range: toRange(document, node.range) };
    }
    return undefined;
  }
}

function sameRange(a: Range, b: Range): boolean {
  return a.start === b.start && a.end === b.end;
}

function locationOf({ uri, file }: ManifestSource, range: Range): vscode.Location {
  return new vscode.Location(uri, toRangeIn(file.lineStarts, range));
}
