import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A page of Markdown; `path` is from the root of the repository. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** A block between fences: its language, what stands behind that on the fence, and the line of the fence. */
export interface Block {
  readonly language: string;
  readonly info: string;
  readonly text: string;
  readonly line: number;
}

const atRoot = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];

/** The pages that a reader has: those at the root, and all below docs. */
export function pages(root: string): readonly Page[] {
  const below = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
  const names = below.filter((name) => name.endsWith('.md')).map((name) => join('docs', name));
  return [...atRoot, ...names.sort()]
    .filter((path) => existsSync(join(root, path)))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** The blocks of a page in order, also those that belong to an item of a list. */
export function blocksOf({ text }: Pick<Page, 'text'>): readonly Block[] {
  const lines = text.split('\n');
  const blocks: Block[] = [];
  for (let index = 0; index < lines.length; index++) {
    const fence = /^( *)```(\w*) ?(.*)$/.exec(lines[index] ?? '');
    if (!fence) continue;
    const [, indent = '', language = '', info = ''] = fence;
    const end = lines.indexOf(`${indent}\`\`\``, index + 1);
    if (end < 0) break;
    const own = lines.slice(index + 1, end).map((line) => line.slice(indent.length));
    blocks.push({ language, info, text: own.join('\n'), line: index + 1 });
    index = end;
  }
  return blocks;
}

/** The lines of a page with those of its blocks made empty, so that line numbers stay. */
export function proseOf({ text }: Pick<Page, 'text'>): readonly string[] {
  let fenced = false;
  return text.split('\n').map((line) => {
    const isFence = /^ *```/.test(line);
    if (isFence) fenced = !fenced;
    return fenced || isFence ? '' : line;
  });
}

/** The anchor of a heading, as GitHub and the site of the guide make it. */
export function anchorOf(heading: string): string {
  const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
  return plain
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-');
}

/** The rows of all tables of a page: header and cells, a `|` in code left whole. */
export function rowsOf(page: Pick<Page, 'text'>): readonly TableRow[] {
  let header: readonly string[] = [];
  return proseOf(page).flatMap((line, index, lines) => {
    if (!line.trimStart().startsWith('|')) return [];
    const cells = cellsOf(line);
    const isHeader = /^[\s|:-]+$/.test(lines[index + 1] ?? '') && (lines[index + 1] ?? '').includes('-');
    if (isHeader) header = cells;
    return isHeader || /^[\s|:-]+$/.test(line) ? [] : [{ header, cells, line: index + 1 }];
  });
}

export interface TableRow {
  readonly header: readonly string[];
  readonly cells: readonly string[];
  readonly line: number;
}

function cellsOf(line: string): readonly string[] {
  const inner = line.trim().replace(/^\||\|$/g, '');
  return (inner.match(/(?:`[^`]*`|\\\||[^|])+/g) ?? []).map((cell) => cell.trim());
}
