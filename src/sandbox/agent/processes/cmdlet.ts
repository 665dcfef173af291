import { readFile } from 'node:fs/promises';
import { dataFile } from '../../../data-files.ts';
import { cmdlets } from '../../cmdlets/index.ts';
import type { CmdletRow, StandIn } from '../../node/backing.ts';
import type { AgentFunctions } from '../call/function.ts';
import { AgentFailure } from '../failure/agent-failure.ts';

export const cmdletFunctions = {
  'Invoke-Cmdlet': async ({ name, parameters, select }, { node }) => {
    const allowed: unknown = JSON.parse(await readFile(dataFile('agent', 'allowed-cmdlets.json'), 'utf8'));
    if (!allows(allowed, name))
      throw new AgentFailure(
        'NotAllowed',
        `${name} is not on the list of allowed cmdlets`,
        'PermissionDenied',
      );
    return rowsOf(node, name, parameters).map((row) => selected(row, select));
  },
} satisfies Partial<AgentFunctions>;

/** What a cmdlet that changes the node gives, or the rows of the scenario: those whose properties equal the parameters of the same name. */
function rowsOf(node: StandIn, name: string, parameters: CmdletRow): readonly CmdletRow[] {
  const known = Object.keys(cmdlets).find((each) => each.toLowerCase() === name.toLowerCase());
  const act = known === undefined ? undefined : cmdlets[known];
  if (act) return act(parameters, node);
  const found = scenarioRows(node, name).filter((row) =>
    Object.entries(parameters).every(([key, value]) => fits(row, key, value)),
  );
  if (found.length === 0 && typeof parameters.Name === 'string' && !/[*?[]/.test(parameters.Name))
    throw new AgentFailure(
      'CmdletizationQuery_NotFound_Name',
      `${name}: no object found with property 'Name' equal to '${parameters.Name}'`,
      'ObjectNotFound',
    );
  return found;
}

/** The list is an array of names, or a table by name. */
function allows(list: unknown, name: string): boolean {
  const names = Array.isArray(list) ? list : Object.keys(list as object);
  return names.some((each) => String(each).toLowerCase() === name.toLowerCase());
}

function scenarioRows({ scenario, computer }: StandIn, name: string): readonly CmdletRow[] {
  const key = Object.keys(scenario.cmdlets).find((each) => each.toLowerCase() === name.toLowerCase());
  if (key === undefined)
    throw new AgentFailure(
      'CommandNotFoundException',
      `the scenario of this stand-in says nothing about ${name}`,
      'ObjectNotFound',
    );
  const text = JSON.stringify(scenario.cmdlets[key]).replaceAll('{computer}', computer);
  return JSON.parse(text) as readonly CmdletRow[];
}

/** A parameter that is no property of the row (a switch, -ErrorAction) selects nothing. */
function fits(row: CmdletRow, key: string, value: unknown): boolean {
  const property = Object.keys(row).find((each) => each.toLowerCase() === key.toLowerCase());
  if (property === undefined) return true;
  const expected = Array.isArray(value) ? value : [value];
  return expected.some((each) => like(String(row[property]), String(each)));
}

/** PowerShell's -like for * and ?. */
function like(text: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'is').test(text);
}

/** `Property.Sub` goes down; through a list it gives the list of what each has, as PowerShell does. */
function selected(row: CmdletRow, select: readonly string[]): CmdletRow {
  const entries = select.map((name) => [name, name.split('.').reduce(property, row as unknown)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function property(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((each) => property(each, name));
  if (typeof value !== 'object' || value === null) return undefined;
  const key = Object.keys(value).find((each) => each.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : (value as CmdletRow)[key];
}
