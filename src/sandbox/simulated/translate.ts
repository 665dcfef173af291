import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, win32 } from 'node:path';

export interface Translation {
  readonly hostPath: (path: string) => string;
  /** The node's own address, in place of "all addresses". */
  readonly address: string;
  /** In place of a MySQL URL; absent where MySQL runs. */
  readonly database?: string;
  /** In place of the folder of metadata definitions. */
  readonly metadefs?: string;
}

const windowsPath = /^(?:\/\/[.?]\/)?[A-Za-z]:[\\/]|^[\\/]{2}[^\\/.?]/;

/**
 * Copies the configuration files beside `file` (a Windows path) to `folder`, with paths of the node turned into paths of this
 * machine, and gives the path of the copy of `file`.
 */
export function translateFolder(file: string, folder: string, translation: Translation): string {
  const source = translation.hostPath(win32.dirname(file));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const names = readdirSync(source).filter((name) => statSync(join(source, name)).isFile());
  const beside = new Set(names.map((name) => name.toLowerCase()));
  const hostPath = (path: string): string => {
    const here = win32.dirname(win32.normalize(path)).toLowerCase() === win32.dirname(file).toLowerCase();
    const name = win32.basename(path).toLowerCase();
    return here && beside.has(name) ? join(folder, name) : translation.hostPath(path);
  };
  for (const name of names) {
    const text = readFileSync(join(source, name), 'utf8');
    const lines = text.split(/\r?\n/).map((line) => translateLine(line, { ...translation, hostPath }));
    // Secrets are in them, as in the originals.
    writeFileSync(join(folder, name.toLowerCase()), lines.join('\n'), { mode: 0o600 });
  }
  return join(folder, win32.basename(file).toLowerCase());
}

/** `key = value` with a path, an address or a database URL as value; every other line stays. */
function translateLine(line: string, translation: Translation): string {
  const found = /^([A-Za-z_][\w.-]*\s*=\s*)(.*?)\s*$/.exec(line);
  if (!found) return line;
  const [, key = '', value = ''] = found;
  return key + translateValue(key.split(/[\s=]/)[0] ?? '', value, translation);
}

function translateValue(
  key: string,
  value: string,
  { hostPath, address, database, metadefs }: Translation,
): string {
  if (key === 'bind_host' && value === '0.0.0.0') return address;
  if (key === 'connection' && value.startsWith('mysql') && database !== undefined) return database;
  if (key === 'metadata_source_path' && metadefs !== undefined) return metadefs;
  const [, scheme = '', path = ''] = /^(file:\/\/|sqlite:\/\/\/)?(.*)$/.exec(value) ?? [];
  if (!windowsPath.test(path)) return value;
  // In oslo.config a `$` begins a reference and `$$` is the sign itself.
  return scheme + hostPath(path.replaceAll('$$', '$')).replaceAll('$', '$$$$');
}

/** The value of a key anywhere in a translated file; the first one, as the files oriel renders have each once. */
export function settingIn(file: string, key: string): string | undefined {
  return new RegExp(`^${key}\\s*=\\s*(.*?)\\s*$`, 'm').exec(readFileSync(file, 'utf8'))?.[1];
}

export function isWindowsPath(text: string): boolean {
  return windowsPath.test(text);
}

/** A folder for translated files that is the same for the same original. */
export function translationFolder(root: string, program: string): string {
  return join(root, 'translated', basename(program));
}
