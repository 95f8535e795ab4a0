import { readBlocks } from './blocks';
import type { MaskedText } from './mask';
import type { Range } from './model';
import type { MapNode } from './nodes';
import { WANTED } from './wanted';
import { readYaml } from './yamlTree';

export interface ParsedDocument {
  readonly root: MapNode;
  /** The alias from which on aliases were not followed, as all of them together stand for too much. */
  readonly excessiveAlias: Range | undefined;
}

/**
 * Reads one YAML document as the deploy client does: YAML 1.1 with merge keys (nais/deploy, pkg/deployclient).
 * Gives what could be read of broken text, and nothing for text that holds no map, or nests too deep.
 */
export function parseDocument(source: MaskedText): ParsedDocument | undefined {
  const root = readBlocks(source);
  if (root !== undefined) {
    return { root, excessiveAlias: undefined };
  }
  const tree = readYaml(source, { text: source.masked, start: 0, depth: 0 }, WANTED);
  return tree?.node.kind === 'map' ? { root: tree.node, excessiveAlias: tree.excessiveAlias } : undefined;
}
