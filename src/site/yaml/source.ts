import { readFile, stat } from 'node:fs/promises';
import type { Position } from '../../errors.ts';

/** More than anybody writes; reading stops here before memory does. */
const maxBytes = 1024 * 1024;

/** The text of one YAML file and the name that messages use for it. */
export interface YamlSource {
  readonly file: string;
  readonly text: string;
}

/** Why a file cannot be read as text, in words that follow its name. */
export interface UnreadableFile {
  readonly message: string;
  readonly at?: Position;
  readonly hint?: string;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file: a part of the path is not a folder',
  EACCES: 'permission denied',
  ELOOP: 'too many symbolic links',
};

/** Reads `path` as UTF-8, with or without a byte order mark; `name` is what positions call it. */
export async function readSource(path: string, name: string): Promise<YamlSource | UnreadableFile> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return { message: 'is a folder', hint: 'name the file in it' };
    if (!found.isFile()) return { message: 'is not a regular file' };
    if (found.size > maxBytes) return { message: `has ${found.size} bytes; at most ${maxBytes} are read` };
    return decode(await readFile(path), name);
  } catch (error) {
    return { message: `cannot be read: ${reasonOf(error)}` };
  }
}

/** The reason of a failed file operation in plain words. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
}

function decode(bytes: Buffer, file: string): YamlSource | UnreadableFile {
  const hint = 'save it as UTF-8';
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return { message: 'is UTF-16, not UTF-8', hint };
  try {
    return { file, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { message: 'is not UTF-8', hint, at: { file, ...firstDamage(bytes) } };
  }
}

/** Decoding puts U+FFFD where bytes make no character; the first one is where somebody has to look. */
function firstDamage(bytes: Buffer): { line: number; column: number } {
  return lineAndColumn(bytes.toString('utf8'), Math.max(0, bytes.toString('utf8').indexOf('\ufffd')));
}

/** Line and column, both from 1, of an offset in `text`. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/** A key whose value looks like a credential. */
const credential =
  '["\']?(?:\\w*(?:password|passwd|token)\\w*|secret_\\w+|\\w+_(?:secret|key)|transport_url)["\']?\\s*:(?!\\s*\\{)\\s*';
const ownLine = new RegExp(`^((?:- )?${credential}).*`, 'i');
const inBraces = new RegExp(`([{,]\\s*${credential})("[^"]*"|'[^']*'|[^,}]*[^,}\\s])`, 'gi');
const inUrl = /(:\/\/[^\s:@/]*:)\S*@/g;

/** One line of a file as a message may show it: at most 120 characters, what looks like a credential blotted out. */
export function snippetOf(text: string, line: number): string | undefined {
  const found = text.split('\n')[line - 1]?.trim();
  if (!found) return undefined;
  const safe = found.replace(inUrl, '$1***@').replace(ownLine, '$1***').replace(inBraces, '$1***');
  return safe.length > 120 ? `${safe.slice(0, 117)}...` : safe;
}
