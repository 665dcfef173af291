import { readFile } from 'node:fs/promises';
import { dataFile } from '../../../data-files.ts';
import { propertyOf } from '../../cmdlets/cmdlet/rows.ts';
import { answerCmdlet } from '../../cmdlets/index.ts';
import type { CmdletRow } from '../../node/backing.ts';
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
    return (await answerCmdlet(node, name, parameters)).map((row) => selected(row, select));
  },
} satisfies Partial<AgentFunctions>;

/** The list is an array of names, or a table by name. */
function allows(list: unknown, name: string): boolean {
  const names = Array.isArray(list) ? list : Object.keys(list as object);
  return names.some((each) => String(each).toLowerCase() === name.toLowerCase());
}

/** `Property.Sub` goes down; through a list it gives the list of what each has, as the agent does. */
function selected(row: CmdletRow, select: readonly string[]): CmdletRow {
  const entries = select.map((name) => [name, name.split('.').reduce(property, row as unknown)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function property(value: unknown, name: string): unknown {
  if (Array.isArray(value))
    return value.map((each) => property(each, name)).filter((each) => each !== undefined && each !== null);
  return typeof value === 'object' && value !== null ? propertyOf(value as CmdletRow, name) : undefined;
}
