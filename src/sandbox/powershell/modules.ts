import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dataFile } from '../../data-files.ts';
import { moduleManifest, moduleSource } from './module-source.ts';
import { type ModuleTable, parseModuleTable } from './module-table.ts';

const place = ['windows', 'standin', 'modules'] as const;
/** The module that all others stand on; it is copied as it is. */
const common = 'OrielSandbox';

/** What a PowerShell of a node needs in its environment to find the modules of `installModules`, besides its own. */
export const moduleEnvironment = { PSModulePath: `C:\\${place.join('\\')}` } as const;

/** Makes the modules of a node in its prefix: what Windows has and Wine lacks (docs/reference/nodes/sandbox.md, "Modules"). */
export async function installModules(prefix: string): Promise<void> {
  await writeModules(join(prefix, 'drive_c', ...place));
}

/** Makes the modules in a folder for PSModulePath. */
export async function writeModules(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await cp(join(source(), common), join(folder, common), { recursive: true });
  for (const [name, table] of await moduleTables()) {
    await cp(join(source(), name), join(folder, name), { recursive: true });
    const code = await readFile(join(folder, name, `${name}.ps1`), 'utf8').catch(() => '');
    await writeFile(join(folder, name, `${name}.psm1`), moduleSource(table, code));
    await writeFile(join(folder, name, `${name}.psd1`), moduleManifest(name, table));
  }
}

/** The tables of all modules by name. */
export async function moduleTables(): Promise<ReadonlyMap<string, ModuleTable>> {
  const names = (await readdir(source())).filter((name) => name !== common).sort();
  const tables = names.map(async (name) => {
    const text = await readFile(join(source(), name, 'cmdlets.json'), 'utf8');
    return [name, parseModuleTable(text)] as const;
  });
  return new Map(await Promise.all(tables));
}

function source(): string {
  return dataFile('src', 'sandbox', 'powershell', 'modules');
}
