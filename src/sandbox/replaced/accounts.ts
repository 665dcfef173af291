import { z } from 'zod';
import { knownAccount } from '../agent/accounts/known-account.ts';
import { AgentFailure } from '../agent/failure/agent-failure.ts';
import { accountSid } from '../cluster/sid.ts';
import { type Cmdlet, cmdlet } from '../cmdlets/cmdlet/cmdlet.ts';
import { englishName } from '../cmdlets/smb/folder-access.ts';
import type { StandIn } from '../node/backing.ts';

/** Accounts that Wine has no SID for: those of domains and of services. The same name has the same SID on every node. */
export const accountQuestions: Readonly<Record<string, Cmdlet>> = {
  'Get-SandboxAccountSid': cmdlet(z.strictObject({ Name: z.string() }), ({ Name }, node) => {
    const name = believed(englishName(node, Name));
    if (name === undefined) return [];
    const sid = name === 'Everyone' ? 'S-1-1-0' : accountSid(name);
    node.backing.memory.set('account', sid, name);
    return [{ Sid: sid }];
  }),

  'Get-SandboxAccountName': cmdlet(z.strictObject({ Sid: z.string() }), ({ Sid }, node) => {
    const name = nameOf(node, Sid);
    return name === undefined ? [] : [{ Name: name }];
  }),
};

const allServices = 'NT SERVICE\\ALL SERVICES';
const allServicesSid = 'S-1-5-80-0';

function nameOf({ backing: { memory } }: StandIn, sid: string): string | undefined {
  return sid === allServicesSid ? allServices : (memory.get('account', sid) as string | undefined);
}

/** A name that the stand-in takes as well; undefined where it does not. */
function believed(name: string): string | undefined {
  try {
    return /^S-1-/i.test(name) ? undefined : knownAccount(name);
  } catch (error) {
    if (error instanceof AgentFailure) return undefined;
    throw error;
  }
}
