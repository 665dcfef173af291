import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type WindowsServer, windowsServers } from './facts.ts';

type Sets = readonly Readonly<Record<string, string>>[];
type Cmdlets = Readonly<Record<string, Sets>>;
type Modules = Readonly<Record<string, Cmdlets>>;

/** Files of the folder of facts for a Windows; where two have a cmdlet, the first one counts: a recorded machine before a documented one. */
const sources: Readonly<Record<WindowsServer, readonly string[]>> = {
  'Server 2012': ['3.0-server-2012'],
  'Server 2012 R2': ['4.0-server-2012r2'],
  'Server 2016': ['5.1-client-1607', 'server-2016-documented'],
  // PowerShell's own modules are those of 5.1 on every Windows since.
  'Server 2019': ['server-2019-documented', '5.1-client-1607'],
  'Server 2022': ['server-2022-documented', '5.1-client-1607'],
  'Server 2025': ['server-2025-documented', '5.1-client-1607'],
};

/** What scripts/floor/cmdlets.json holds of these cmdlets, by a folder of facts (scripts/floor/README.md). */
export function cmdletsFrom(folder: string, names: readonly string[]): Readonly<Record<string, unknown>> {
  const files = new Map<string, Modules>();
  for (const name of new Set(Object.values(sources).flat()))
    files.set(name, JSON.parse(readFileSync(join(folder, 'cmdlets', `${name}.json`), 'utf8')) as Modules);
  const entries = [...new Set(names)].sort().flatMap((name) => {
    const module = moduleOf([...files.values()], name);
    return module === undefined ? [] : [[name, { module, on: onEach(files, module, name) }] as const];
  });
  return Object.fromEntries(entries);
}

function moduleOf(files: readonly Modules[], name: string): string | undefined {
  for (const modules of files)
    for (const [module, cmdlets] of Object.entries(modules)) if (cmdlets[name]) return module;
  return undefined;
}

/** Windows does not mind how the name of a module is written, and neither do those who wrote them down. */
function moduleIn(modules: Modules = {}, name: string): readonly Cmdlets[] {
  const found = Object.keys(modules).find((each) => each.toLowerCase() === name.toLowerCase());
  return Object.entries(modules).flatMap(([each, cmdlets]) => (each === found ? [cmdlets] : []));
}

/** By Windows: the sets, null where the module is without the cmdlet, the name of an older Windows with the same sets. */
function onEach(files: ReadonlyMap<string, Modules>, module: string, name: string): Record<string, unknown> {
  const on: Record<string, unknown> = {};
  const seen = new Map<string, WindowsServer>();
  for (const server of windowsServers) {
    const known: readonly Cmdlets[] = sources[server].flatMap((source) =>
      moduleIn(files.get(source), module),
    );
    if (known.length === 0) continue;
    const sets = known.find((cmdlets) => cmdlets[name])?.[name];
    const lines = sets?.map((set) =>
      Object.entries(set)
        .map(([parameter, type]) => `${parameter}:${type.replace(' @', '@')}`)
        .join(' '),
    );
    const key = JSON.stringify(lines);
    on[server] = lines === undefined ? null : (seen.get(key) ?? lines);
    if (lines && !seen.has(key)) seen.set(key, server);
  }
  return on;
}

/** What scripts/floor/net-framework-4.5.json holds of the types among these names, by a folder of facts. */
export function typesFrom(folder: string, used: readonly string[]): Readonly<Record<string, string>> {
  const file = readFileSync(join(folder, 'netfx-4.5-types.json'), 'utf8');
  const spaces = JSON.parse(file) as Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  const all = new Map<string, string>(
    Object.entries(spaces).flatMap(([space, types]) =>
      Object.entries(types).map(([name, members]) => [`${space}.${name}`, members.join(' ')] as const),
    ),
  );
  const names = [...new Set(used)].filter((name) => all.has(name)).sort();
  return Object.fromEntries(names.map((name) => [name, all.get(name) ?? '']));
}
