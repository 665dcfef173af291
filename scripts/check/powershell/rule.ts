import type { Node } from 'web-tree-sitter';

/** A parsed script. */
export interface Script {
  readonly text: string;
  readonly root: Node;
  /** Names of the functions that it may call beside cmdlets: its own, and those of the program that it belongs to. */
  readonly functions: readonly string[];
}

export interface Violation {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** Something that the agent's scripts must not do. */
export type Rule = (script: Script) => readonly Violation[];

/** The nodes of some types (names of tree-sitter-powershell's grammar) for which `message` has something to say. */
export function everyNode(
  { root }: Script,
  types: readonly string[],
  message: (text: string, node: Node) => string | undefined,
): readonly Violation[] {
  return root.descendantsOfType([...types]).flatMap((node) => {
    const found = node && message(node.text, node);
    return node && found ? [{ line: node.startPosition.row + 1, message: found }] : [];
  });
}
