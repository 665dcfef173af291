import { lstatSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FileError } from '../../errors.ts';
import type { CharmTree, TreeEntry } from './tree.ts';
import { type ZipEntry, zipEntries } from './zip-entries.ts';

/** Bytes of a file of a charm that are read; larger ones are programs, which nobody looks into. */
const mostBytes = 16 << 20;
const fileType = 0o170000;
const kinds: ReadonlyMap<number, TreeEntry['kind']> = new Map([
  [0o100000, 'file'],
  [0o040000, 'folder'],
  [0o120000, 'link'],
  [0, 'file'],
]);
/** Of a directory: what nobody packs and what may be large. */
const skipped = new Set(['.git', '.svn', '.hg', '.bzr', '.tox', 'node_modules']);

/** Opens a directory or an archive (`.charm`). Throws FileError where `path` is neither. */
export function openTree(path: string): CharmTree {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (error) {
    throw failure(path, error);
  }
  return isFolder ? openFolder(path) : openArchive(path);
}

function openFolder(root: string): CharmTree {
  const entries = new Map<string, TreeEntry>();
  const walk = (below: string): void => {
    for (const name of readdirSync(join(root, below)).sort()) {
      const path = below ? `${below}/${name}` : name;
      const full = join(root, path);
      const stat = lstatSync(full);
      const kind = kinds.get(stat.mode & fileType) ?? 'other';
      entries.set(path, {
        kind,
        executable: (stat.mode & 0o100) !== 0,
        bytes: stat.size,
        ...(kind === 'link' && { target: readlinkSync(full) }),
        read: () => readFileSync(full),
      });
      if (kind === 'folder' && !skipped.has(path)) walk(path);
    }
  };
  walk('');
  return { name: root, kind: 'directory', entries, badNames: [] };
}

function openArchive(path: string): CharmTree {
  let found: readonly ZipEntry[];
  try {
    found = zipEntries(readFileSync(path));
  } catch (error) {
    throw failure(path, error);
  }
  const entries = new Map<string, TreeEntry>();
  const badNames: { name: string; why: string }[] = [];
  for (const one of found) {
    const why = whyBad(one.name) ?? (entries.has(one.name.replace(/\/$/, '')) ? 'is there twice' : undefined);
    if (why) badNames.push({ name: one.name, why });
    else entries.set(one.name.replace(/\/$/, ''), toEntry(path, one));
  }
  return { name: path, kind: 'archive', entries, badNames };
}

function whyBad(name: string): string | undefined {
  if (name.includes('\\')) return 'has backslashes';
  if (name.startsWith('/')) return 'is an absolute path';
  return name.split('/').includes('..') ? 'leads out of the charm' : undefined;
}

function toEntry(archive: string, entry: ZipEntry): TreeEntry {
  const { name, mode, bytes } = entry;
  const kind = name.endsWith('/') ? 'folder' : (kinds.get((mode ?? 0) & fileType) ?? 'other');
  const read = () => {
    try {
      return entry.read(mostBytes);
    } catch (error) {
      throw failure(`${archive}:${name}`, error);
    }
  };
  return {
    kind,
    executable: ((mode ?? 0) & 0o100) !== 0,
    bytes,
    read,
    ...(kind === 'link' && { target: read().toString('utf8') }),
  };
}

function failure(path: string, error: unknown): FileError {
  const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
  const reason = missing ? 'no such file' : error instanceof Error ? error.message : String(error);
  return new FileError(path, reason, 'Name a charm: a directory, or a .charm file.');
}
