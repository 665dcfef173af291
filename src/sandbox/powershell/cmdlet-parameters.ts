import { moduleTables } from './modules.ts';

let known: Promise<ReadonlyMap<string, ReadonlySet<string>>> | undefined;

/** Names of the parameters of a cmdlet of Windows, in lower case; undefined: no module of the sandbox has it. `cmdlet` is in any case. */
export async function cmdletParameters(cmdlet: string): Promise<ReadonlySet<string> | undefined> {
  known ??= read();
  return (await known).get(cmdlet.toLowerCase());
}

async function read(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const cmdlets = [...(await moduleTables()).values()].flatMap((table) => Object.entries(table.cmdlets));
  return new Map(
    cmdlets.map(([name, { sets, every = {} }]) => {
      const names = [every, ...sets].flatMap((set) => Object.keys(set).map((each) => each.toLowerCase()));
      return [name.toLowerCase(), new Set(names)];
    }),
  );
}
