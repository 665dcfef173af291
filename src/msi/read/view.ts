import type { Cell } from '../database/table.ts';
import type { MsiDatabase } from './read.ts';

/** A row by the names of its columns. */
export type Fields = { readonly [column: string]: Cell };
/** What the views need of a package. */
export type Tables = Pick<MsiDatabase, 'tables'>;

/** Rows of a table by column name; none when the package has no such table. */
export function recordsOf(database: Tables, name: string): Fields[] {
  return [...eachRecord(database, name)];
}

/** The same one by one: a table may have very many, of which few are kept. */
function* eachRecord({ tables }: Tables, name: string): Generator<Fields> {
  const { columns = [], rows = [] } = tables.get(name) ?? {};
  for (const row of rows) {
    const fields: Record<string, Cell> = {};
    columns.forEach((column, i) => {
      fields[column.name] = row[i] ?? null;
    });
    yield fields;
  }
}

/** The last row of each key. In a sound table there is one. */
function byKey(database: Tables, name: string, key: string): Map<Cell, Fields> {
  const rows = new Map<Cell, Fields>();
  for (const row of eachRecord(database, name)) rows.set(row[key] ?? '', row);
  return rows;
}

/** One column of a table; nothing when the package has no such table or column. */
export function columnOf({ tables }: Tables, name: string, column: string): Cell[] {
  const table = tables.get(name);
  const at = table?.columns.findIndex((one) => one.name === column) ?? -1;
  return at < 0 ? [] : (table?.rows ?? []).map((row) => row[at] ?? null);
}

/** The Property table as a map. */
export function propertiesOf(database: Tables): Map<string, string> {
  const values = columnOf(database, 'Property', 'Value');
  const properties = new Map<string, string>();
  columnOf(database, 'Property', 'Property').forEach((name, i) => {
    properties.set(String(name), String(values[i] ?? ''));
  });
  return properties;
}

/** The long one of `SHORT|long`, of the target in `target:source`. */
export function longName(name: string): string {
  const [target = ''] = name.split(':');
  return target.slice(target.indexOf('|') + 1);
}

/** A path of 260 characters has no more levels; a longer chain is a circle, or there to keep a reader busy. */
const maxDepth = 130;

/**
 * Where each directory of the package is, as parts below a folder property (`ProgramFiles64Folder`, `oriel`, `clock`); a directory
 * whose parents form a circle has no place.
 */
export function directoryPaths(database: Tables): Map<string, readonly string[]> {
  const rows = byKey(database, 'Directory', 'Directory');
  const paths = new Map<string, readonly string[]>();
  for (const id of [...rows.keys()].map(String)) {
    const chain: string[] = [];
    let at: string | null = id;
    while (at !== null && chain.length <= maxDepth) {
      chain.push(at);
      const parent: Cell = rows.get(at)?.Directory_Parent ?? null;
      if (parent === null || parent === at) break;
      at = String(parent);
      if (rows.has(at)) continue;
      // A parent without a row is a folder property: that of a merge module is in the package that takes it in.
      chain.push(...(at === 'TARGETDIR' ? [at] : [at, 'TARGETDIR']));
      break;
    }
    if (at === null || chain.length > maxDepth) continue;
    // The root is TARGETDIR; a folder property directly below it, with the name ".", stands for itself.
    const parts = chain.reverse().flatMap((step, depth) => {
      if (depth === 0) return [];
      const row = rows.get(step);
      if (!row) return [step];
      const name = longName(String(row.DefaultDir));
      return name === '.' ? (depth === 1 ? [step] : []) : [name];
    });
    paths.set(id, parts);
  }
  return paths;
}

/** The cabinet of a merge module, which has no Media. Source: Windows Installer, "MergeModule.CABinet". */
const moduleCabinet = 'MergeModule.CABinet';

/** Whether a database is a merge module: its files have no media, and come into the package that takes it in. */
export function isMergeModule({ tables }: Tables): boolean {
  return tables.has('ModuleSignature');
}

/** Cabinets by their names in Media: `#name` is inside the package, any other one beside it. */
export function cabinetsOf(database: Tables): readonly string[] {
  if (isMergeModule(database)) return [`#${moduleCabinet}`];
  return recordsOf(database, 'Media').flatMap(({ Cabinet }) => (Cabinet === null ? [] : [String(Cabinet)]));
}

export interface InstalledFile {
  readonly key: string;
  /** `ProgramFiles64Folder/oriel/readme.txt`; undefined when its directory has no place. */
  readonly path: string | undefined;
  readonly size: number;
  readonly version: string | null;
  readonly language: string | null;
  /** MD5 as hexadecimal text, when MsiFileHash has it. */
  readonly md5: string | null;
  readonly sequence: number;
}

/** Every file of the package, in the order of the cabinets; once, whatever the tables say. */
export function installedFiles(database: Tables): InstalledFile[] {
  const paths = directoryPaths(database);
  const components = byKey(database, 'Component', 'Component');
  const hashes = byKey(database, 'MsiFileHash', 'File_');
  return [...byKey(database, 'File', 'File').values()]
    .map((row) => {
      const directory = paths.get(String(components.get(row.Component_ ?? '')?.Directory_));
      const hash = hashes.get(row.File ?? '');
      return {
        key: String(row.File),
        path: directory && [...directory, longName(String(row.FileName))].join('/'),
        size: Number(row.FileSize),
        version: row.Version === null ? null : String(row.Version),
        language: row.Language === null ? null : String(row.Language),
        md5: hash ? md5Of(hash) : null,
        sequence: Number(row.Sequence),
      };
    })
    .sort((a, b) => a.sequence - b.sequence);
}

function md5Of(row: Fields): string {
  const bytes = Buffer.alloc(16);
  [row.HashPart1, row.HashPart2, row.HashPart3, row.HashPart4].forEach((part, i) => {
    bytes.writeInt32LE(Number(part) | 0, 4 * i);
  });
  return bytes.toString('hex');
}
