import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Language, Parser } from 'web-tree-sitter';
import type { Script } from './rule.ts';

/** A function that parses PowerShell. The grammar is the .wasm in the package, so nothing is compiled here. */
export async function powershellParser(): Promise<(text: string) => Script> {
  // Optimizing the grammar's one huge function takes a core for half a minute, and the next child process waits for it.
  setFlagsFromString('--liftoff-only');
  await Parser.init();
  const grammar = dirname(createRequire(import.meta.url).resolve('tree-sitter-powershell/package.json'));
  const parser = new Parser();
  parser.setLanguage(await Language.load(join(grammar, 'tree-sitter-powershell.wasm')));
  return (text) => {
    const tree = parser.parse(text);
    if (!tree) throw new TypeError('the parser gave no tree');
    const functions = tree.rootNode.descendantsOfType('function_name').flatMap((node) => node?.text ?? []);
    return { text, root: tree.rootNode, functions };
  };
}
