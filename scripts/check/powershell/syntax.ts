import type { Node } from 'web-tree-sitter';
import type { Rule, Violation } from './rule.ts';

/** What the grammar cannot read; ternaries, `??`, `?.` and other syntax of PowerShell 7 are among it. */
export const syntax: Rule = ({ root }) => broken(root);

function broken(node: Node): readonly Violation[] {
  const line = node.startPosition.row + 1;
  if (node.isMissing) return [{ line, message: `${node.type} is missing here` }];
  if (node.type === 'ERROR') return [{ line, message: `cannot be read: ${node.text.split('\n')[0]}` }];
  if (!node.hasError) return [];
  return node.children.flatMap((child) => (child ? broken(child) : []));
}
