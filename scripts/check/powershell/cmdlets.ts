import { unverifiedCmdlets } from '../../floor/exceptions.ts';
import {
  type CmdletFacts,
  cmdletFacts,
  type ParameterSet,
  type WindowsServer,
  windowsServers,
} from '../../floor/facts.ts';
import type { Rule } from './rule.ts';
import { type CommandUse, commandsOf } from './uses.ts';

/** Parameters that every cmdlet has since PowerShell 3.0. */
const common =
  'Debug ErrorAction ErrorVariable OutBuffer OutVariable Verbose WarningAction WarningVariable'.split(' ');
/** Functions that come into the source where it is packed. */
const packed = ['Get-AllowedCmdlet', 'Get-ProtocolText'];

type Facts = ReadonlyMap<string, CmdletFacts>;

const facts: Facts = cmdletFacts();

/** Cmdlets and parameters are those of every Windows that the agent is for. */
export const cmdlets: Rule = cmdletRule(facts);

export function cmdletRule(known: Facts): Rule {
  return (script) => {
    const own = [...packed, ...script.functions].map((name) => name.toLowerCase());
    return commandsOf(script)
      .filter(({ name }) => !own.includes(name.toLowerCase()))
      .flatMap((use) => problemsOf(use, known).map((message) => ({ line: use.line, message })));
  };
}

/** What is wrong with a cmdlet that is asked for by its name alone; none: an empty list. */
export function cmdletProblems(name: string, known: Facts = facts): readonly string[] {
  if (unverifiedCmdlets[name] !== undefined) return [];
  const found = factsOf(name, known);
  if (!found)
    return [
      `${name} is not in scripts/floor/cmdlets.json: no Windows has it, or the table has to be refreshed`,
    ];
  const without = windowsServers.filter((server) => found.on[server] === null);
  return without.length === 0 ? [] : [`${name} is not on ${serverNames(without)}`];
}

function problemsOf({ name, parameters, opaque }: CommandUse, known: Facts): readonly string[] {
  const problems = cmdletProblems(name, known);
  if (problems.length > 0) return problems;
  const hidden = opaque.map((each) => `${each} has keys that are not written out in this function`);
  const found = factsOf(name, known);
  return found ? [...hidden, ...parameterProblems(name, parameters, found)] : hidden;
}

function parameterProblems(
  name: string,
  parameters: readonly string[],
  { on }: CmdletFacts,
): readonly string[] {
  const asked = parameters.filter((each) => !common.some((known) => matches(known, each)));
  const lacking = (test: (sets: readonly ParameterSet[]) => boolean): readonly WindowsServer[] =>
    windowsServers.filter(
      (server) => !test(on[server] ?? [Object.fromEntries(asked.map((one) => [one, '']))]),
    );
  const unknown = asked.flatMap((parameter) => {
    const servers = lacking((sets) => sets.some((set) => has(set, parameter)));
    return servers.length === 0 ? [] : [`${name} has no -${parameter} on ${serverNames(servers)}`];
  });
  if (unknown.length > 0) return unknown;
  const apart = lacking((sets) => sets.some((set) => asked.every((parameter) => has(set, parameter))));
  const together = asked.map((each) => `-${each}`).join(' ');
  return apart.length === 0 ? [] : [`${name} does not take ${together} together on ${serverNames(apart)}`];
}

function factsOf(name: string, facts: Facts): CmdletFacts | undefined {
  for (const [known, found] of facts) if (known.toLowerCase() === name.toLowerCase()) return found;
  return undefined;
}

function has(set: ParameterSet, parameter: string): boolean {
  return Object.keys(set).some((known) => matches(known, parameter));
}

/** `*` in what is asked for stands for what is only known when the script runs. */
function matches(known: string, asked: string): boolean {
  return new RegExp(`^${asked.replaceAll('*', '.*')}$`, 'i').test(known);
}

function serverNames(servers: readonly WindowsServer[]): string {
  return `Windows ${servers.join(', ')}`;
}
