import { z } from 'zod';
import { keepMembers, localGroups, membersOf } from '../agent/accounts/group-member.ts';
import { type Cmdlet, cmdlet } from '../cmdlets/cmdlet/cmdlet.ts';

const group = { Name: z.string() };

/** Local groups, by the name without `BUILTIN\`, as ADSI has them. */
export const groupQuestions: Readonly<Record<string, Cmdlet>> = {
  'Get-SandboxGroup': cmdlet(z.strictObject(group), ({ Name }, node) => {
    const name = named(Name);
    return name === undefined ? [] : [{ Members: membersOf(node, name) }];
  }),

  'Set-SandboxGroup': cmdlet(
    z.strictObject({ ...group, Members: z.array(z.string()) }),
    ({ Name, Members }, node) => {
      keepMembers(node, named(Name) ?? Name, Members);
      return [];
    },
  ),
};

function named(short: string): string | undefined {
  return localGroups.find((each) => each.split('\\').at(-1)?.toLowerCase() === short.toLowerCase());
}
