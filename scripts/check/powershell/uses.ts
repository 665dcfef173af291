import type { Node } from 'web-tree-sitter';
import type { Script } from './rule.ts';

/** A command with the names of the parameters that it is given. */
export interface CommandUse {
  readonly name: string;
  /** Without the dash. `*` in one stands for what is only known when the script runs. */
  readonly parameters: readonly string[];
  /** Splatted tables whose keys the script does not show. */
  readonly opaque: readonly string[];
  /** From 1. */
  readonly line: number;
}

/** Every command of a script that is named in it; one that a variable names has no parameters that could be looked at. */
export function commandsOf({ root }: Script): readonly CommandUse[] {
  return nodesOf(root, 'command').flatMap((command) => {
    const name = command.namedChildren.find((child) => child?.type === 'command_name');
    if (!name) return [];
    const splats = splatsOf(command).map((variable) => ({ variable, keys: keysOf(command, variable) }));
    const parameters = [
      ...elementsOf(command)
        .filter(({ type }) => type === 'command_parameter')
        .map(({ text }) => text.slice(1)),
      ...splats.flatMap(({ keys }) => keys ?? []),
    ];
    const opaque = splats.filter(({ keys }) => keys === undefined).map(({ variable }) => `@${variable}`);
    return [{ name: name.text, parameters, opaque, line: command.startPosition.row + 1 }];
  });
}

/** What stands behind the name of a command. */
export function elementsOf(command: Node): readonly Node[] {
  const elements = command.namedChildren.find((child) => child?.type === 'command_elements');
  return (elements?.namedChildren ?? []).filter(
    (child): child is Node => child !== null && child.type !== 'command_argument_sep',
  );
}

export function nodesOf(root: Node, ...types: readonly string[]): readonly Node[] {
  return root.descendantsOfType([...types]).filter((node): node is Node => node !== null);
}

/** The function around a place, or the whole script. */
export function scopeOf(node: Node): Node {
  let scope = node;
  while (scope.parent && scope.type !== 'function_statement') scope = scope.parent;
  return scope;
}

function splatsOf(command: Node): readonly string[] {
  return elementsOf(command).flatMap(({ text }) => /^@(\w+)$/.exec(text)?.[1] ?? []);
}

/** The keys that a table gets in the function of the command, or undefined where the function does not write them out. */
function keysOf(command: Node, variable: string): readonly string[] | undefined {
  const scope = scopeOf(command);
  const keys: string[] = [];
  let literal = false;
  for (const assignment of nodesOf(scope, 'assignment_expression')) {
    const [target, , value] = assignment.namedChildren;
    const key = assignedKey(target?.text ?? '', variable);
    if (key !== undefined) keys.push(key);
    if (target?.text.toLowerCase() !== `$${variable}`.toLowerCase()) continue;
    const table = value && nodesOf(value, 'hash_literal_expression')[0];
    if (table?.text !== value?.text.replace(/^\[ordered\]/, '')) return undefined;
    literal = true;
    for (const entry of table?.namedChildren[0]?.namedChildren ?? [])
      if (entry?.type === 'hash_entry') keys.push(plain(entry.namedChildren[0]?.text ?? ''));
  }
  return literal ? keys : undefined;
}

/** `$table['Name']` and `$table.Name` set the key `Name`, `$table["$($x)Access"]` one like `*Access`. */
function assignedKey(target: string, variable: string): string | undefined {
  const [, name, index, member] = /^\$(\w+)(?:\[(.+)\]|\.(\w+))$/s.exec(target) ?? [];
  if (name?.toLowerCase() !== variable.toLowerCase()) return undefined;
  return plain(index ?? member ?? '');
}

function plain(text: string): string {
  const quoted = /^(['"])(.*)\1$/s.exec(text)?.[2] ?? text;
  return quoted.replace(/\$\(.*?\)+|\$\{?\w+\}?/g, '*');
}
