import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { openCabinet } from '../../msi/cabinet/read-cabinet.ts';
import { type MsiDatabase, readMsi } from '../../msi/read/read.ts';
import type { StartMode } from '../node/backing.ts';
import { chosenComponents } from './chosen.ts';
import type { RegisteredService } from './node-state.ts';

/** A package with its directories resolved for a node: what installing it means. */
export interface SimulatedPackage {
  readonly productCode: string;
  readonly upgradeCode: string;
  readonly name: string;
  readonly version: string;
  readonly installLocation: string;
  /** Windows path by key of the File table, which is the name in the cabinet too. */
  readonly files: ReadonlyMap<string, string>;
  readonly directories: readonly string[];
  readonly services: readonly RegisteredService[];
  /** Names of services that the package starts when it is installed. */
  readonly starts: readonly string[];
  /** Unpacks every file to the place that `hostPath` gives for its Windows path. */
  readonly unpack: (hostPath: (path: string) => string) => Promise<void>;
  readonly close: () => void;
}

type TableCells = Readonly<Record<string, unknown>>;

const standardFolders: Readonly<Record<string, string>> = {
  TARGETDIR: 'C:\\',
  ProgramFiles64Folder: 'C:\\Program Files\\',
  ProgramFilesFolder: 'C:\\Program Files\\',
  CommonAppDataFolder: 'C:\\ProgramData\\',
  WindowsFolder: 'C:\\Windows\\',
  System64Folder: 'C:\\Windows\\System32\\',
  TempFolder: 'C:\\Windows\\Temp\\',
};
const startModes: Readonly<Record<number, StartMode>> = { 2: 'Auto', 3: 'Manual', 4: 'Disabled' };
/** msidbServiceControlEventStart. */
const startAtInstall = 1;

/** Reads a package with properties of the command line laid over its own. Throws BuildError when it is damaged. */
export function openPackage(path: string, given: Readonly<Record<string, string>>): SimulatedPackage {
  const database = readMsi(path);
  const rows = (table: string): readonly TableCells[] => rowsOf(database, table);
  const own = propertiesOf(rows('Property'));
  const properties = { ...own, ...given };
  const directories = resolveDirectories(rows('Directory'), properties);
  const chosen = chosenComponents(rows, properties);
  const brought = (table: string) => rows(table).filter(({ Component_ }) => chosen.has(String(Component_)));
  const components = new Map(rows('Component').map((row) => [row.Component, row]));
  const folderOf = (component: unknown) =>
    directories.get(String(components.get(component)?.Directory_)) ?? 'C:\\';
  const files = new Map(
    brought('File').map(({ File, Component_, FileName }) => [
      String(File),
      `${folderOf(Component_)}${longName(FileName)}`,
    ]),
  );
  const text = (value: unknown): string => formatted(String(value ?? ''), properties, directories, files);
  return {
    productCode: own.ProductCode ?? '',
    upgradeCode: own.UpgradeCode ?? '',
    name: own.ProductName ?? '',
    version: own.ProductVersion ?? '',
    installLocation: directories.get('INSTALLDIR') ?? '',
    files,
    directories: brought('CreateFolder').flatMap(
      ({ Directory_ }) => directories.get(String(Directory_)) ?? [],
    ),
    services: brought('ServiceInstall').map((row) => ({
      name: text(row.Name),
      path: `"${files.get(String(components.get(row.Component_)?.KeyPath))}" ${text(row.Arguments)}`.trim(),
      account: text(row.StartName) || 'LocalSystem',
      startMode: startModes[Number(row.StartType)] ?? 'Manual',
    })),
    starts: brought('ServiceControl')
      .filter(({ Event }) => (Number(Event) & startAtInstall) !== 0)
      .map(({ Name }) => text(Name)),
    unpack: (hostPath) => unpack(database, rows('Media'), files, hostPath),
    close: database.close,
  };
}

/** A remembered property has its default under another name (src/msi/rows/remember-rows.ts). */
function propertiesOf(rows: readonly TableCells[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    rows.flatMap(({ Property, Value }) => {
      const name = String(Property);
      return [
        [name, String(Value)],
        [name.replace(/^REMEMBERED_/, ''), String(Value)],
      ];
    }),
  );
}

function rowsOf(database: MsiDatabase, name: string): readonly TableCells[] {
  const table = database.tables.get(name);
  if (!table) return [];
  return table.rows.map((row) => Object.fromEntries(table.columns.map((column, i) => [column.name, row[i]])));
}

/** Windows path with a backslash at its end for each row of the Directory table. */
function resolveDirectories(
  rows: readonly TableCells[],
  properties: TableCells,
): ReadonlyMap<string, string> {
  const byName = new Map(rows.map((row) => [String(row.Directory), row]));
  const resolve = (name: string): string => {
    const given = properties[name];
    if (typeof given === 'string' && /^[A-Za-z]:\\/.test(given)) return `${given.replace(/\\+$/, '')}\\`;
    const standard = standardFolders[name];
    const row = byName.get(name);
    if (standard !== undefined || !row) return standard ?? 'C:\\';
    const parent = resolve(String(row.Directory_Parent ?? 'TARGETDIR'));
    const folder = longName(String(row.DefaultDir).split(':')[0]);
    return folder === '.' ? parent : `${parent}${folder}\\`;
  };
  return new Map([...byName.keys()].map((name) => [name, resolve(name)]));
}

/** `short|long` gives the long name. */
function longName(cell: unknown): string {
  return String(cell).split('|').at(-1) ?? '';
}

/** Formatted text: `[PROPERTY]`, `[DIRECTORY]`, `[#file]`, `[!file]`. */
function formatted(
  value: string,
  properties: Readonly<Record<string, string>>,
  directories: ReadonlyMap<string, string>,
  files: ReadonlyMap<string, string>,
): string {
  return value.replace(/\[([#!]?)([\w.]+)\]/g, (_, mark: string, name: string) =>
    mark
      ? (files.get(name) ?? '')
      : (directories.get(name) ?? standardFolders[name] ?? properties[name] ?? ''),
  );
}

/** This process is sshd to all nodes of a sandbox: a package that takes a minute of a busy machine must not silence it for one. */
async function unpack(
  database: MsiDatabase,
  media: readonly TableCells[],
  files: ReadonlyMap<string, string>,
  hostPath: (path: string) => string,
): Promise<void> {
  for (const { Cabinet } of media) {
    const stream = database.streams.get(String(Cabinet).replace(/^#/, ''));
    if (!stream) continue;
    let open: number | undefined;
    const steps = openCabinet(stream).steps((entry, bytes, last) => {
      const target = files.get(entry.name);
      if (target === undefined) return;
      if (open === undefined) {
        const file = hostPath(target);
        mkdirSync(dirname(file), { recursive: true });
        open = openSync(file, 'w');
      }
      writeSync(open, bytes);
      if (!last) return;
      closeSync(open);
      open = undefined;
    });
    for (const _ of steps) await setImmediate();
  }
}
