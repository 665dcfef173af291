import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every Windows Server whose nodes the agent is for, oldest first. */
export const windowsServers = [
  'Server 2012',
  'Server 2012 R2',
  'Server 2016',
  'Server 2019',
  'Server 2022',
  'Server 2025',
] as const;
export type WindowsServer = (typeof windowsServers)[number];

/** A parameter set by parameter: its type, `?` behind what is optional, `@` behind what may go without its name. */
export type ParameterSet = Readonly<Record<string, string>>;

export interface CmdletFacts {
  readonly module: string;
  /** By Windows: the parameter sets, or null where its module does not have the cmdlet; absent: there are no facts. */
  readonly on: Readonly<Partial<Record<WindowsServer, readonly ParameterSet[] | null>>>;
}

/** As scripts/floor/cmdlets.json has it: a set is one line of text, the name of an older Windows stands for the same sets. */
interface CmdletText {
  readonly module: string;
  readonly on: Readonly<Partial<Record<WindowsServer, readonly string[] | WindowsServer | null>>>;
}

/** Types of .NET by their full names: members, methods and constructors (`.ctor`) as `Name/NUMBER OF ARGUMENTS`. */
export type TypeFacts = ReadonlyMap<string, readonly string[]>;

/** What Windows is known to have of the cmdlets that oriel uses, by their names. */
export function cmdletFacts(): ReadonlyMap<string, CmdletFacts> {
  const text = readFacts('cmdlets.json') as Readonly<Record<string, CmdletText>>;
  return new Map(Object.entries(text).map(([name, facts]) => [name, { ...facts, on: setsOf(facts) }]));
}

/** What .NET Framework 4.5 has of the types that the agent uses. */
export function typeFacts(): TypeFacts {
  const text = readFacts('net-framework-4.5.json') as Readonly<Record<string, string>>;
  return new Map(Object.entries(text).map(([name, members]) => [name, members.split(' ')]));
}

function readFacts(file: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8'));
}

function setsOf({ on }: CmdletText): CmdletFacts['on'] {
  const sets = (server: WindowsServer): readonly ParameterSet[] | null | undefined => {
    const found = on[server];
    if (typeof found === 'string') return sets(found);
    return found ? found.map(setOf) : found;
  };
  const known = windowsServers.filter((server) => on[server] !== undefined);
  return Object.fromEntries(known.map((server) => [server, sets(server)]));
}

function setOf(text: string): ParameterSet {
  const parameters = text.split(' ').filter((each) => each !== '');
  return Object.fromEntries(parameters.map((each) => each.split(/:(.*)/s).slice(0, 2)));
}
