import type { Cmdlet } from '../cmdlets/cmdlet/cmdlet.ts';
import { accessQuestions } from './access.ts';
import { accountQuestions } from './accounts.ts';
import { eventQuestions } from './events.ts';
import { groupQuestions } from './groups.ts';
import { rightQuestions } from './rights.ts';
import { taskQuestions } from './tasks.ts';

/**
 * What the replacements of a PowerShell in Wine (src/sandbox/powershell/replacements) ask about a node and change on it, in the form of
 * cmdlets, of names that no Windows has. All of it is in the node's memory, where the stand-in keeps it too.
 */
export const replacedCmdlets: Readonly<Record<string, Cmdlet>> = {
  ...accessQuestions,
  ...accountQuestions,
  ...eventQuestions,
  ...groupQuestions,
  ...rightQuestions,
  ...taskQuestions,
};
