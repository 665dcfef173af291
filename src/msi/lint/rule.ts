import type { Summary } from '../database/summary.ts';
import type { Cell, Table } from '../database/table.ts';
import { directoryPaths, type Fields, propertiesOf, recordsOf } from '../read/view.ts';

/** One thing that is wrong with a package. */
export interface LintFinding {
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** A package as the rules look at it. */
export interface LintedPackage {
  readonly tables: ReadonlyMap<string, Table>;
  readonly summary: Summary;
  readonly rows: (table: string) => readonly Fields[];
  readonly properties: ReadonlyMap<string, string>;
  /** Where a directory is, from its folder property on. */
  readonly paths: ReadonlyMap<string, readonly string[]>;
}

/** Gives a message for every violation, as `warning` where the rule itself is an error and this is none. The id is that of Microsoft's ICE where there is one. */
export interface LintRule {
  readonly id: string;
  readonly severity: 'error' | 'warning';
  readonly check: (subject: LintedPackage) => Iterable<string | { readonly warning: string }>;
}

export function lintedPackage(database: {
  readonly tables: ReadonlyMap<string, Table>;
  readonly summary: Summary;
}): LintedPackage {
  const known = new Map<string, readonly Fields[]>();
  let properties: LintedPackage['properties'] | undefined;
  let paths: LintedPackage['paths'] | undefined;
  return {
    ...database,
    rows(table) {
      const rows = known.get(table) ?? recordsOf(database, table);
      known.set(table, rows);
      return rows;
    },
    // When they are asked for: the rules on the schema come first, and may be all that is run.
    get properties() {
      properties ??= propertiesOf(database);
      return properties;
    },
    get paths() {
      paths ??= directoryPaths(database);
      return paths;
    },
  };
}

/** Bits of an attribute column. */
export const bits = (cell: Cell | undefined): number => (typeof cell === 'number' ? cell : 0);

/** Folder properties that differ between users. */
export const profileFolders = new Set([
  'AdminToolsFolder',
  'AppDataFolder',
  'DesktopFolder',
  'FavoritesFolder',
  'LocalAppDataFolder',
  'MyPicturesFolder',
  'NetHoodFolder',
  'PersonalFolder',
  'PrintHoodFolder',
  'ProgramMenuFolder',
  'RecentFolder',
  'SendToFolder',
  'StartMenuFolder',
  'StartupFolder',
  'TemplateFolder',
]);

/** The folder property that a directory lies below. */
export const rootOf = ({ paths }: LintedPackage, directory: Cell | undefined): string =>
  paths.get(String(directory))?.[0] ?? '';

/** Rows grouped by the value of one column. */
export function groupBy(rows: readonly Fields[], column: string): Map<string, Fields[]> {
  const groups = new Map<string, Fields[]>();
  for (const row of rows) {
    const key = String(row[column] ?? '');
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
