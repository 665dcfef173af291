import type { CharmTree, TreeEntry } from '../../../src/charm/archive/tree.ts';

export type Files = Readonly<Record<string, string | TreeEntry>>;

/** A charm in memory: files by path; `dispatch`, hooks and actions have their x bit. */
export function treeOf(files: Files, kind: CharmTree['kind'] = 'directory'): CharmTree {
  const entries = Object.entries(files).map(([path, file]): [string, TreeEntry] => [
    path,
    typeof file === 'string' ? fileOf(file, /^(dispatch$|hooks\/|actions\/)/.test(path)) : file,
  ]);
  return { name: 'x', kind, entries: new Map(entries), badNames: [] };
}

export function fileOf(text: string, executable = false): TreeEntry {
  const data = Buffer.from(text);
  return { kind: 'file', executable, bytes: data.length, read: () => data };
}

export function linkTo(target: string): TreeEntry {
  return { kind: 'link', executable: false, bytes: target.length, target, read: () => Buffer.from(target) };
}

/** `old` replaced by `text`; throws where it is not there, as the case would then test nothing. */
export function replaced(source: string, old: string, text: string): string {
  if (!source.includes(old)) throw new Error(`no ${JSON.stringify(old)} in the source`);
  return source.replace(old, () => text);
}
