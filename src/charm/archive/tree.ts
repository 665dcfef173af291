/** What stands at a path of a charm. */
export interface TreeEntry {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** The x bit of its owner. */
  readonly executable: boolean;
  readonly bytes: number;
  /** Of a link: where it leads. */
  readonly target?: string;
  /** The content of a file. Throws FileError where it cannot be read. */
  readonly read: () => Buffer;
}

/** A charm, wherever it is. */
export interface CharmTree {
  /** As messages name it. */
  readonly name: string;
  readonly kind: 'archive' | 'directory';
  /** By path, with slashes. */
  readonly entries: ReadonlyMap<string, TreeEntry>;
  /** Of an archive: names that stand in it more than once, or that lead elsewhere. */
  readonly badNames: readonly { readonly name: string; readonly why: string }[];
}

/** The path that messages name: that of a file of a directory, or `x.charm:metadata.yaml`. */
export function pathIn({ kind, name }: Pick<CharmTree, 'kind' | 'name'>, path: string): string {
  return kind === 'archive' ? `${name}:${path}` : `${name.replace(/\/+$/, '')}/${path}`;
}
