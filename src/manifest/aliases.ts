import type { Alias, Document, Node as YamlNode } from 'yaml';
import { isAlias, isCollection, isNode, isPair, visit } from 'yaml';

/**
 * What the aliases of a document may stand for, in nodes. The deploy client's parser (go-yaml 2, decode.go) refuses
 * "excessive aliasing" from 400,000 nodes on; no manifest comes near to either.
 */
const MAX_ALIASED_NODES = 100_000;

/** What each alias names: the last node before it with that anchor (YAML 1.1 section 3.2.2.2). */
export function aliasTargets(document: Document.Parsed): ReadonlyMap<Alias, YamlNode> {
  const anchors = new Map</* anchor */ string, YamlNode>();
  const targets = new Map<Alias, YamlNode>();
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target !== undefined) {
          targets.set(node, target);
        }
      } else if (node.anchor !== undefined) {
        anchors.set(node.anchor, node);
      }
    },
  });
  return targets;
}

/**
 * The alias with which all aliases so far stand for more nodes than is read, as in an alias bomb. One that names what it
 * stands in stands for nothing.
 */
export function firstExcessiveAlias(
  document: Document.Parsed,
  targets: ReadonlyMap<Alias, YamlNode>,
): Alias | undefined {
  const sizes = new Map</* whole node */ YamlNode, number>();
  let aliased = 0;
  let excessive: Alias | undefined;
  // The depth of what is written is bounded; how deep aliases go does not matter, as their targets come before them.
  const measure = (node: unknown): number => {
    if (isPair(node)) {
      return measure(node.key) + measure(node.value);
    }
    if (isAlias(node)) {
      const target = targets.get(node);
      const size = (target && sizes.get(target)) ?? 0;
      aliased += size;
      excessive ??= aliased > MAX_ALIASED_NODES ? node : undefined;
      return size;
    }
    const size = isCollection(node) ? node.items.reduce((sum: number, item) => sum + measure(item), 1) : 1;
    if (isNode(node)) {
      sizes.set(node, size);
    }
    return size;
  };
  measure(document.contents);
  return excessive;
}
