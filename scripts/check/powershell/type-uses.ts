import type { Node } from 'web-tree-sitter';
import type { Script } from './rule.ts';
import { elementsOf, nodesOf } from './uses.ts';

/** A type of .NET that a script names, and what it asks of it. */
export interface TypeUse {
  /** As it is written, without brackets, lists and arguments of types. */
  readonly name: string;
  /** A static member, `.ctor`, or absent where the type is only named. `.Name` is a member of the object that stands for the type. */
  readonly member?: string;
  /** Number of arguments; absent: no call. */
  readonly count?: number;
  /** Within a `try`, where what is not there is caught. */
  readonly tried: boolean;
  /** From 1. */
  readonly line: number;
}

/** Every type of a script: in brackets and of New-Object, with its static members and constructors. */
export function typesOf({ root }: Script): readonly TypeUse[] {
  const named = nodesOf(root, 'type_literal').flatMap((literal) =>
    typeNames(literal.text.slice(1, -1)).map((name) => ({ name, ...placeOf(literal) })),
  );
  const members = nodesOf(root, 'member_access', 'invokation_expression').flatMap(memberUse);
  const made = nodesOf(root, 'command').flatMap((command) => constructorUse(command));
  return [...named, ...members, ...made].sort((one, other) => one.line - other.line);
}

/** The names in the text of a type: `Dictionary[string,int[]]` has three, the first with its number of arguments as .NET writes it. */
export function typeNames(text: string): readonly string[] {
  const names: string[] = [];
  let depth = 0;
  const inner = text.replace(/\[,*\]/g, '');
  const [, outer = '', rest = ''] = /^([^[]*)(?:\[(.*)\])?$/s.exec(inner) ?? [];
  if (rest === '') return outer === '' ? [] : [outer];
  let start = 0;
  for (let at = 0; at <= rest.length; at++) {
    const letter = rest[at];
    if (letter === '[') depth++;
    if (letter === ']') depth--;
    if (at < rest.length && (letter !== ',' || depth > 0)) continue;
    names.push(rest.slice(start, at).trim());
    start = at + 1;
  }
  return [`${outer}\`${names.length}`, ...names.flatMap(typeNames)];
}

function memberUse(node: Node): readonly TypeUse[] {
  const [literal, name, list] = node.namedChildren;
  const spec = literal?.type === 'type_literal' ? literal.text.slice(1, -1) : literal?.text;
  if (!literal || !name || !/^type_(literal|spec)$/.test(literal.type) || name.type !== 'member_name')
    return [];
  const [type] = typeNames(spec ?? '');
  if (type === undefined) return [];
  const isStatic = node.text.startsWith('::', node.text.indexOf(']', spec?.length) + 1);
  const count = node.type === 'invokation_expression' ? argumentCount(list ?? undefined) : undefined;
  return [
    {
      name: type,
      member: `${isStatic ? '' : '.'}${name.text}`,
      ...(count !== undefined && { count }),
      ...placeOf(node),
    },
  ];
}

function constructorUse(command: Node): readonly TypeUse[] {
  if (command.namedChildren[0]?.text.toLowerCase() !== 'new-object') return [];
  const [first, second] = elementsOf(command);
  if (!first || first.type === 'command_parameter') return [];
  const text = first.text.replace(/^(['"])(.*)\1$/s, '$2');
  const [name, ...inner] = typeNames(text);
  // An array has no constructor that one could look up.
  if (name === undefined || text.endsWith('[]')) return [];
  const count = constructorCount(second);
  const others = inner.map((each) => ({ name: each, ...placeOf(command) }));
  return [{ name, member: '.ctor', count, ...placeOf(command) }, ...others];
}

/** `New-Object T a, b` and `New-Object T (a, b)` give two arguments, `New-Object T (, $list)` one. */
function constructorCount(given: Node | undefined): number {
  if (!given) return 0;
  if (given.type === 'argument_list') return argumentCount(given);
  const items = nodesOf(given, 'array_literal_expression')[0]?.namedChildren.length ?? 1;
  if (items > 1 || !/^\(/.test(given.text)) return items;
  const inside = given.text.slice(1).trimStart();
  if (inside.startsWith(',')) return 1;
  const lists = nodesOf(given, 'array_literal_expression').filter(
    (node) => node.text === given.text.slice(1, -1),
  );
  return lists[0]?.namedChildren.length ?? 1;
}

function argumentCount(list: Node | undefined): number {
  const values = list?.namedChildren.find((child) => child?.type === 'argument_expression_list');
  return values?.namedChildren.filter((child) => child?.type === 'argument_expression').length ?? 0;
}

function placeOf(node: Node): { readonly line: number; readonly tried: boolean } {
  return { line: node.startPosition.row + 1, tried: isTried(node) };
}

/** Whether something is within the first block of a `try`; the other blocks catch. */
export function isTried(node: Node): boolean {
  for (let at: Node | null = node; at?.parent; at = at.parent)
    if (at.parent.type === 'try_statement' && at.parent.namedChildren[0]?.id === at.id) return true;
  return false;
}
